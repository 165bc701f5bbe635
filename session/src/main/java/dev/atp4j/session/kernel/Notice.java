// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.session.store.EndReason;

/** Something that those who watch a session want to know. */
public sealed interface Notice {

    /** The session got new tokens, its own or those that somebody else stored. */
    record Updated() implements Notice {}

    /** A refresh was tried and failed; the session goes on. */
    record UpdateFailed(String why) implements Notice {}

    /** The session is over. Given once for all who share the store: by the one who wrote it down. */
    record Deleted(EndReason reason) implements Notice {}

    /** The session is over, and logging in again by itself has not helped. */
    record HealFailed(String why) implements Notice {}

    /** The server has not confirmed a logout; it will be asked again. */
    record DeleteFailed(String why) implements Notice {}

    /** The store could not be read or written; the session goes on with what is in memory. */
    record StoreFailed(String why) implements Notice {}
}
