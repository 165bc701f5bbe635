// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

/**
 * Something in a document that is not as its lexicon says, and that was read nevertheless.
 *
 * @param path where, such as {@code $.feed[3].post.likeCount}; {@code $} is the document
 * @param expected what the lexicon wants there, such as {@code integer}
 * @param got what was there, such as {@code string} or {@code nothing}; never the value itself
 */
public record Diagnostic(String path, String expected, String got) {

    /** Returns all three in one line. */
    @Override
    public String toString() {
        return path + ": " + got + ", where " + expected + " should be";
    }
}
