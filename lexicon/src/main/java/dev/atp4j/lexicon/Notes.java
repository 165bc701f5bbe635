// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import java.util.ArrayList;
import java.util.List;

/** The problems that come up while one document is read. */
final class Notes {

    private final String source;
    private final List<LexiconProblem> problems = new ArrayList<>();

    Notes(String source) {
        this.source = source;
    }

    void add(Place place, String rule, String message) {
        problems.add(new LexiconProblem(source, place.toString(), rule, message));
    }

    List<LexiconProblem> problems() {
        return List.copyOf(problems);
    }
}
