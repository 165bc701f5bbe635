// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.store.SessionStore.Lease;
import dev.atp4j.syntax.Did;
import dev.atp4j.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimedLeasesTest {

    private static final SessionKey ALICE = SessionKey.of(Did.parse("did:plc:alice"));

    private final VirtualTime time = VirtualTime.stopped();
    private final Server server = new Server();
    private boolean busy;
    private final TimedLeases leases = new TimedLeases(
            time,
            task -> {
                if (busy) {
                    throw new RejectedExecutionException("busy");
                }
                task.run();
            },
            new Random(1));

    /** Has one turn, says what it was asked last, and can fail. */
    private final class Server implements TimedLeases.Turn {

        boolean taken;
        boolean lost;
        boolean down;
        Duration delay = Duration.ZERO;
        int asked;
        int renewals;
        int ends;

        Optional<Server> take() {
            asked++;
            return taken ? Optional.empty() : Optional.of(this);
        }

        private void answer() {
            time.advance(delay);
            if (down) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "down", null);
            }
        }

        @Override
        public boolean renew() {
            renewals++;
            answer();
            return !lost;
        }

        @Override
        public void end() {
            ends++;
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            answer();
        }
    }

    private Lease take() {
        return leases.take(ALICE, Duration.ZERO, server::take).orElseThrow();
    }

    @Test
    void aFreeTurnIsGivenAtOnceAndATakenOneNotWithoutAWait() {
        assertThat(take().held()).isTrue();
        server.taken = true;
        assertThat(leases.take(ALICE, Duration.ofSeconds(-1), server::take)).isEmpty();
        assertThat(server.asked).isEqualTo(2);
    }

    @Test
    void thePausesGrowFrom60To200Milliseconds() throws Exception {
        server.taken = true;
        RandomGenerator longest = new Random() {
            private static final long serialVersionUID = 1L;

            @Override
            public long nextLong(long from, long to) {
                return to - 1;
            }
        };
        var calm = new TimedLeases(time, Runnable::run, longest);
        var waiting = CompletableFuture.supplyAsync(() -> calm.take(ALICE, Duration.ofMillis(800), server::take));
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            time.awaitTimers(1);
            pauses.add(time.advanceToNextTimer().toMillis());
        }
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEmpty();
        assertThat(pauses).containsExactly(60L, 90L, 135L, 200L, 200L, 115L);
    }

    @Test
    void whoWaitsAsksAfterPausesThatGrow() throws Exception {
        time.advance(Duration.ofHours(1));
        server.taken = true;
        var waiting = CompletableFuture.supplyAsync(() -> leases.take(ALICE, Duration.ofSeconds(10), server::take));
        Duration waited = Duration.ZERO;
        Duration pause = Duration.ZERO;
        while (waited.toSeconds() < 10) {
            time.awaitTimers(1);
            pause = time.advanceToNextTimer();
            if (waited.isZero()) {
                assertThat(pause).isBetween(Duration.ofMillis(30), Duration.ofMillis(60));
            }
            waited = waited.plus(pause);
            assertThat(pause).isLessThanOrEqualTo(Duration.ofMillis(200));
        }
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEmpty();
        assertThat(waited).isEqualTo(Duration.ofSeconds(10));
        assertThat(server.asked).isBetween(10_000 / 200, 10_000 / 100 + 20);
    }

    @Test
    void aWaitThatIsOverWithItsFirstPauseAsksOnce() throws Exception {
        server.taken = true;
        var waiting = CompletableFuture.supplyAsync(() -> leases.take(ALICE, Duration.ofMillis(30), server::take));
        time.awaitTimers(1);
        time.advanceToNextTimer();
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEmpty();
        assertThat(server.asked).isEqualTo(1);
    }

    @Test
    void whoIsInterruptedWhileHeWaitsIsTold() {
        server.taken = true;
        Thread.currentThread().interrupt();
        var e = catchThrowableOfType(
                StoreException.class, () -> leases.take(ALICE, Duration.ofSeconds(10), server::take));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(e.kind()).isEqualTo(StoreException.Kind.INTERRUPTED);
        assertThat(time.timers()).isZero();
    }

    @Test
    void aTurnIsRenewedUntilItIsEndedOnce() {
        Lease lease = take();
        time.advance(Duration.ofMinutes(1));
        assertThat(lease.held()).isTrue();
        assertThat(server.renewals).isEqualTo(30);
        lease.close();
        lease.close();
        assertThat(lease.held()).isFalse();
        assertThat(server.ends).isEqualTo(1);
        assertThat(time.timers()).isZero();
    }

    @Test
    void aTurnThatIsNotConfirmedEndsByTheMonotonicClockAndForGood() {
        Lease lease = take();
        server.down = true;
        time.advance(TimedLeases.TIME_TO_LIVE.minusNanos(1));
        assertThat(lease.held()).isTrue();
        time.advance(Duration.ofNanos(1));
        assertThat(lease.held()).isFalse();
        server.down = false;
        time.advance(Duration.ofMinutes(1));
        assertThat(lease.held()).isFalse();
        assertThat(time.timers()).isZero();
    }

    @Test
    void aTurnEndsWhileTheMachineSleepsThoughItsMonotonicClockStandsStill() {
        var asleep = new AtomicReference<>(Duration.ZERO);
        Lease lease = takeOnALaptop(asleep);
        asleep.set(TimedLeases.TIME_TO_LIVE.minusNanos(1));
        assertThat(lease.held()).isTrue();
        asleep.set(TimedLeases.TIME_TO_LIVE);
        assertThat(lease.held()).isFalse();
        asleep.set(Duration.ofHours(3));
        assertThat(lease.held()).isFalse();
        time.advance(TimedLeases.RENEWED_EVERY);
        assertThat(server.renewals).as("it is somebody else's by now").isZero();
    }

    @Test
    void aTurnEndsInTimeThoughTheWallClockIsSetBack() {
        var jump = new AtomicReference<>(Duration.ZERO);
        Lease lease = takeOnALaptop(jump);
        jump.set(Duration.ofHours(-1));
        server.down = true;
        time.advance(TimedLeases.TIME_TO_LIVE.minusNanos(1));
        assertThat(lease.held()).isTrue();
        time.advance(Duration.ofNanos(1));
        assertThat(lease.held()).isFalse();
    }

    /** A lease on a machine whose wall clock is ahead of what the monotonic one has counted. */
    private Lease takeOnALaptop(AtomicReference<Duration> ahead) {
        Time laptop = new Time() {
            @Override
            public Instant now() {
                return time.now().plus(ahead.get());
            }

            @Override
            public long nanos() {
                return time.nanos();
            }

            @Override
            public Timer after(Duration delay, Runnable task) {
                return time.after(delay, task);
            }
        };
        return new TimedLeases(laptop, Runnable::run, new Random(1))
                .take(ALICE, Duration.ZERO, server::take)
                .orElseThrow();
    }

    @Test
    void aConfirmationCountsFromWhenItWasAskedFor() {
        Lease lease = take();
        server.delay = Duration.ofSeconds(3);
        time.advance(TimedLeases.RENEWED_EVERY);
        server.delay = Duration.ZERO;
        server.down = true;
        time.advance(Duration.ofSeconds(5).minusNanos(1)); // until eight seconds after it was asked for
        assertThat(lease.held()).isTrue();
        time.advance(Duration.ofNanos(1));
        assertThat(lease.held()).isFalse();
    }

    @Test
    void aConfirmationThatComesTooLateCountsNothing() {
        Lease lease = take();
        server.delay = TimedLeases.TIME_TO_LIVE;
        time.advance(TimedLeases.RENEWED_EVERY);
        assertThat(server.renewals).isEqualTo(1);
        assertThat(lease.held()).isFalse();
    }

    @Test
    void aTurnThatIsLostIsNeitherHeldNorEnded() {
        Lease lease = take();
        server.lost = true;
        time.advance(TimedLeases.RENEWED_EVERY);
        assertThat(lease.held()).isFalse();
        lease.close();
        assertThat(server.ends).isZero();
        assertThat(time.timers()).isZero();
    }

    @Test
    void aTurnIsEndedEvenByAnInterruptedThreadAndIfTheServerIsDown() {
        Lease lease = take();
        server.down = true;
        Thread.currentThread().interrupt();
        lease.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(server.ends).isEqualTo(1);
        assertThat(lease.held()).isFalse();
    }

    @Test
    void aRenewalForWhichThereIsNoThreadIsMadeUpFor() {
        Lease lease = take();
        busy = true;
        time.advance(TimedLeases.RENEWED_EVERY);
        busy = false;
        time.advance(TimedLeases.TIME_TO_LIVE);
        assertThat(lease.held()).isTrue();
    }

    @Test
    void whatIsClosedRenewsNoMore() {
        Lease lease = take();
        leases.close();
        time.advance(TimedLeases.TIME_TO_LIVE.minusNanos(1));
        assertThat(lease.held()).isTrue();
        time.advance(Duration.ofNanos(1));
        assertThat(lease.held()).isFalse();
        assertThat(server.renewals).isZero();
    }

    @Test
    void whatAskingThrowsIsThrown() {
        assertThatThrownBy(() -> leases.take(ALICE, Duration.ofDays(1), () -> {
                    throw new StoreException(StoreException.Kind.UNREADABLE, "no", null);
                }))
                .isInstanceOf(StoreException.class);
    }
}
