// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import java.util.List;

/** Thrown if lexicons cannot become Java. It names all that is wrong, and what to do about it. */
public final class GeneratorException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * Creates an exception.
     *
     * @param problems what is wrong, each in a line of its own
     */
    public GeneratorException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * Returns all that is wrong.
     *
     * @return a line for each
     */
    public List<String> problems() {
        return problems;
    }
}
