// SPDX-License-Identifier: MIT OR Apache-2.0
/** An embedded PDS with a clock that can be moved, faults on demand and a journal of every call. */
@NullMarked
package dev.atp4j.pds;

import org.jspecify.annotations.NullMarked;
