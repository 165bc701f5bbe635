// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import java.time.Duration;

/**
 * How many logins are allowed in a window of time.
 *
 * @param times how many
 * @param per the length of the window, which begins with the first of them
 */
public record LoginLimit(int times, Duration per) {

    /** The part of a limit that logins which nobody asked for leave to the people who do. */
    private static final int RESERVED_PART = 10;

    /** Returns how many logins that a session makes by itself fit into the window. */
    int automatically() {
        return times <= 1 ? times : times - Math.max(1, times / RESERVED_PART);
    }
}
