// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.atp4j.session.store.MemorySessionStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoredNote;
import dev.atp4j.syntax.Did;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The contract finds the mistakes that stores make. */
class SessionStoreContractTest {

    @Test
    void itFindsThatTheLastWriterWins() {
        assertThat(broken(LastWriterWins.class))
                .contains(
                        "aFirstWriteNeedsAnAbsentRecord",
                        "aWriteThatNamesAnotherVersionChangesNothing",
                        "ofManyWritersOfOneVersionOneWins");
    }

    @Test
    void itFindsThatComparingAndSettingAreTwoSteps() {
        assertThat(broken(CompareThenSet.class)).contains("ofManyWritersOfOneVersionOneWins", "noUpdateIsLost");
    }

    @Test
    void itFindsThatARecordIsDeletedWhateverItsVersion() {
        assertThat(broken(DeletesAnything.class))
                .contains("aDeleteThatNamesAnotherVersionChangesNothing", "ofAWriterAndADeleterOneWins");
    }

    @Test
    void itFindsThatKeysAreConfused() {
        assertThat(broken(IgnoresCase.class)).containsExactly("keysThatLookAlikeAreKeptApart");
    }

    @Test
    void itFindsThatEverybodyGetsTheLease() {
        assertThat(broken(LeasesToAll.class)).contains("aLeaseIsHeldByOneAtATime", "aLeaseIsNotReentrant");
    }

    @Test
    void itFindsThatALeaseBelongsToAThread() {
        assertThat(broken(LeasesToThreads.class)).contains("aLeaseIsNotReentrant", "aLeaseMayBeClosedByAnotherThread");
    }

    @Test
    void itFindsThatALeaseClosedTwiceFreesAnother() {
        assertThat(broken(FreesTwice.class)).containsExactly("aLeaseClosedTwiceDoesNotEndTheNextOne");
    }

    @Test
    void itFindsThatInterruptsAreSwallowed() {
        assertThat(broken(SwallowsInterrupts.class)).containsExactly("anInterruptEndsTheWaitForALease");
    }

    @Test
    void itFindsThatADamagedRecordCountsAsNone() {
        assertThat(broken(TakesDamageForAbsence.class)).containsExactly("aDamagedRecordIsReportedAndKept");
    }

    private static List<String> broken(Class<? extends SessionStoreContract> test) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(test))
                .execute()
                .testEvents()
                .failed()
                .map(event -> event.getTestDescriptor().getDisplayName().replace("()", ""))
                .toList();
    }

    // ---- stores that are wrong in one way

    private static SessionStore.Lease turn(Runnable end) {
        return new SessionStore.Lease() {

            private volatile boolean held = true;

            @Override
            public boolean held() {
                return held;
            }

            @Override
            public void close() {
                held = false;
                end.run();
            }
        };
    }

    abstract static class Broken extends SessionStoreContract implements SessionStore {

        final MemorySessionStore memory = new MemorySessionStore();

        @Override
        protected SessionStore open() {
            return this;
        }

        @Override
        public Optional<SessionRecord> read(SessionKey key) {
            return memory.read(key);
        }

        @Override
        public boolean compareAndSet(SessionKey key, long expectedVersion, SessionRecord next) {
            return memory.compareAndSet(key, expectedVersion, next);
        }

        @Override
        public boolean compareAndDelete(SessionKey key, long expectedVersion) {
            return memory.compareAndDelete(key, expectedVersion);
        }

        @Override
        public Optional<Lease> lease(SessionKey key, Duration wait) {
            return memory.lease(key, wait);
        }

        @Override
        public Stream<SessionKey> keys() {
            return memory.keys();
        }

        @Override
        public Optional<StoredNote> note(String name) {
            return memory.note(name);
        }

        @Override
        public boolean compareAndSetNote(long expectedVersion, StoredNote next) {
            return memory.compareAndSetNote(expectedVersion, next);
        }

        @Override
        public Instant now() {
            return memory.now();
        }

        @Override
        public Watch watch(Watcher watcher) {
            return memory.watch(watcher);
        }
    }

    static class LastWriterWins extends Broken {

        private final Map<SessionKey, SessionRecord> records = new ConcurrentHashMap<>();

        @Override
        public Optional<SessionRecord> read(SessionKey key) {
            return Optional.ofNullable(records.get(key));
        }

        @Override
        public boolean compareAndSet(SessionKey key, long expectedVersion, SessionRecord next) {
            next.requireSuccessor(key, expectedVersion);
            records.put(key, next);
            return true;
        }
    }

    static class CompareThenSet extends LastWriterWins {

        private final Exchanger<SessionKey> meeting = new Exchanger<>();

        @Override
        public boolean compareAndSet(SessionKey key, long expectedVersion, SessionRecord next) {
            if (read(key).map(SessionRecord::version).orElse(0L) != expectedVersion) {
                return false;
            }
            try {
                // Between the two steps it waits a moment for another one who is as far.
                meeting.exchange(key, 50, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // There is nobody.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.compareAndSet(key, expectedVersion, next);
        }
    }

    static class DeletesAnything extends Broken {

        @Override
        public boolean compareAndDelete(SessionKey key, long expectedVersion) {
            return read(key)
                    .map(record -> memory.compareAndDelete(key, record.version()))
                    .orElse(false);
        }
    }

    static class IgnoresCase extends Broken {

        private static SessionKey folded(SessionKey key) {
            String did = key.did().value().replace("%3A", "%3a");
            return new SessionKey(Did.parse(did.toLowerCase(Locale.ROOT)), key.slot());
        }

        @Override
        public Optional<SessionRecord> read(SessionKey key) {
            return memory.read(folded(key)).map(stored -> SessionRecord.of(key, stored.version(), stored.content()));
        }

        @Override
        public boolean compareAndSet(SessionKey key, long expectedVersion, SessionRecord next) {
            next.requireSuccessor(key, expectedVersion);
            SessionKey folded = folded(key);
            return memory.compareAndSet(
                    folded, expectedVersion, SessionRecord.of(folded, next.version(), next.content()));
        }

        @Override
        public boolean compareAndDelete(SessionKey key, long expectedVersion) {
            return memory.compareAndDelete(folded(key), expectedVersion);
        }
    }

    static class LeasesToAll extends Broken {

        @Override
        public Optional<Lease> lease(SessionKey key, Duration wait) {
            return Optional.of(turn(() -> {}));
        }
    }

    static class LeasesToThreads extends Broken {

        private final Map<SessionKey, ReentrantLock> locks = new ConcurrentHashMap<>();

        @Override
        public Optional<Lease> lease(SessionKey key, Duration wait) {
            ReentrantLock lock = locks.computeIfAbsent(key, k -> new ReentrantLock());
            try {
                return lock.tryLock(Math.min(60, wait.toSeconds()), TimeUnit.SECONDS)
                        ? Optional.of(turn(lock::unlock))
                        : Optional.empty();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    static class FreesTwice extends Broken {

        private final Map<SessionKey, Lease> holders = new ConcurrentHashMap<>();

        @Override
        public Optional<Lease> lease(SessionKey key, Duration wait) {
            Optional<Lease> lease = memory.lease(key, wait);
            lease.ifPresent(holder -> holders.put(key, holder));
            // Whoever holds the lease by now loses it.
            return lease.map(
                    holder -> turn(() -> holders.getOrDefault(key, holder).close()));
        }
    }

    static class SwallowsInterrupts extends Broken {

        @Override
        public Optional<Lease> lease(SessionKey key, Duration wait) {
            return Thread.interrupted() ? Optional.empty() : memory.lease(key, wait);
        }
    }

    static class TakesDamageForAbsence extends Broken {

        @Override
        protected boolean damage(SessionKey key) {
            return memory.compareAndDelete(key, 1);
        }
    }
}
