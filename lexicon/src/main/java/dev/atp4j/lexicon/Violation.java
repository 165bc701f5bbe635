// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

/**
 * A place in data that is not as its lexicon wants it. It quotes lexicons, never data, since data carries secrets.
 *
 * @param path where, such as {@code $.facets[0].index}; {@code $} is the whole value
 * @param rule the rule's name, such as {@code max-graphemes}; {@link Validator} lists them
 * @param expected what the lexicon wants there, such as {@code a string}
 * @param got what is there, such as {@code an integer}, {@code nothing} or {@code 312 bytes}
 */
public record Violation(String path, String rule, String expected, String got) {

    /** Returns all four in one line. */
    @Override
    public String toString() {
        return path + ": expected " + expected + ", got " + got + " [" + rule + "]";
    }
}
