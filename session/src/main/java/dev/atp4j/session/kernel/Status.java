// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

/** Where a session stands. */
public enum Status {
    /** In use. */
    ACTIVE,
    /** Over, for a reason that nobody here asked for. */
    DEAD,
    /** Logged out. The record stays as a tombstone that siblings honour. */
    LOGGED_OUT
}
