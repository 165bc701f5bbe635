// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import java.time.Instant;

/**
 * What the rules get of the world outside at one step.
 *
 * @param time the time of day: the server's, as far as it is known, else this machine's
 * @param known whether it is the server's; this machine's may be wrong by days
 * @param dice a random number from 0 (inclusive) to 1 (exclusive)
 */
public record Now(Instant time, boolean known, double dice) {

    /** Makes a moment of the server's time. */
    public Now(Instant time, double dice) {
        this(time, true, dice);
    }
}
