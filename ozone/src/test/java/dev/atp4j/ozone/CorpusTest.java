// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.ozone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.bluesky.app;
import dev.atp4j.bluesky.chat;
import dev.atp4j.client.com;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.RecordType;
import dev.atp4j.lex.Subscription;
import dev.atp4j.lex.XrpcMethod;
import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.LexiconDoc;
import dev.atp4j.lexicon.LexiconIndex;
import dev.atp4j.syntax.Nsid;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every document of the snapshot is in a jar, with classes that load, and a name in a facade. */
class CorpusTest {

    private static final Pattern DOCUMENT = Pattern.compile("[0-9a-f]{64}  \\w+/src/main/lexicons/(.+)\\.json");

    private static final List<Class<?>> FACADES = List.of(com.class, app.class, chat.class, tools.class);

    @Test
    void theJarsHaveTheDocumentsOfTheSnapshotAndNoOthers() throws IOException {
        Set<String> snapshot = Files.readAllLines(Path.of("../build/lexicons/LOCK")).stream()
                .map(DOCUMENT::matcher)
                .filter(line -> line.matches())
                .map(line -> line.group(1).replace('/', '.'))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(snapshot).hasSizeGreaterThan(380);
        assertThat(names(Corpus.entries().keySet())).isEqualTo(snapshot);
        assertThat(Corpus.indexes().stream()
                        .mapToInt(index -> index.entries().size())
                        .sum())
                .as("no document is in two jars")
                .isEqualTo(snapshot.size());
    }

    @Test
    void everyDocumentLiesBesideItsIndex() throws IOException {
        for (Map.Entry<Nsid, LexiconIndex.Entry> entry : Corpus.entries().entrySet()) {
            LexiconDoc document = Corpus.LEXICONS.find(entry.getKey()).orElseThrow();
            assertThat(document.id()).isEqualTo(entry.getKey());

            try (var in = getClass()
                    .getClassLoader()
                    .getResourceAsStream(LexiconIndex.FOLDER + entry.getValue().file())) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .contains(entry.getKey().value());
            }
        }
    }

    @Test
    void everyDefinitionThatHasDataOrIsCalledHasAClassThatLoads() {
        Corpus.entries()
                .forEach((nsid, entry) -> Corpus.LEXICONS
                        .find(nsid)
                        .orElseThrow()
                        .defs()
                        .forEach((name, def) -> {
                            if (def instanceof Def.Schema.ObjectSchema || !(def instanceof Def.Schema)) {
                                assertThat(entry.classes())
                                        .as("%s#%s", nsid, name)
                                        .containsKey(name);
                                loads(
                                        nsid,
                                        name,
                                        def,
                                        Corpus.load(entry, entry.classes().get(name)));
                            }
                        }));
    }

    private static void loads(Nsid nsid, String name, Def def, Class<?> type) {
        if (def instanceof Def.RecordDef) {
            assertThat(Corpus.constant(type, "TYPE"))
                    .isInstanceOf(RecordType.class)
                    .hasToString(nsid.value());
        } else if (def instanceof Def.Schema.ObjectSchema) {
            assertThat(Corpus.constant(type, "TYPE"))
                    .isInstanceOf(ObjectType.class)
                    .hasToString(nsid + (name.equals("main") ? "" : "#" + name));
        } else if (def instanceof Def.QueryDef) {
            assertThat(Corpus.constant(type, "QUERY")).hasToString(nsid.value());
        } else if (def instanceof Def.ProcedureDef procedure) {
            boolean json =
                    procedure.input() == null || procedure.input().encoding().equals("application/json");
            assertThat(Corpus.constant(type, json ? "PROCEDURE" : "UPLOAD")).hasToString(nsid.value());
        }
    }

    @Test
    void everyMethodAndEveryRecordHasItsNameInAFacade() {
        Set<String> called = new TreeSet<>();
        FACADES.forEach(facade -> called.addAll(walk(facade, facade.getSimpleName())));

        assertThat(called)
                .isEqualTo(names(Corpus.entries().keySet().stream()
                        .filter(nsid -> Corpus.LEXICONS
                                .find(nsid)
                                .flatMap(LexiconDoc::main)
                                .filter(def -> def instanceof Def.RecordDef
                                        || def instanceof Def.QueryDef
                                        || def instanceof Def.ProcedureDef
                                        || def instanceof Def.SubscriptionDef)
                                .isPresent())
                        .toList()));
    }

    /** Returns the paths of a facade's constants. Each is what its path says. */
    private static List<String> walk(Class<?> holder, String path) {
        List<String> called = new ArrayList<>();
        for (Field field : holder.getFields()) {
            String name = path + "." + field.getName();
            Object value = Corpus.constant(holder, field.getName());
            assertThat(value).as(name).isInstanceOfAny(XrpcMethod.class, RecordType.class, Subscription.class);
            assertThat(value.toString().replaceAll("[^a-zA-Z0-9.]", ""))
                    .as(name)
                    .isEqualTo(name.replaceAll("_", ""));
            called.add(value.toString());
        }
        for (Class<?> nested : holder.getDeclaredClasses()) {
            called.addAll(walk(nested, path + "." + nested.getSimpleName()));
        }
        return called;
    }

    private static Set<String> names(Iterable<Nsid> nsids) {
        Set<String> names = new TreeSet<>();
        nsids.forEach(nsid -> names.add(nsid.value()));
        return names;
    }

    @Test
    void everyTypeWritesItsFieldsInTheOrderOfDagCbor() {
        long types = Corpus.entries().values().stream()
                .flatMap(entry -> entry.classes().values().stream()
                        .filter(name -> !name.contains("."))
                        .distinct()
                        .map(name -> Corpus.load(entry, name)))
                .flatMap(type -> Corpus.types(type).stream())
                .peek(type -> assertThat(type.fields())
                        .as(type.name())
                        .isSortedAccordingTo((a, b) -> a.name().length()
                                        != b.name().length()
                                ? Integer.compare(a.name().length(), b.name().length())
                                : a.name().compareTo(b.name())))
                .count();

        assertThat(types).isGreaterThan(800);
    }
}
