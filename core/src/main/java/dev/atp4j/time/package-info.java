// SPDX-License-Identifier: MIT OR Apache-2.0
/** Where the library takes its time from. */
@NullMarked
package dev.atp4j.time;

import org.jspecify.annotations.NullMarked;
