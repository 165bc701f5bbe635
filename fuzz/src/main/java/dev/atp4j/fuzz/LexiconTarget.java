// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.lexicon.DefRef;
import dev.atp4j.lexicon.LexiconDoc;
import dev.atp4j.lexicon.LexiconException;
import dev.atp4j.lexicon.LexiconReader;
import dev.atp4j.lexicon.LexiconReader.Reading;
import dev.atp4j.lexicon.Lexicons;
import dev.atp4j.lexicon.Validator;
import dev.atp4j.lexicon.check.LexiconDiff;
import dev.atp4j.lexicon.check.LexiconLint;
import java.util.List;

/**
 * Documents of lexicons: what the strict reader takes, the lenient one takes for the same and without a problem; nothing but
 * {@link LexiconException} is thrown; whatever was taken can be checked, compared with itself without a difference, and asked
 * about data, however its definitions refer to each other.
 */
final class LexiconTarget implements Target {

    private static final List<LexValue> SAMPLES = List.of(
            LexNull.NULL,
            new LexString("text"),
            LexMap.empty(),
            LexList.of(),
            LexMap.builder()
                    .put("$type", "a.b.c")
                    .put("a", LexMap.builder().put("a", "b").build())
                    .build());

    @Override
    public void accept(byte[] input) {
        Reading lenient;
        try {
            lenient = LexiconReader.parseLenient(input, "it");
        } catch (LexiconException e) {
            Must.hold(!e.problems().isEmpty(), "a refusal names a problem");
            Must.hold(refusedStrictly(input), "the strict reader refuses what the lenient one does");
            return;
        }
        if (lenient.problems().isEmpty()) {
            Must.agree(LexiconReader.parse(input, "it"), lenient.doc(), "strict and lenient reading");
        } else {
            Must.hold(refusedStrictly(input), "the strict reader refuses a document that has problems");
        }
        LexiconDoc doc = lenient.doc();
        LexiconLint.check(List.of(lenient));
        Must.agree(LexiconDiff.compare(doc, doc), List.of(), "a document has not changed from itself");
        ask(doc);
    }

    private static boolean refusedStrictly(byte[] input) {
        try {
            LexiconReader.parse(input, "it");
            return false;
        } catch (LexiconException e) {
            return true;
        }
    }

    private static void ask(LexiconDoc doc) {
        Validator strict = Validator.strict(Lexicons.of(List.of(doc)));
        Validator first = strict.firstOnly();
        for (String name : doc.defs().keySet()) {
            for (LexValue sample : SAMPLES) {
                try {
                    boolean valid =
                            strict.def(new DefRef(doc.id(), name), sample).isEmpty();
                    Must.agree(
                            first.def(new DefRef(doc.id(), name), sample).isEmpty(),
                            valid,
                            "all violations and the first");
                } catch (IllegalArgumentException e) {
                    Must.hold(
                            String.valueOf(e.getMessage()).endsWith("is no definition of data"),
                            "it says why it cannot be asked: " + e);
                }
            }
        }
    }
}
