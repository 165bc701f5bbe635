// SPDX-License-Identifier: MIT OR Apache-2.0
/** Simulated histories of sessions: virtual processes, a modelled server, faults at every boundary, and the laws that must hold. */
@NullMarked
package dev.atp4j.simulation;

import org.jspecify.annotations.NullMarked;
