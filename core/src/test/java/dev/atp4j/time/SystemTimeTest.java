// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SystemTimeTest {

    private final Time time = Time.system();

    @Test
    void timersRunOnOneDaemonThreadWithoutAnybodysClasses() throws Exception {
        var first = new CompletableFuture<Thread>();
        var second = new CompletableFuture<Thread>();
        time.after(Duration.ofMillis(1), () -> first.complete(Thread.currentThread()));
        time.after(Duration.ofMillis(2), () -> second.complete(Thread.currentThread()));
        assertThat(first.get()).isSameAs(second.get()).isNotSameAs(Thread.currentThread());
        assertThat(first.get().isDaemon()).isTrue();
        assertThat(first.get().getContextClassLoader()).isNull();
    }

    @Test
    void delaysThatArePastOrZeroRunAtOnce() throws Exception {
        var done = new CountDownLatch(3);
        time.after(Duration.ZERO, done::countDown);
        time.after(Duration.ofDays(-1), done::countDown);
        time.after(Duration.ofSeconds(Long.MIN_VALUE), done::countDown);
        done.await();
    }

    @Test
    void delaysBeyondCountingNeverCome() throws Exception {
        var ran = new AtomicBoolean();
        var never = time.after(Duration.ofSeconds(Long.MAX_VALUE), () -> ran.set(true));
        var later = new CountDownLatch(1);
        time.after(Duration.ofMillis(1), later::countDown);
        later.await();
        never.cancel();
        assertThat(ran).isFalse();
    }

    @Test
    void aTimerCalledOffDoesNotRun() throws Exception {
        var ran = new AtomicBoolean();
        var calledOff = time.after(Duration.ofMillis(50), () -> ran.set(true));
        calledOff.cancel();
        calledOff.cancel();
        var later = new CountDownLatch(1);
        time.after(Duration.ofMillis(60), later::countDown);
        later.await();
        assertThat(ran).isFalse();
    }

    @Test
    void aTaskThatFailsIsLoggedAndDoesNotStopLaterOnes() throws Exception {
        var logged = new CompletableFuture<LogRecord>();
        var logger = Logger.getLogger(SystemTime.class.getName());
        logger.setUseParentHandlers(false);
        var handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.complete(entry);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            time.after(Duration.ZERO, () -> {
                throw new IllegalStateException("a bug");
            });
            assertThat(logged.get().getThrown()).hasMessage("a bug");
            var later = new CountDownLatch(1);
            time.after(Duration.ofMillis(1), later::countDown);
            later.await();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }

    @Test
    void theMonotonicClockRunsForward() {
        long before = time.nanos();
        assertThat(time.nanos() - before).isNotNegative();
    }

    @Test
    void ofManyTimersThatAreSetAndCalledOffByManyThreadsEachThatIsLeftRunsOnceAndNotTooEarly() throws Exception {
        var ran = new AtomicInteger();
        var early = new AtomicInteger();
        var twice = new AtomicInteger();
        var left = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            var random = new Random(i);
            var thread = new Thread(() -> {
                for (int n = 0; n < 2_000; n++) {
                    long delay = random.nextInt(2_000_000);
                    long due = time.nanos() + delay;
                    var once = new AtomicBoolean();
                    Time.Timer timer = time.after(Duration.ofNanos(delay), () -> {
                        early.addAndGet(time.nanos() - due < 0 ? 1 : 0);
                        twice.addAndGet(once.getAndSet(true) ? 1 : 0);
                        ran.incrementAndGet();
                    });
                    if (n % 3 == 0) {
                        timer.cancel(); // which may come too late
                    } else {
                        left.incrementAndGet();
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        var last = new CountDownLatch(1);
        time.after(Duration.ofMillis(3), last::countDown);
        last.await();
        assertThat(ran.get()).isBetween(left.get(), 8_000);
        assertThat(early).hasValue(0);
        assertThat(twice).hasValue(0);
    }
}
