// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps sessions, and lets the processes that share one take turns. Thread-safe.
 *
 * <p>Every write is a compare-and-set on the record's {@linkplain SessionRecord#version() version}, so that a holder of
 * an old record can neither overwrite nor delete a newer one. A write is durable when the method returns. Anything that
 * goes wrong is a {@link StoreException}, and then what was stored before is still there.
 *
 * <p>Whoever writes a store of his own tests it with {@code SessionStoreContract} of the testkit.
 */
public interface SessionStore extends AutoCloseable {

    /**
     * Reads a session.
     *
     * @param key which one
     * @return its newest record, or empty if there is none
     * @throws StoreException if the store cannot be reached, or what it holds cannot be read
     */
    Optional<SessionRecord> read(SessionKey key);

    /**
     * Writes a session if the store still holds the version that the writer knows.
     *
     * @param key which one
     * @param expectedVersion the version that the new record replaces, or 0 if there must be none
     * @param next the new record, of the version after that one
     * @return true if it was written, false if the store holds another version
     * @throws IllegalArgumentException if the new record's key is another, or its version does not follow
     * @throws StoreException if the store cannot be reached, and then the record may or may not have been written; or if
     *     what it holds cannot be read, and then that is left as it is
     */
    boolean compareAndSet(SessionKey key, long expectedVersion, SessionRecord next);

    /**
     * Removes a session if the store still holds the version that the caller knows.
     *
     * <p>Versions then begin anew, so that whoever has missed it may take another session's record for a successor of his
     * own. A session that is over is therefore kept, and removed only when nobody can hold it any more.
     *
     * @param key which one
     * @param expectedVersion the version to remove
     * @return true if it was removed, false if the store holds another version or none
     * @throws StoreException if the store cannot be reached, or what it holds cannot be read
     */
    boolean compareAndDelete(SessionKey key, long expectedVersion);

    /**
     * Waits for one's turn at a session. At most one holder at a time, over all threads and processes that share the
     * store; a holder that dies loses its turn. Not reentrant.
     *
     * @param key which session
     * @param wait how long to wait at the most; zero or negative to try once
     * @return the turn, to be closed by the caller, or empty if others had it all the time
     * @throws StoreException if the store cannot be reached, or the thread is interrupted (which keeps its flag)
     */
    Optional<Lease> lease(SessionKey key, Duration wait);

    /**
     * Lists the sessions.
     *
     * @return the keys of all records, readable or not
     * @throws StoreException if the store cannot be reached
     */
    Set<SessionKey> keys();

    /** Frees what the store holds. Sessions stay stored. */
    @Override
    default void close() {}

    /** A turn at a session. */
    interface Lease extends AutoCloseable {

        /** Ends the turn. May be called again, and from any thread. */
        @Override
        void close();
    }
}
