// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.atp4j.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TidClockTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.000123Z");

    private final HandSetTime time = new HandSetTime();
    private final TidClock clock = new TidClock(time, new Random(7));

    @Test
    void takesTheTimeFromTheWallClock() {
        time.now = NOON;

        assertThat(clock.next().toInstant()).isEqualTo(NOON);
    }

    @Test
    void countsOnWhileTheWallClockStandsStill() {
        time.now = NOON;

        Tid first = clock.next();
        Tid second = clock.next();

        assertThat(second).isEqualTo(Tid.of(first.toInstant().getEpochSecond() * 1_000_000 + 124, first.clock()));
    }

    @Test
    void neverGoesBackWithTheWallClock() {
        time.now = NOON;
        Tid before = clock.next();

        time.now = NOON.minus(Duration.ofDays(400));
        Tid after = clock.next();
        time.now = NOON.plusSeconds(1);
        Tid later = clock.next();

        assertThat(after).isGreaterThan(before);
        assertThat(after.toInstant()).isEqualTo(NOON.plusNanos(1000));
        assertThat(later.toInstant()).isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void startsAt1970AtTheEarliest() {
        time.now = Instant.MIN;

        assertThat(clock.next().toInstant()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void recoversFromAWallClockBeyondAllTids() {
        for (Instant beyond : List.of(
                Instant.parse("2300-01-01T00:00:00Z"), Instant.ofEpochSecond(9007199254L, 999_999_999), Instant.MAX)) {
            time.now = beyond;
            assertThatIllegalStateException().isThrownBy(clock::next);
        }

        time.now = NOON;
        assertThat(clock.next().toInstant()).isEqualTo(NOON);
    }

    @Test
    void keepsOneNumberThatIsDrawnAtRandom() {
        time.now = NOON;
        assertThat(clock.next().clock()).isEqualTo(clock.next().clock());

        var numbers = new HashSet<Integer>();
        var random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            numbers.add(new TidClock(time, random).next().clock());
        }
        assertThat(numbers).hasSize(1024);
    }

    @Test
    void givesEveryThreadItsOwnInRisingOrder() throws Exception {
        time.now = NOON;
        int threads = 4;
        int each = 200_000;
        var start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<Tid[]>> results = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            results.add(pool.submit(() -> {
                Tid[] tids = new Tid[each];
                start.await();
                for (int i = 0; i < each; i++) {
                    tids[i] = clock.next();
                }
                return tids;
            }));
        }
        start.countDown();

        var all = new HashSet<Tid>();
        for (Future<Tid[]> result : results) {
            Tid[] tids = result.get();
            assertThat(tids).isSorted();
            all.addAll(List.of(tids));
        }
        pool.shutdown();

        assertThat(all).hasSize(threads * each);
    }

    private static final class HandSetTime implements Time {

        private volatile Instant now = Instant.EPOCH;

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public long nanos() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            throw new UnsupportedOperationException();
        }
    }
}
