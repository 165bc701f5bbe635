// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

/** What a session that is due wants done. */
public enum Chore {
    /** New tokens. */
    REFRESH,
    /** The server asked once more to forget what it was not known to have forgotten. */
    DELETES,
    /** Nothing. */
    NONE
}
