// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown when data is not as its lexicon wants it. The message lists all places, one a line, and quotes no data. */
public final class InvalidDataException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Not sent along when the exception is serialized; the message says it all. */
    private final transient List<Violation> violations;

    /**
     * Creates an exception.
     *
     * @param what what is not valid, such as {@code the input of com.example.setMood}
     * @param violations where and why, one or more
     */
    public InvalidDataException(String what, List<Violation> violations) {
        super(violations.stream()
                .map(Violation::toString)
                .collect(Collectors.joining("\n", what + " is not as its lexicon wants it:\n", "")));
        this.violations = List.copyOf(violations);
    }

    /**
     * Returns what is wrong.
     *
     * @return the places, in the order in which they were found
     */
    public List<Violation> violations() {
        return violations;
    }
}
