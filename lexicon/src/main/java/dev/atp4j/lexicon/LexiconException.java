// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown when lexicon documents cannot be used. The message lists all problems, one a line. */
public final class LexiconException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Not sent along when the exception is serialized; the message says it all. */
    private final transient List<LexiconProblem> problems;

    /**
     * Creates an exception.
     *
     * @param problems what is wrong, one problem or more
     */
    public LexiconException(List<LexiconProblem> problems) {
        super(problems.stream().map(LexiconProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /**
     * Returns what is wrong.
     *
     * @return the problems, document by document in the order of their places
     */
    public List<LexiconProblem> problems() {
        return problems;
    }
}
