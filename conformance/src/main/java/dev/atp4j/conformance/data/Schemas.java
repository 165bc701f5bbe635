// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import dev.atp4j.conformance.data.Beside.Group;
import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.lexicon.LexiconDoc;
import dev.atp4j.lexicon.LexiconReader;
import dev.atp4j.lexicon.Lexicons;
import dev.atp4j.lexicon.Validator;
import dev.atp4j.lexicon.Violation;
import dev.atp4j.syntax.Nsid;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Records and parameters of random lexicons: are they valid? Confined to one thread. */
final class Schemas implements Supplier<Case> {

    private static final int CASES = 30_000;
    private static final int CASES_OF_A_LEXICON = 150;

    private final Random random;
    private final boolean records;
    private int made;
    private List<LexMap> documents = List.of();
    private Validator validator = Validator.strict(Lexicons.of(List.of()));

    private Schemas(Random random, boolean records) {
        this.random = random;
        this.records = records;
    }

    static List<Group> groups(long seed) {
        return List.of(group(seed, "schemas of records", true), group(seed, "schemas of parameters", false));
    }

    private static Group group(long seed, String id, boolean records) {
        return new Group(id, records ? CASES : CASES / 3, new Schemas(Group.random(seed, id), records));
    }

    @Override
    public Case get() {
        if (made++ % CASES_OF_A_LEXICON == 0) {
            return lexicons();
        }
        LexMap defs = documents.get(0).getMap("defs").orElseThrow();
        var data = new RandomData(random, defs, random.nextBoolean() ? 1_000 : 40);
        return records
                ? valid(RandomLexicon.RECORD, data.record())
                : valid(RandomLexicon.QUERY, data.object(params(documents), "", 0));
    }

    private static LexMap params(List<LexMap> documents) {
        return documents
                .get(1)
                .getMap("defs")
                .flatMap(defs -> defs.getMap("main"))
                .flatMap(main -> main.getMap("parameters"))
                .orElseThrow();
    }

    private Case lexicons() {
        documents = new RandomLexicon(random).documents();
        List<LexiconDoc> read = documents.stream()
                .map(document -> LexiconReader.parse(document, "random"))
                .toList();
        validator = Validator.strict(Lexicons.of(read));
        String json = LexJson.toString(new LexList(List.copyOf(documents)));
        return new Case(
                Peer.question("lexicons", json),
                json,
                answer -> Case.ok(answer) ? Verdict.SAME : Verdict.different(Case.text(answer, "why")));
    }

    private Case valid(String name, LexMap value) {
        String json = LexJson.toString(value);
        Validator ours = validator;
        List<LexMap> lexicons = documents;
        return new Case(Peer.question("valid", name + "#main", json), json, answer -> {
            List<Violation> violations = name.equals(RandomLexicon.RECORD)
                    ? ours.record(Nsid.parse(name), value)
                    : ours.params(Nsid.parse(name), value);
            if (violations.isEmpty() == Case.ok(answer)) {
                return Verdict.SAME;
            }
            Known known = violations.isEmpty() ? weAccept(name, value, lexicons) : weRefuse(violations);
            return known == null
                    ? Verdict.different("ours " + violations + ", theirs " + Case.text(answer, "why") + " by "
                            + LexJson.toString(new LexList(List.copyOf(lexicons))))
                    : Verdict.of(known);
        });
    }

    private static @Nullable Known weAccept(String name, LexMap value, List<LexMap> lexicons) {
        LexMap known = params(lexicons).getMap("properties").orElseThrow();
        return name.equals(RandomLexicon.QUERY)
                        && value.fields().entrySet().stream()
                                .anyMatch(field -> known.get(field.getKey()) == null && !isParameter(field.getValue()))
                ? Known.OTHER_PARAMETER
                : null;
    }

    /** Tells whether a value is a scalar or a list of scalars of one kind. */
    private static boolean isParameter(LexValue value) {
        if (value instanceof LexList list) {
            return list.items().stream().allMatch(Schemas::isScalar)
                    && list.items().stream().map(Object::getClass).distinct().count() < 2;
        }
        return isScalar(value);
    }

    private static boolean isScalar(LexValue value) {
        return value instanceof LexString || value instanceof LexInteger || value instanceof LexBoolean;
    }

    private static @Nullable Known weRefuse(List<Violation> violations) {
        return violations.stream()
                        .allMatch(v -> v.expected().equals("an object of any type")
                                && v.got().equals("a blob"))
                ? Known.UNKNOWN_BLOB
                : null;
    }
}
