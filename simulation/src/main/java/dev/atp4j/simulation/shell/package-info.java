// SPDX-License-Identifier: MIT OR Apache-2.0
/** The library's real code under simulation: its threads, locks, clocks, network and store are the simulation's. */
@NullMarked
package dev.atp4j.simulation.shell;

import org.jspecify.annotations.NullMarked;
