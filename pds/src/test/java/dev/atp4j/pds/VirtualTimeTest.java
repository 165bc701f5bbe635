// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

    private final VirtualTime time = VirtualTime.stopped();

    @Test
    void aStoppedClockMovesOnlyWhenItIsAdvanced() {
        assertThat(time.now()).isEqualTo(VirtualTime.START);
        long before = time.nanos();
        time.advance(Duration.ofHours(3));
        assertThat(time.now()).isEqualTo(VirtualTime.START.plus(Duration.ofHours(3)));
        assertThat(time.nanos() - before).isEqualTo(Duration.ofHours(3).toNanos());
    }

    @Test
    void timersRunInOrderAndSeeTheirOwnMoment() {
        List<String> seen = new ArrayList<>();
        time.after(Duration.ofSeconds(20), () -> seen.add("second " + time.now()));
        time.after(Duration.ofSeconds(10), () -> seen.add("first " + time.now()));
        time.after(Duration.ofSeconds(20), () -> seen.add("third " + time.now()));
        time.after(Duration.ofSeconds(31), () -> seen.add("never"));
        time.advance(Duration.ofSeconds(30));
        assertThat(seen)
                .containsExactly(
                        "first 2026-01-01T00:00:10Z", "second 2026-01-01T00:00:20Z", "third 2026-01-01T00:00:20Z");
        assertThat(time.now()).isEqualTo(VirtualTime.START.plusSeconds(30));
        assertThat(time.timers()).isEqualTo(1);
        assertThat(time.nextTimer()).contains(Duration.ofSeconds(1));
    }

    @Test
    void aTimerThatATimerSetsRunsInTheSameAdvanceIfItIsDue() {
        List<Instant> seen = new ArrayList<>();
        time.after(Duration.ofMinutes(1), () -> {
            seen.add(time.now());
            time.after(Duration.ofMinutes(1), () -> seen.add(time.now()));
        });
        time.advance(Duration.ofMinutes(2));
        assertThat(seen).containsExactly(VirtualTime.START.plusSeconds(60), VirtualTime.START.plusSeconds(120));
    }

    @Test
    void aTimerThatIsCalledOffDoesNotRun() {
        List<String> seen = new ArrayList<>();
        Time.Timer timer = time.after(Duration.ofSeconds(1), () -> seen.add("ran"));
        timer.cancel();
        time.advance(Duration.ofDays(1));
        assertThat(seen).isEmpty();
        assertThat(time.timers()).isZero();
    }

    @Test
    void aTimerThatFailsDoesNotStopTheNext() {
        List<String> seen = new ArrayList<>();
        Logger logger = Logger.getLogger(VirtualTime.class.getName());
        logger.setLevel(Level.OFF);
        time.after(Duration.ofSeconds(1), () -> {
            throw new IllegalStateException("on purpose");
        });
        time.after(Duration.ofSeconds(2), () -> seen.add("ran"));
        time.advance(Duration.ofSeconds(2));
        logger.setLevel(null);
        assertThat(seen).containsExactly("ran");
    }

    @Test
    void aTaskWithoutDelayRunsAtOnce() throws InterruptedException {
        var ran = new CountDownLatch(1);
        time.after(Duration.ZERO, ran::countDown);
        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void timeDoesNotGoBack() {
        assertThatThrownBy(() -> time.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void advancingToTheNextTimerNeedsOne() {
        assertThatThrownBy(time::advanceToNextTimer).isInstanceOf(IllegalStateException.class);
        time.after(Duration.ofMinutes(7), () -> {});
        assertThat(time.advanceToNextTimer()).isEqualTo(Duration.ofMinutes(7));
        assertThat(time.timers()).isZero();
    }

    @Test
    void aRunningClockRunsTimersByItselfAndWhenItIsPushed() throws InterruptedException {
        VirtualTime running = VirtualTime.running();
        var alone = new CountDownLatch(1);
        running.after(Duration.ofMillis(1), alone::countDown);
        assertThat(alone.await(30, TimeUnit.SECONDS)).isTrue();
        var pushed = new CountDownLatch(1);
        running.after(Duration.ofHours(1), pushed::countDown);
        running.advance(Duration.ofHours(1));
        assertThat(pushed.getCount()).isZero();
        assertThat(running.timers()).isZero();
    }

    @Test
    void aSkewedViewDiffersInTheWallClockOnly() {
        Time skewed = time.skewed(Duration.ofDays(-1));
        time.advance(Duration.ofHours(2));
        assertThat(skewed.now()).isEqualTo(VirtualTime.START.minus(Duration.ofHours(22)));
        assertThat(skewed.nanos()).isEqualTo(time.nanos());
    }

    @Test
    void anotherThreadCanBeAwaitedUntilItHasSetItsTimer() throws InterruptedException {
        var woken = new CountDownLatch(1);
        var other = new Thread(() -> time.after(Duration.ofHours(1), woken::countDown));
        other.start();
        time.awaitTimers(1);
        time.advance(Duration.ofHours(1));
        assertThat(woken.getCount()).isZero();
        other.join();
    }
}
