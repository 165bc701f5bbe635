// SPDX-License-Identifier: MIT OR Apache-2.0
/** What every part of the library shares: the root of its exceptions and the holder of secrets. */
@NullMarked
package dev.atp4j;

import org.jspecify.annotations.NullMarked;
