// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;

/**
 * Tells listeners from two threads, in many interleavings.
 *
 * <p>The checker is known to miss bugs on newer JDKs, so it runs on 17 alone, and has to find a planted bug each time.
 */
@EnabledOnJre(JRE.JAVA_17)
class ListenersLincheckTest {

    @Test
    void allIsToldAndNothingAtTheSameTime() {
        check(Telling.class);
    }

    @Test
    void theCheckerFindsListenersWithoutAQueue() {
        assertThat(catchThrowable(() -> check(TellingAtOnce.class))).hasMessageContaining("two were told at once");
    }

    private static void check(Class<?> subject) {
        new ModelCheckingOptions()
                .iterations(10)
                .invocationsPerIteration(300)
                .minimizeFailedScenario(false)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .logLevel(LoggingLevel.ERROR)
                .addGuarantee(forClasses(ConcurrentLinkedQueue.class.getName())
                        .allMethods()
                        .treatAsAtomic())
                .check(subject);
    }

    /** What a listener notices. */
    private static final class Ear {

        private final AtomicInteger inside = new AtomicInteger();
        private final ConcurrentLinkedQueue<Integer> heard = new ConcurrentLinkedQueue<>();
        private volatile boolean overlap;

        void hear(int event) {
            overlap |= inside.incrementAndGet() > 1;
            heard.add(event);
            inside.decrementAndGet();
        }

        void check(int events) {
            if (overlap) {
                throw new IllegalStateException("two were told at once");
            }
            if (heard.size() != events) {
                throw new IllegalStateException("an event was lost");
            }
        }
    }

    /** Events from two threads, each told on the thread of whoever comes first. */
    public static class Telling {

        private final Ear ear = new Ear();
        private final AtomicInteger events = new AtomicInteger();
        private final Listeners listeners = Listeners.of(List.of(new SessionListener() {}), Runnable::run);

        @Operation
        public void tell() {
            int event = events.incrementAndGet();
            listeners.tell(listener -> ear.hear(event));
        }

        @Validate
        public void allIsTold() {
            ear.check(events.get());
            if (!listeners.quiet().isDone()) {
                throw new IllegalStateException("nobody says that all is told");
            }
        }
    }

    /** The planted bug. */
    public static class TellingAtOnce {

        private final Ear ear = new Ear();
        private final AtomicInteger events = new AtomicInteger();

        @Operation
        public void tell() {
            ear.hear(events.incrementAndGet());
        }

        @Validate
        public void allIsTold() {
            ear.check(events.get());
        }
    }
}
