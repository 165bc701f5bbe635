// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps sessions, and lets the processes that share one take turns. Thread-safe.
 *
 * <p>Beside the sessions it keeps small notes, such as the count of an account's logins.
 *
 * <p>Every write is a compare-and-set on the record's {@linkplain SessionRecord#version() version}, so that a holder of
 * an old record can neither overwrite nor delete a newer one. A write is as durable as the storage can make it when the method
 * returns. Anything that goes wrong is a {@link StoreException}, and then what was stored before is still there, or what was to
 * be written is.
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
     * store; a holder that dies loses its turn. Where turns end by time, one that was stopped for longer has lost it too, as
     * {@link Lease#held} tells. Not reentrant.
     *
     * @param key which session
     * @param wait how long to wait at the most; zero or negative to try once
     * @return the turn, to be closed by the caller, or empty if others had it all the time
     * @throws StoreException if the store cannot be reached, or the thread is interrupted (which keeps its flag)
     */
    Optional<Lease> lease(SessionKey key, Duration wait);

    /**
     * Lists the sessions. A store of very many reads them page by page; what is written meanwhile may or may not be among
     * them.
     *
     * @return the keys of all records, readable or not, each once, in no particular order; to be closed by the caller if it
     *     is not read to its end. It throws {@link StoreException} while it is read if the store cannot be reached
     * @throws StoreException if the store cannot be reached
     */
    Stream<SessionKey> keys();

    /**
     * Reads a note.
     *
     * @param name which one, see {@link StoredNote#name()}
     * @return the newest, or empty if there is none
     * @throws StoreException if the store cannot be reached, or what it holds cannot be read
     */
    Optional<StoredNote> note(String name);

    /**
     * Writes a note if the store still holds the version that the writer knows, as {@link #compareAndSet} does for records.
     *
     * @param expectedVersion the version that the new note replaces, or 0 if there must be none
     * @param next the new note, of the version after that one
     * @return true if it was written, false if the store holds another version
     * @throws IllegalArgumentException if the new note's version does not follow
     * @throws StoreException if the store cannot be reached, and then the note may or may not have been written; or if what
     *     it holds cannot be read, and then that is left as it is
     */
    boolean compareAndSetNote(long expectedVersion, StoredNote next);

    /**
     * Returns the time of day for all who share the store: that of the storage itself, where it is used from several
     * machines whose clocks may differ.
     *
     * @return the store's time
     * @throws StoreException if the store cannot be reached
     */
    Instant now();

    /**
     * Has somebody told of sessions that are written or removed from now on, by whoever shares the store; perhaps of the
     * caller's own writes too. Notes and claims are not told.
     *
     * <p>What is told is a hint to read. It may come late, twice, out of order, without its version, or never: the writer may have
     * died before he could tell, and not every store can watch. Where a store knows that it may have missed something, it
     * says {@link Watcher#missed}. So nothing may depend on it.
     *
     * @param watcher who is told, on any thread, even that of a writer: it must neither block, nor throw, nor use the store
     * @return the watch, to be closed by the caller; one that never tells anything if the store cannot watch
     * @throws StoreException if the store finds that it cannot be reached
     */
    default Watch watch(Watcher watcher) {
        return () -> {};
    }

    /** Frees what the store holds, its watches among it. Sessions stay stored. */
    @Override
    default void close() {}

    /** A turn at a session. */
    interface Lease extends AutoCloseable {

        /**
         * Tells whether the turn has not ended: neither by {@link #close}, nor because the storage could not be told in time
         * that its holder is alive. Answers at once, without asking the storage.
         *
         * @return false once somebody else may have the turn
         */
        boolean held();

        /** Ends the turn. May be called again, and from any thread. */
        @Override
        void close();
    }

    /** Is told of changes in a store. */
    interface Watcher {

        /**
         * A session was written or removed.
         *
         * @param key which one
         * @param version the version that is stored now, or 0 if that is not known or the session was removed
         */
        void changed(SessionKey key, long version);

        /** Changes may have been missed, as while a connection was lost, or none have been; everything is worth another look. */
        void missed();
    }

    /** Somebody's wish to be told of changes. */
    interface Watch extends AutoCloseable {

        /** Ends the watch. May be called again; a change may still be told while this returns. */
        @Override
        void close();
    }
}
