// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.check;

import dev.atp4j.lexicon.check.Finding.Severity;
import dev.atp4j.text.Shown;
import java.util.ArrayList;
import java.util.List;

/** What one check has found so far. */
final class Findings {

    private static final int SHOWN = 60;

    private final List<Finding> all = new ArrayList<>();

    void error(Where where, String rule, String message) {
        add(Severity.ERROR, where, rule, message);
    }

    void warning(Where where, String rule, String message) {
        add(Severity.WARNING, where, rule, message);
    }

    void note(Where where, String rule, String message) {
        add(Severity.NOTE, where, rule, message);
    }

    void add(Severity severity, Where where, String rule, String message) {
        all.add(new Finding(severity, rule, where.document(), where.path(), message));
    }

    void add(Rule rule, Where where, String message) {
        add(rule.severity(), where, rule.id(), message);
    }

    void add(Finding finding) {
        all.add(finding);
    }

    List<Finding> all() {
        return List.copyOf(all);
    }

    /** Returns a text of a document in a form that is safe to print: cut, and without odd characters. */
    static String shown(String text) {
        return Shown.of(text, SHOWN);
    }
}
