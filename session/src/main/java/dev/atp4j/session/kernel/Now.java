// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import java.time.Instant;

/**
 * What the rules get of the world outside at one step.
 *
 * @param time the time of day: the server's, as far as it is known, else this machine's
 * @param dice a random number from 0 (inclusive) to 1 (exclusive)
 */
public record Now(Instant time, double dice) {}
