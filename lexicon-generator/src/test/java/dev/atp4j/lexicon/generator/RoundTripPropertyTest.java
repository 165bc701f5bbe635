// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.DagCbor;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.DefRef;
import dev.atp4j.lexicon.Lexicons;
import dev.atp4j.lexicon.SchemaValues;
import dev.atp4j.syntax.Nsid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * For every type of the golden cases and of the network's own schemas: what a lexicon allows comes back as it was, whatever
 * is in it that the class does not know, and in whatever order.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RoundTripPropertyTest {

    private static final int VALUES = Integer.getInteger("roundtrip.values", 20);

    @TempDir
    static Path folder;

    private final Map<String, ObjectType<?>> types = new TreeMap<>();
    private final Map<String, Supplier<LexValue>> makers = new TreeMap<>();
    private SchemaValues values;
    private long told;

    @BeforeAll
    void compileEverything() throws ReflectiveOperationException {
        Path lexicons = folder.resolve("lexicons");
        for (Path source : sources()) {
            Samples.files(source).forEach((name, text) -> Samples.write(lexicons.resolve(name), text));
        }
        Samples.generator(folder).folder(lexicons).build().run();
        Compiled compiled = Compiled.of(folder.resolve("src"), folder.resolve("classes"));
        assertThat(compiled.complaints()).isEmpty();
        Lexicons all = Lexicons.readLenient(lexicons).lexicons();
        values = new SchemaValues(all, 42);
        Externals index = new Externals(List.of(folder.resolve("res")));
        index.open();
        ClassLoader loader = compiled.loader();
        for (Nsid nsid : all.names()) {
            for (Map.Entry<String, Def> def :
                    all.find(nsid).orElseThrow().defs().entrySet()) {
                var type = index.type(nsid.value(), def.getKey());
                if (type != null) {
                    Class<?> loaded = loader.loadClass(type.reflectionName());
                    DefRef ref = new DefRef(nsid, def.getKey());
                    add(ref.toString(), loaded, () -> values.of(ref));
                    within(ref, loaded, def.getValue());
                }
            }
        }
    }

    private void within(DefRef ref, Class<?> method, Def def) throws ReflectiveOperationException {
        for (Class<?> nested : method.getDeclaredClasses()) {
            switch (nested.getSimpleName()) {
                case "Params" -> add(ref + "#params", nested, () -> values.params(def));
                case "Input" -> add(ref + "#input", nested, () -> values.input((Def.ProcedureDef) def));
                case "Output" -> add(ref + "#output", nested, () -> values.output(def));
                default -> {}
            }
        }
    }

    private void add(String name, Class<?> type, Supplier<LexValue> maker) throws ReflectiveOperationException {
        if (LexObject.class.isAssignableFrom(type)) {
            types.put(name, (ObjectType<?>) type.getField("TYPE").get(null));
            makers.put(name, maker);
        }
    }

    private static List<Path> sources() {
        List<Path> sources = new ArrayList<>();
        Samples.cases().forEach(name -> sources.add(Samples.GOLDEN.resolve(name).resolve("lexicons")));
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            modules.map(module -> module.resolve("src/main/lexicons"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .forEach(sources::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    @Test
    void whatALexiconAllowsComesBackAsItWas() {
        types.forEach((name, type) -> {
            for (int i = 0; i < VALUES; i++) {
                LexMap map = (LexMap) values.shuffled(makers.get(name).get());
                byte[] json = LexJson.write(map);
                assertThat(type.fromMap(map, diagnostic -> told++).toMap())
                        .as("%s from %s", name, map)
                        .isEqualTo(map);
                LexObject object = type.fromJson(json, diagnostic -> told++);
                assertThat(LexJson.parse(object.toJson()))
                        .as("%s from JSON %s", name, map)
                        .isEqualTo(map);
                assertThat(object).as("%s by two ways", name).isEqualTo(type.fromMap(map));
                byte[] cbor = DagCbor.write(map);
                assertThat(type.fromCbor(cbor).toCbor())
                        .as("%s from DAG-CBOR %s", name, map)
                        .isEqualTo(cbor);
            }
        });
        assertThat(types.size()).isGreaterThan(20);
        // Only what no lexicon knows is odd in what a lexicon allows, and of that a reader says nothing.
        assertThat(told).isZero();
    }

    /** Tells whether all of a value is still there, but for nulls; a main definition may be spelled in another way. */
    private static boolean isKept(LexValue was, LexValue now) {
        if (was instanceof LexMap map && now instanceof LexMap kept) {
            return map.fields().entrySet().stream()
                    .allMatch(field -> field.getValue() == LexNull.NULL
                            || isKept(field.getValue(), kept.fields().get(field.getKey()))
                            || field.getValue()
                                    .equals(new LexString(
                                            kept.getString("$type").orElse("") + "#main")));
        } else if (was instanceof LexList list && now instanceof LexList kept) {
            return list.size() == kept.size()
                    && IntStream.range(0, list.size())
                            .allMatch(i ->
                                    isKept(list.items().get(i), kept.items().get(i)));
        }
        return was.equals(now);
    }

    @Test
    void whatALexiconDoesNotAllowComesBackAsItWasButForNullsThatMeanNothing() {
        types.forEach((name, type) -> {
            for (int i = 0; i < VALUES; i++) {
                LexValue odd = values.mutated(makers.get(name).get());
                if (odd instanceof LexMap map) {
                    LexMap once = type.fromMap(map).toMap();
                    assertThat(isKept(map, once))
                            .as("%s from %s gave %s", name, map, once)
                            .isTrue();
                    assertThat(type.fromMap(once).toMap())
                            .as("%s from %s", name, map)
                            .isEqualTo(once);
                    assertThat(type.fromJson(LexJson.write(map)).toMap())
                            .as("%s from JSON %s", name, map)
                            .isEqualTo(once);
                }
            }
        });
    }
}
