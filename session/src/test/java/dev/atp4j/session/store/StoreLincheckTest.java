// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import dev.atp4j.data.LexMap;
import dev.atp4j.syntax.Did;
import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;

/**
 * Runs small programs of two threads in many interleavings, and looks for one whose results no order of its
 * steps explains. It sees neither waits that end by time nor what happens between processes.
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
    void theCheckerFindsAStoreThatComparesAndThenSets() {
        assertThat(catchThrowable(() -> check(CompareThenSet.class))).hasMessageContaining("Invalid execution results");
    }

    private static void check(Class<?> subject) {
        new ModelCheckingOptions()
                .iterations(25)
                .invocationsPerIteration(500)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(1)
                .addGuarantee(forClasses(ConcurrentHashMap.class.getName())
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
