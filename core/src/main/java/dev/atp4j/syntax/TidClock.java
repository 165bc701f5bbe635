// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import dev.atp4j.time.Time;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes TIDs, each greater than the one before, also when the wall clock stands still or goes back. Thread-safe.
 *
 * <p>Within one clock no TID is made twice. Two clocks, in two processes perhaps, may make the same one only if both drew
 * the same of 1,024 numbers at their start and ask in the same microsecond.
 */
public final class TidClock {

    private final Time time;
    private final int clock;
    private final AtomicLong last = new AtomicLong(-1);

    /**
     * Creates a clock with a number drawn at random.
     *
     * @param time where the wall time comes from
     * @param random where the clock's number comes from; not used later
     */
    public TidClock(Time time, RandomGenerator random) {
        this.time = time;
        this.clock = random.nextInt(Tid.MAX_CLOCK + 1);
    }

    /**
     * Makes the next TID: of the wall clock's microsecond, or of the one after the last TID's if that is later.
     *
     * @return a TID greater than all that this clock has made
     * @throws IllegalStateException if the wall clock stands after the year 2255, which a TID cannot hold
     */
    public Tid next() {
        Instant wall = time.now();
        if (wall.getEpochSecond() >= Tid.MAX_MICROS / 1_000_000) {
            throw new IllegalStateException("the wall clock stands after the year 2255");
        }
        long now = Math.max(0, wall.getEpochSecond()) * 1_000_000 + wall.getNano() / 1_000;
        return Tid.of(last.updateAndGet(micros -> Math.max(micros + 1, now)), clock);
    }
}
