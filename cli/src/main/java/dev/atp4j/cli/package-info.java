// SPDX-License-Identifier: MIT OR Apache-2.0
/** The {@code atp} command. */
@NullMarked
package dev.atp4j.cli;

import org.jspecify.annotations.NullMarked;
