// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Seals sessions before another store keeps them, so that whoever sees that one's files or tables, or a backup of them, has no
 * session. Thread-safe if the keys are.
 *
 * <p>Tokens, names and e-mail addresses are encrypted by AES-256-GCM. What a store works with stays readable: whose session it
 * is, its version, and when it is due. {@linkplain StoredNote Notes} stay readable too, as they hold no secret. A record that
 * was changed, or moved to another account or version, is not opened but reported as {@link
 * StoreException.Kind#UNREADABLE unreadable}, and then neither overwritten nor deleted. So is one whose key is missing, and one
 * that is not sealed. Only a whole record as it once was cannot be told from the newest one: who can write to the storage can
 * set a session back, though not read it.
 *
 * <p>Every process that shares the storage has to have the keys. A write reads what it replaces first, which costs a little.
 */
public sealed class EncryptedSessionStore implements SessionStore {

    private static final System.Logger LOG = System.getLogger(EncryptedSessionStore.class.getName());

    private final SessionStore store;
    private final EncryptionKeys keys;
    private final RandomGenerator random = new SecureRandom();

    private EncryptedSessionStore(SessionStore store, EncryptionKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /**
     * Encrypts what a store keeps.
     *
     * @param store the store; closed with this one
     * @param keys the keys
     * @return the encrypted store, a {@link ClaimingStore} if the other is
     */
    public static EncryptedSessionStore over(SessionStore store, EncryptionKeys keys) {
        return store instanceof ClaimingStore claiming
                ? new Claiming(claiming, keys)
                : new EncryptedSessionStore(store, keys);
    }

    /**
     * Encrypts what a store keeps that knows what is due.
     *
     * @param store the store; closed with this one
     * @param keys the keys
     * @return the encrypted store
     */
    public static Claiming over(ClaimingStore store, EncryptionKeys keys) {
        return new Claiming(store, keys);
    }

    /** An encrypted store that knows which of its sessions are due. */
    public static final class Claiming extends EncryptedSessionStore implements ClaimingStore {

        private final ClaimingStore store;

        private Claiming(ClaimingStore store, EncryptionKeys keys) {
            super(store, keys);
            this.store = store;
        }

        @Override
        public List<SessionRecord> claimDue(int most, Duration hold) {
            List<SessionRecord> claimed = new ArrayList<>();
            for (SessionRecord stored : store.claimDue(most, hold)) {
                try {
                    claimed.add(open(stored));
                } catch (StoreException e) {
                    if (e.kind() != StoreException.Kind.UNREADABLE) {
                        throw e;
                    }
                    LOG.log(System.Logger.Level.WARNING, "a session that is due was left out: {0}", e.getMessage());
                }
            }
            return claimed;
        }
    }

    /**
     * What came of a pass over all records.
     *
     * @param rewritten how many were sealed with the current key
     * @param untouched how many needed nothing, as they were sealed with it already
     * @param unreadable those that could not be opened, and were left as they are; {@link SessionStore#read} tells why
     */
    public record Pass(long rewritten, long untouched, List<SessionKey> unreadable) {

        /** Copies the list. */
        public Pass {
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * Seals every record with the current key that is not, those in the plain too: when a store that was not encrypted shall
     * be, from now on. Programs that use the store without the keys must have ended before; they could not read what is sealed.
     * Whatever lies in the storage in the plain is believed.
     *
     * @return what came of it
     * @throws StoreException if the store cannot be reached; the pass may be made again then, and goes on where it was
     */
    public Pass seal() {
        return pass(true);
    }

    /**
     * Seals every record with the current key that is sealed with another one, so that the other can be given up. Programs may
     * go on meanwhile, if they have both keys. A record that is rewritten is {@linkplain SessionRecord#due() due} anew,
     * counted from now.
     *
     * @return what came of it
     * @throws StoreException if the store cannot be reached; the pass may be made again then, and goes on where it was
     */
    public Pass reseal() {
        return pass(false);
    }

    private Pass pass(boolean plainToo) {
        long rewritten = 0;
        long untouched = 0;
        List<SessionKey> unreadable = new ArrayList<>();
        try (Stream<SessionKey> all = store.keys()) {
            for (SessionKey key : (Iterable<SessionKey>) all::iterator) {
                try {
                    if (rewrite(key, plainToo)) {
                        rewritten++;
                    } else {
                        untouched++;
                    }
                } catch (StoreException e) {
                    if (e.kind() != StoreException.Kind.UNREADABLE) {
                        throw e;
                    }
                    unreadable.add(key);
                }
            }
        }
        return new Pass(rewritten, untouched, unreadable);
    }

    /** Seals a record with the current key; returns false if it is, or is gone. */
    private boolean rewrite(SessionKey key, boolean plainToo) {
        while (true) {
            SessionRecord stored = store.read(key).orElse(null);
            if (stored == null) {
                return false;
            }
            SessionRecord plain = plainToo && !Seal.isOn(stored) ? stored : open(stored);
            if (Seal.isOf(stored, keys.current())) {
                return false;
            }
            var next = SessionRecord.of(key, plain.version() + 1, plain.content());
            if (store.compareAndSet(key, plain.version(), close(next))) {
                return true;
            }
            // Somebody was quicker, and has sealed it with his own current key.
        }
    }

    private SessionRecord close(SessionRecord plain) {
        return Seal.close(plain, keys.current(), random);
    }

    final SessionRecord open(SessionRecord stored) {
        return Seal.open(stored, keys);
    }

    @Override
    public Optional<SessionRecord> read(SessionKey key) {
        return store.read(key).map(this::open);
    }

    @Override
    public boolean compareAndSet(SessionKey key, long expectedVersion, SessionRecord next) {
        next.requireSuccessor(key, expectedVersion);
        return holds(key, expectedVersion) && store.compareAndSet(key, expectedVersion, close(next));
    }

    @Override
    public boolean compareAndDelete(SessionKey key, long expectedVersion) {
        return holds(key, expectedVersion) && store.compareAndDelete(key, expectedVersion);
    }

    /** The other store would overwrite what cannot be opened, since it can read the version. */
    private boolean holds(SessionKey key, long version) {
        return read(key).map(SessionRecord::version).orElse(0L) == version;
    }

    @Override
    public Optional<Lease> lease(SessionKey key, Duration wait) {
        return store.lease(key, wait);
    }

    @Override
    public Stream<SessionKey> keys() {
        return store.keys();
    }

    @Override
    public Optional<StoredNote> note(String name) {
        return store.note(name);
    }

    @Override
    public boolean compareAndSetNote(long expectedVersion, StoredNote next) {
        return store.compareAndSetNote(expectedVersion, next);
    }

    @Override
    public Instant now() {
        return store.now();
    }

    @Override
    public Watch watch(Watcher watcher) {
        return store.watch(watcher);
    }

    @Override
    public void close() {
        store.close();
    }

    /** Returns the store that keeps what is sealed, and nothing of the keys. */
    @Override
    public String toString() {
        return "EncryptedSessionStore[" + store + "]";
    }
}
