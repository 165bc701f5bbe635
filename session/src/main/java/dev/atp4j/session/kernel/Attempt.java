// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import java.time.Instant;

/**
 * A refresh that was begun and whose result is not in the record. Written before the request is sent, so that whoever
 * comes after a crash knows that the token may have been used.
 *
 * @param startedAt when the first such refresh began
 * @param unanswered how many of them are known to have been sent without an answer
 */
public record Attempt(Instant startedAt, int unanswered) {

    /** Brings a number to sense that may come from a damaged record. */
    public Attempt {
        unanswered = Math.max(0, unanswered);
    }

    /** Returns this attempt after one more request whose result is not known. */
    Attempt unansweredAgain() {
        return new Attempt(startedAt, unanswered + 1);
    }
}
