// SPDX-License-Identifier: MIT OR Apache-2.0
/** Bugs that a session library may well have, and that the simulation has to find. */
@NullMarked
package dev.atp4j.simulation.bugs;

import org.jspecify.annotations.NullMarked;
