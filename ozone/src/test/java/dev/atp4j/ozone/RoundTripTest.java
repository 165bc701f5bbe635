// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.ozone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.DagCbor;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.DefRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is read as any type of the network and written again is what it was. */
class RoundTripTest {

    private static final int VALUES = 20;

    private final long seed = Long.getLong("atp4j.seed", new Random().nextLong());

    /** A generated class, and the schema that it was made of. */
    private record Case(ObjectType<? extends LexObject> type, DefRef ref, Def schema) {}

    @Test
    void nothingIsLostOfAnyType() {
        RandomData data = new RandomData(new Random(seed), Corpus.LEXICONS);
        List<Case> cases = cases();
        assertThat(cases).hasSizeGreaterThan(800);
        for (Case one : cases) {
            for (int i = 0; i < VALUES; i++) {
                LexMap tree = data.of(one.ref(), one.schema(), 0);
                String what = one.type() + ", seed " + seed;
                byte[] json = LexJson.write(tree);
                byte[] cbor = DagCbor.write(tree);

                LexObject read = one.type().fromMap(tree);
                assertThat(read.toMap()).as(what).isEqualTo(tree);

                LexObject fromJson = one.type().fromJson(json);
                assertThat(fromJson).as(what).isEqualTo(read);
                assertThat(LexJson.parseMap(fromJson.toJson())).as(what).isEqualTo(tree);

                assertThat(one.type().fromCbor(cbor)).as(what).isEqualTo(read);
                assertThat(read.toCbor()).as(what).isEqualTo(cbor);
            }
        }
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        Corpus.entries()
                .forEach((nsid, entry) -> Corpus.LEXICONS
                        .find(nsid)
                        .orElseThrow()
                        .defs()
                        .forEach((name, def) -> {
                            if (entry.classes().containsKey(name)) {
                                Class<?> type =
                                        Corpus.load(entry, entry.classes().get(name));
                                DefRef ref = new DefRef(nsid, name);
                                if (def instanceof Def.RecordDef || def instanceof Schema.ObjectSchema) {
                                    cases.add(new Case(type(type), ref, def));
                                } else if (def instanceof Def.QueryDef query) {
                                    add(cases, type, "Params", query.params(), ref);
                                    add(cases, type, "Output", query.output(), ref);
                                } else if (def instanceof Def.ProcedureDef procedure) {
                                    add(cases, type, "Params", procedure.params(), ref);
                                    add(cases, type, "Input", procedure.input(), ref);
                                    add(cases, type, "Output", procedure.output(), ref);
                                }
                            }
                        }));
        return cases;
    }

    private static void add(List<Case> cases, Class<?> method, String name, Def.Body body, DefRef ref) {
        if (body != null) {
            add(cases, method, name, body.schema(), ref);
        }
    }

    /** Adds parameters, an input or an output, if the method has a class for it and does not share another one's. */
    private static void add(List<Case> cases, Class<?> method, String name, Schema schema, DefRef ref) {
        Optional<Class<?>> type = Arrays.stream(method.getDeclaredClasses())
                .filter(nested -> nested.getSimpleName().equals(name))
                .findAny();
        if (type.isPresent()) {
            Def def = schema instanceof Schema.RefSchema target
                    ? Corpus.LEXICONS.resolve(target.target()).orElseThrow()
                    : schema;
            cases.add(new Case(type(type.get()), ref, def));
        }
    }

    @SuppressWarnings("unchecked")
    private static ObjectType<? extends LexObject> type(Class<?> type) {
        return (ObjectType<? extends LexObject>) Corpus.constant(type, "TYPE");
    }
}
