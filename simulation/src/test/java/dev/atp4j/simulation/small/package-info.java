// SPDX-License-Identifier: MIT OR Apache-2.0
/** A world so small that everything that can happen in it is tried. */
@NullMarked
package dev.atp4j.simulation.small;

import org.jspecify.annotations.NullMarked;
