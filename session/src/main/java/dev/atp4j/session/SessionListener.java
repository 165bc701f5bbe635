// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.store.EndReason;

/**
 * Watches a session. Every method does nothing unless it is overridden.
 *
 * <p>A session's listeners are called one event at a time, in order, on a thread of the library, after the fact: the store
 * has been written, and the session shows the new state. They may call the session. What they throw is logged and changes
 * nothing, and however long they take, the session goes on meanwhile.
 *
 * <p>To keep tokens, use a {@link dev.atp4j.session.store.SessionStore} rather than a listener: a store is written before
 * tokens are used, and a crash between the two loses nothing.
 */
public interface SessionListener {

    /**
     * The session has new tokens: after a login, its own one after a death included, a refresh, or when another process's
     * tokens were adopted.
     *
     * @param session the session
     * @param data what to save in order to resume it
     */
    default void updated(PasswordSession session, SessionData data) {}

    /**
     * A refresh was tried and failed. The session goes on, and tries again by itself.
     *
     * @param session the session
     * @param why what happened
     */
    default void updateFailed(PasswordSession session, String why) {}

    /**
     * The session is over. Of all processes that share a store, only the one that wrote this down is told. A session that
     * {@linkplain CredentialsProvider logs in again by itself} is not over: this is told only if that did not help, after
     * {@link #healFailed}.
     *
     * @param session the session
     * @param reason why
     */
    default void deleted(PasswordSession session, EndReason reason) {}

    /**
     * The session is over, and logging in again by itself did not help. Of all processes that share a store, only the one
     * that wrote this down is told.
     *
     * @param session the session
     * @param why why it did not help
     */
    default void healFailed(PasswordSession session, String why) {}

    /**
     * The server has not confirmed a logout. It is asked again until it does.
     *
     * @param session the session
     * @param why what happened
     */
    default void deleteFailed(PasswordSession session, String why) {}

    /**
     * The store could not be read or written. The session goes on with what is in memory, and tries again.
     *
     * @param session the session
     * @param why what happened
     */
    default void storeFailed(PasswordSession session, String why) {}
}
