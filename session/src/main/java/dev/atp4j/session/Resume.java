// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

/** How much is made sure when a session is resumed. */
public enum Resume {
    /**
     * The server is asked whether the session is alive, or a refresh is made. Trouble with the network does not prevent the
     * resumption: the session is returned, and finds out with its first call. A session that is over is reported.
     */
    TOLERANT,
    /** As {@link #TOLERANT}, but trouble with the network is reported too: the session that is returned is alive. */
    CHECKED,
    /** Nothing is asked, and nothing is sent. The session finds out with its first call. */
    LAZY
}
