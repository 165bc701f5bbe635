// SPDX-License-Identifier: MIT OR Apache-2.0
/** The same faults for the public clients and ours, and what comes of them. */
@NullMarked
package dev.atp4j.conformance.compare;

import org.jspecify.annotations.NullMarked;
