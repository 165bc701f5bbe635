// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

/**
 * Something in a lexicon document that the language does not allow.
 *
 * @param source what the document is called: a file, an address, an NSID
 * @param path where in it, such as {@code $.defs.main.record.properties.text}; {@code $} is the document
 * @param rule the rule's name, such as {@code reference}; {@link LexiconReader} lists them
 * @param message what is wrong and what to write instead
 */
public record LexiconProblem(String source, String path, String rule, String message) {

    /** Returns all four in one line. */
    @Override
    public String toString() {
        return source + " " + path + ": " + message + " [" + rule + "]";
    }
}
