// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import dev.atp4j.data.LexMap;
import dev.atp4j.syntax.Did;
import dev.atp4j.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;

/**
 * Runs small programs of two threads in many interleavings, and looks for one whose results no order of its
 * steps explains. It does not see what happens between processes.
 *
 * <p>The checker is known to miss bugs on newer JDKs, so it runs on 17 alone, and has to find a planted bug each time.
 */
@EnabledOnJre(JRE.JAVA_17)
class StoreLincheckTest {

    private static final SessionKey KEY = SessionKey.of(Did.parse("did:plc:alice"));

    /** Made beforehand, to spare the checker the making of JSON. Element n has version n + 1. */
    private static final List<SessionRecord> RECORDS = LongStream.rangeClosed(1, 4)
            .mapToObj(version -> SessionRecord.of(KEY, version, LexMap.empty()))
            .toList();

    @Test
    void aMemoryStoreComparesAndSetsInOneStep() {
        check(MemoryStore.class);
    }

    @Test
    void turnsAreNeitherDoubledNorLost() {
        check(OneQueue.class);
    }

    @Test
    void aTurnIsNotLostBetweenOneWhoEndsItAndOneWhoseWaitEnds() {
        check(WaitingInLine.class);
    }

    @Test
    void aLeaseThatIsClosedWhileItIsRenewedIsRenewedNoMore() {
        check(Renewing.class);
    }

    @Test
    void theCheckerFindsAStoreThatComparesAndThenSets() {
        assertThat(catchThrowable(() -> check(CompareThenSet.class))).hasMessageContaining("Invalid execution results");
    }

    private static void check(Class<?> subject) {
        new ModelCheckingOptions()
                .iterations(15)
                .invocationsPerIteration(500)
                .minimizeFailedScenario(false)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(1)
                .logLevel(LoggingLevel.ERROR)
                .addGuarantee(forClasses(ConcurrentHashMap.class.getName(), ConcurrentLinkedQueue.class.getName())
                        .allMethods()
                        .treatAsAtomic())
                .check(subject);
    }

    /** Writing, deleting and reading one key. */
    public static class MemoryStore {

        private final MemorySessionStore store = new MemorySessionStore();

        @Operation
        public long read() {
            return store.read(KEY).map(SessionRecord::version).orElse(0L);
        }

        @Operation
        public boolean compareAndSet(@Param(gen = IntGen.class, conf = "0:2") int expected) {
            return store.compareAndSet(KEY, expected, RECORDS.get(expected));
        }

        @Operation
        public boolean compareAndDelete(@Param(gen = IntGen.class, conf = "1:2") int expected) {
            return store.compareAndDelete(KEY, expected);
        }
    }

    /** Threads that take a free turn, and end their own. */
    public static class OneQueue {

        private final Turns<String> turns = new Turns<>(Time.system());
        private final Map<Integer, SessionStore.Lease> taken = new ConcurrentHashMap<>();

        @Operation
        public boolean take(@Param(gen = ThreadIdGen.class) int thread) throws InterruptedException {
            var lease = turns.take("a", Duration.ZERO);
            lease.ifPresent(l -> taken.put(thread, l));
            return lease.isPresent();
        }

        @Operation
        public void end(@Param(gen = ThreadIdGen.class) int thread) {
            SessionStore.Lease lease = taken.remove(thread);
            if (lease != null) {
                lease.close();
            }
        }
    }

    /** Threads that wait for a turn, as long as nobody says that their time is up. */
    public static class WaitingInLine {

        private final HandTime time = new HandTime();
        private final Turns<String> turns = new Turns<>(time);
        private final AtomicInteger inside = new AtomicInteger();

        @Operation
        public void takeAndEnd() throws InterruptedException {
            SessionStore.Lease lease = turns.take("a", Duration.ofSeconds(1)).orElse(null);
            if (lease != null) {
                require(inside.incrementAndGet() == 1, "two have the turn");
                inside.decrementAndGet();
                lease.close();
            }
        }

        @Operation
        public void timeIsUp() {
            time.runTimer();
        }

        @Validate
        public void theTurnIsFree() throws InterruptedException {
            SessionStore.Lease lease = turns.take("a", Duration.ZERO).orElse(null);
            require(lease != null, "the turn is lost");
            lease.close();
        }
    }

    /** A lease that is renewed by one thread and closed by another. */
    public static class Renewing {

        private final HandTime time = new HandTime();
        private final AtomicBoolean given = new AtomicBoolean(true);
        private volatile boolean closed;

        private final SessionStore.Lease lease = new TimedLeases(time, Runnable::run, () -> 0L)
                .take(
                        KEY,
                        Duration.ZERO,
                        () -> Optional.of(new TimedLeases.Turn() {
                            @Override
                            public boolean renew() {
                                return given.get();
                            }

                            @Override
                            public void end() {
                                given.set(false);
                            }
                        }))
                .orElseThrow();

        @Operation
        public void renew() {
            time.runTimer();
        }

        @Operation
        public void close() {
            lease.close();
            closed = true;
        }

        @Operation
        public boolean held() {
            return lease.held();
        }

        @Validate
        public void oneTimerRenewsWhatIsHeld() {
            require(time.timers() == (closed ? 0 : 1), time.timers() + " timers");
            require(given.get() != closed, "the turn was not ended");
        }
    }

    private static void require(boolean something, String otherwise) {
        if (!something) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** A clock that stands still, and whose timers run when they are told to, the first one first. */
    private static final class HandTime implements Time {

        private final ConcurrentLinkedQueue<Runnable> timers = new ConcurrentLinkedQueue<>();

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            timers.add(task);
            return () -> timers.remove(task);
        }

        void runTimer() {
            Runnable first = timers.poll();
            if (first != null) {
                first.run();
            }
        }

        int timers() {
            return timers.size();
        }
    }

    /** The planted bug. */
    public static class CompareThenSet {

        private final ConcurrentHashMap<SessionKey, Long> versions = new ConcurrentHashMap<>();

        @Operation
        public boolean compareAndSet(@Param(gen = IntGen.class, conf = "0:2") int expected) {
            if (versions.getOrDefault(KEY, 0L) != expected) {
                return false;
            }
            versions.put(KEY, expected + 1L);
            return true;
        }
    }
}
