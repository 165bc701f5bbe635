// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.Secret;
import java.time.Duration;
import java.time.Instant;

/**
 * A refresh token that was rotated and may still be in its grace, in which it could bring a deleted successor back to
 * life. A logout has to end it too.
 *
 * @param refreshJwt the token
 * @param rotatedAt when it was rotated
 */
public record Ancestor(Secret refreshJwt, Instant rotatedAt) {

    /** How long the server honours a used refresh token, with some room for clocks and slow answers. */
    private static final Duration GRACE = Duration.ofHours(2).plusMinutes(15);

    /** Tells whether the server may still honour it. */
    boolean inGrace(Instant now) {
        return Duration.between(rotatedAt, now).compareTo(GRACE) < 0;
    }
}
