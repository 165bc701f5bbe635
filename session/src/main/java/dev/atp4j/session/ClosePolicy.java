// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

/** What {@link PasswordSession#close()} does. */
public enum ClosePolicy {
    /** The session stays stored, to be resumed. */
    KEEP,
    /** The session is logged out, and a failure is reported as {@link PasswordSession#logout()} does. */
    LOGOUT
}
