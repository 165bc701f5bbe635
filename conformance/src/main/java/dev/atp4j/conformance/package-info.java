// SPDX-License-Identifier: MIT OR Apache-2.0
/**
 * Sentences that are true of the reference PDS and have to be true of the embedded one, and of our client against both.
 * Start at {@link dev.atp4j.conformance.Conformance}.
 */
@NullMarked
package dev.atp4j.conformance;

import org.jspecify.annotations.NullMarked;
