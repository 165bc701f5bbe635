// SPDX-License-Identifier: MIT OR Apache-2.0
/** Speed and memory, measured. Run with {@code benchmarks/run}. */
@NullMarked
package dev.atp4j.benchmarks;

import org.jspecify.annotations.NullMarked;
