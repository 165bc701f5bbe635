// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

/** What has to hold after every step. The numbers are those of {@code docs/sessions.md}. */
public enum Law {
    /** 1: a session is declared dead only if the server honours no token that is left of it. */
    NO_SPONTANEOUS_DEATH,
    /** 2: a refresh token is on the wire once at a time. */
    ONE_ROTATION,
    /** 3: an attempt is recorded before it is sent, and a result before it is used. */
    NEVER_LOSE_A_ROTATION,
    /** 4: a write never goes back to tokens that are older. */
    NEVER_GO_BACK,
    /** 5: a generation is refreshed a bounded number of times, and not before its pause is over. */
    NO_STORMS,
    /** 6: after a confirmed logout nothing refreshes. */
    LOGOUT_MEANS_LOGOUT,
    /** 7: a token goes to the service that issued it, and nowhere else. */
    TOKENS_GO_HOME_ONLY,
    /** 8: an end is told once. */
    OBSERVERS_ARE_TOLD_ONCE,
    /** After some calm minutes everybody is served. */
    PROGRESS
}
