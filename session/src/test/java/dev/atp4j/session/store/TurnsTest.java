// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.pds.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final VirtualTime time = VirtualTime.stopped();
    private final Turns<String> turns = new Turns<>(time);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aFreeTurnIsGivenAtOnce() throws Exception {
        assertThat(turns.take("a", Duration.ZERO)).isPresent();
    }

    @Test
    void aTakenTurnIsNotGivenAgainNotEvenToItsHolder() throws Exception {
        turns.take("a", Duration.ZERO).orElseThrow();
        assertThat(turns.take("a", Duration.ZERO)).isEmpty();
        assertThat(turns.take("b", Duration.ZERO)).isPresent();
    }

    @Test
    void waitersAreServedInTheOrderInWhichTheyCame() throws Exception {
        var holder = turns.take("a", Duration.ZERO).orElseThrow();
        List<Integer> served = new ArrayList<>();
        List<Future<?>> waiters = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int me = i;
            waiters.add(threads.submit(() -> {
                var turn = turns.take("a", Duration.ofMinutes(1)).orElseThrow();
                served.add(me); // Guarded by the turn itself.
                turn.close();
                return null;
            }));
            time.awaitTimers(i + 1);
        }
        holder.close();
        for (Future<?> waiter : waiters) {
            waiter.get();
        }
        assertThat(served).isSorted().hasSize(20);
        assertThat(time.timers()).as("nobody waits any more").isZero();
    }

    @Test
    void aWaitEndsWhenItsTimeIsUpAndThePlaceInTheQueueIsGivenUp() throws Exception {
        var holder = turns.take("a", Duration.ZERO).orElseThrow();
        Future<Optional<SessionStore.Lease>> waiter = threads.submit(() -> turns.take("a", Duration.ofSeconds(5)));
        time.awaitTimers(1);
        time.advance(Duration.ofSeconds(5));
        assertThat(waiter.get()).isEmpty();
        assertThat(time.timers()).isZero();
        holder.close();
        assertThat(turns.take("a", Duration.ZERO)).isPresent();
    }

    @Test
    void anInterruptEndsAWaitAndThePlaceInTheQueueIsGivenUp() throws Exception {
        var holder = turns.take("a", Duration.ZERO).orElseThrow();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> turns.take("a", Duration.ofSeconds(5))).isInstanceOf(InterruptedException.class);
        holder.close();
        assertThat(turns.take("a", Duration.ZERO)).isPresent();
    }

    @Test
    void aTurnEndedTwiceDoesNotEndTheNextOne() throws Exception {
        var first = turns.take("a", Duration.ZERO).orElseThrow();
        first.close();
        turns.take("a", Duration.ZERO).orElseThrow();
        first.close();
        assertThat(turns.take("a", Duration.ZERO)).isEmpty();
    }

    @Test
    void waitsThatNoClockCanCountAreBounded() throws Exception {
        turns.take("a", Duration.ZERO).orElseThrow();
        Future<Optional<SessionStore.Lease>> waiter =
                threads.submit(() -> turns.take("a", Duration.ofSeconds(Long.MAX_VALUE)));
        time.awaitTimers(1);
        time.advance(Duration.ofDays(365));
        assertThat(waiter.get()).isEmpty();
        assertThat(turns.take("a", Duration.ofSeconds(Long.MIN_VALUE))).isEmpty();
    }

    @Test
    void aTurnThatComesJustWhenTheWaitEndsIsEitherTakenOrPassedOn() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            var holder = turns.take("a", Duration.ZERO).orElseThrow();
            Future<Boolean> waiter = threads.submit(() -> {
                var turn = turns.take("a", Duration.ofSeconds(5));
                turn.ifPresent(SessionStore.Lease::close);
                return turn.isPresent();
            });
            time.awaitTimers(1);
            var start = new CountDownLatch(1);
            Future<?> clock = threads.submit(() -> {
                start.await();
                time.advance(Duration.ofSeconds(5));
                return null;
            });
            start.countDown();
            holder.close();
            clock.get();
            waiter.get();
            var next = turns.take("a", Duration.ZERO);
            assertThat(next).as("round " + round).isPresent();
            next.orElseThrow().close();
        }
    }
}
