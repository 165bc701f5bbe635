// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Two ways to do a thing, measured against each other. They take turns, pair by pair, so that a machine whose speed drifts
 * does not favour either; the median of the pairs' ratios counts.
 *
 * @param ratio how many times as often ours was done
 * @param rate how often a second the other was done
 */
record Duel(double ratio, double rate) {

    private static final int PAIRS = 15;
    private static final Duration ROUND = Duration.ofMillis(700);

    interface Work {
        Object once() throws IOException;
    }

    static Duel of(Work ours, Work other, int threads) throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            perSecond(ours, threads);
            perSecond(other, threads);
        }
        List<Double> ratios = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            boolean oursFirst = i % 2 == 0;
            double first = perSecond(oursFirst ? ours : other, threads);
            double second = perSecond(oursFirst ? other : ours, threads);
            ratios.add(oursFirst ? first / second : second / first);
            rates.add(oursFirst ? second : first);
        }
        return new Duel(Report.median(ratios), Report.median(rates));
    }

    private static double perSecond(Work work, int threads) throws InterruptedException {
        var failure = new AtomicReference<Throwable>();
        long[] counts = new long[threads];
        var start = new CountDownLatch(1);
        var all = new ArrayList<Thread>();
        long[] end = new long[1];
        for (int t = 0; t < threads; t++) {
            int mine = t;
            var thread = new Thread(() -> {
                try {
                    start.await();
                    long n = 0;
                    while (System.nanoTime() < end[0]) {
                        work.once();
                        n++;
                    }
                    counts[mine] = n;
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            all.add(thread);
            thread.start();
        }
        long begin = System.nanoTime();
        end[0] = begin + ROUND.toNanos();
        start.countDown();
        for (Thread thread : all) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a request failed", failure.get());
        }
        return Arrays.stream(counts).sum() / ((System.nanoTime() - begin) / 1e9);
    }
}
