// SPDX-License-Identifier: MIT OR Apache-2.0
/** Power cuts: every state in which the disk can be found after one, and what the stores make of it. */
@NullMarked
package dev.atp4j.processes.disk;

import org.jspecify.annotations.NullMarked;
