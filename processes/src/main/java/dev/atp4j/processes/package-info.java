// SPDX-License-Identifier: MIT OR Apache-2.0
/** Many real processes on one account, some of which die: what the library promises about them, tried. */
@NullMarked
package dev.atp4j.processes;

import org.jspecify.annotations.NullMarked;
