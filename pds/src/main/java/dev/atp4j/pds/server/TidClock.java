// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.time.Time;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Makes record keys and revisions that grow with time, even if the clock stands still. Guarded by the lock of the box. */
final class TidClock {

    private static final String ALPHABET = "234567abcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 13;
    private static final int CLOCK_BITS = 10;

    private final Time time;
    private long last;

    TidClock(Time time) {
        this.time = time;
    }

    String next() {
        last = Math.max(last + 1, ChronoUnit.MICROS.between(Instant.EPOCH, time.now()));
        long number = last << CLOCK_BITS;
        var text = new char[LENGTH];
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (number & 31));
            number >>>= 5;
        }
        return new String(text);
    }
}
