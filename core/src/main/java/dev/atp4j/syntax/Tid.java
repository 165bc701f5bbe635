// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A timestamp identifier, such as {@code 3jzfcijpj2z2a}: microseconds and a clock number in 13 characters that sort by
 * time. {@link TidClock} makes new ones.
 *
 * @param value the TID's text
 */
public record Tid(String value) implements Comparable<Tid> {

    static final long MAX_MICROS = (1L << 53) - 1;
    static final int MAX_CLOCK = (1 << 10) - 1;

    private static final String ALPHABET = "234567abcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 13;
    private static final int FIRST_MAX = 15;

    /**
     * Checks the text.
     *
     * @throws SyntaxException if the text is no TID
     */
    public Tid {
        String fault = fault(value);
        if (fault != null) {
            throw new SyntaxException("TID", value, fault);
        }
    }

    /**
     * Reads a TID.
     *
     * @param text the text to read
     * @return the TID
     * @throws SyntaxException if the text is no TID
     */
    public static Tid parse(String text) {
        return new Tid(text);
    }

    /**
     * Reads a TID if the text is one.
     *
     * @param text the text to read
     * @return the TID, or empty if the text is none
     */
    public static Optional<Tid> tryParse(String text) {
        return fault(text) == null ? Optional.of(new Tid(text)) : Optional.empty();
    }

    /**
     * Makes a TID.
     *
     * @param micros microseconds since 1970, 0 to 2<sup>53</sup>-1
     * @param clock which of several clocks made it, 0 to 1023
     * @return the TID
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static Tid of(long micros, int clock) {
        if (micros < 0 || micros > MAX_MICROS || clock < 0 || clock > MAX_CLOCK) {
            throw new IllegalArgumentException("a TID holds microseconds of 53 bits and a clock of 10 bits");
        }
        long bits = micros << 10 | clock;
        char[] text = new char[LENGTH];
        for (int i = LENGTH - 1; i >= 0; i--, bits >>>= 5) {
            text[i] = ALPHABET.charAt((int) (bits & 31));
        }
        return new Tid(new String(text));
    }

    /**
     * Returns the time that the TID holds. Anybody may have chosen it.
     *
     * @return the time, with microseconds
     */
    public Instant toInstant() {
        return Instant.EPOCH.plus(bits() >>> 10, ChronoUnit.MICROS);
    }

    /**
     * Returns the number of the clock that made the TID.
     *
     * @return a number from 0 to 1023
     */
    public int clock() {
        return (int) bits() & MAX_CLOCK;
    }

    /** Compares by time and then by clock, which is the order of the texts. */
    @Override
    public int compareTo(Tid other) {
        return value.compareTo(other.value);
    }

    /** Returns the TID's text. */
    @Override
    public String toString() {
        return value;
    }

    private static @Nullable String fault(String text) {
        if (text.length() != LENGTH) {
            return "is of length " + text.length() + ", not " + LENGTH;
        }
        for (int i = 0; i < LENGTH; i++) {
            if (ALPHABET.indexOf(text.charAt(i)) < 0) {
                return Ascii.found(text, i) + ", and only 2-7 and a-z may stand there";
            }
        }
        if (ALPHABET.indexOf(text.charAt(0)) > FIRST_MAX) {
            return Ascii.found(text, 0) + ", and only 2-7 and a-j may stand first";
        }
        return null;
    }

    private long bits() {
        long bits = 0;
        for (int i = 0; i < LENGTH; i++) {
            bits = bits << 5 | ALPHABET.indexOf(value.charAt(i));
        }
        return bits;
    }
}
