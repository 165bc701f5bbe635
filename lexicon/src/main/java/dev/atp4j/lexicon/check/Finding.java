// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.check;

import java.util.Locale;

/**
 * What a check has to say of one place in a lexicon.
 *
 * @param severity how bad it is
 * @param rule the rule's name, such as {@code field-removed}
 * @param document what the document is called: its NSID, or its file
 * @param path where in the document, such as {@code $.defs.main.record.properties.text}
 * @param message what is so, and what to do about it
 */
public record Finding(Severity severity, String rule, String document, String path, String message) {

    /** How bad a finding is. */
    public enum Severity {
        /** Against the rules: other software breaks. */
        ERROR,
        /** Within the rules, and likely to be regretted. */
        WARNING,
        /** Nothing to do. */
        NOTE
    }

    /** Returns all of it in one line. */
    @Override
    public String toString() {
        return severity.name().toLowerCase(Locale.ROOT) + " " + document + " " + path + ": " + message + " [" + rule
                + "]";
    }
}
