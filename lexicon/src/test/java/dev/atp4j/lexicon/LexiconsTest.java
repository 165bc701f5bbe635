// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atp4j.syntax.Nsid;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LexiconsTest {

    private static final Nsid MOOD = Nsid.parse("com.example.mood");
    private static final Nsid OTHER = Nsid.parse("com.example.other");

    @TempDir
    private Path folder;

    @Test
    void findsDocumentsAndDefinitionsWhereverTheFilesLie() throws IOException {
        write("com/example/mood.json", token(MOOD, "good"));
        write("anything.json", token(OTHER, "bad"));
        write("lexicons.json", "{\"version\": 1, \"lexicons\": []}");
        write("README.md", "not a lexicon");

        Lexicons lexicons = Lexicons.read(folder);

        assertThat(lexicons.names()).containsExactly(MOOD, OTHER);
        assertThat(lexicons.find(MOOD)).map(LexiconDoc::id).hasValue(MOOD);
        assertThat(lexicons.resolve(new DefRef(OTHER, "bad"))).isPresent();
        assertThat(lexicons.resolve(new DefRef(OTHER, "good"))).isEmpty();
        assertThat(lexicons.resolve(DefRef.main(Nsid.parse("com.example.third"))))
                .isEmpty();
    }

    @Test
    void listsTheProblemsOfAllFiles() throws IOException {
        write(
                "a/one.json",
                "{\"lexicon\": 1, \"id\": \"com.example.mood\", \"defs\": {\"main\": {\"type\": \"unknown\"}}}");
        write("b/two.json", "{");
        write("c/three.json", token(OTHER, "good"));
        write("d/four.json", token(OTHER, "good"));

        assertThatExceptionOfType(LexiconException.class)
                .isThrownBy(() -> Lexicons.read(folder))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(p -> p.source() + " " + p.rule())
                        .containsExactly("a/one.json type-misplaced", "b/two.json json", "d/four.json duplicate"));

        Lexicons.Reading reading = Lexicons.readLenient(folder);
        assertThat(reading.lexicons().names()).containsExactly(MOOD, OTHER);
        assertThat(reading.problems()).hasSize(3);
    }

    @Test
    void findsWhatJarsBringAlong() throws IOException {
        Path one = jar("one.jar", MOOD);
        Path two = jar("two.jar", OTHER);

        try (var loader =
                new URLClassLoader(new URL[] {one.toUri().toURL(), two.toUri().toURL()}, null)) {
            Lexicons lexicons = Lexicons.onClassPath(loader);

            assertThat(lexicons.resolve(new DefRef(OTHER, "good"))).isPresent();
            assertThat(lexicons.find(Nsid.parse("com.example.third"))).isEmpty();
            assertThat(lexicons.names()).containsExactly(MOOD, OTHER);
        }
    }

    @Test
    void looksElsewhereForWhatIsNotHere() {
        Lexicons here = Lexicons.of(List.of(parse(token(MOOD, "here"))));
        Lexicons there = Lexicons.of(List.of(parse(token(MOOD, "there")), parse(token(OTHER, "there"))));

        Lexicons both = here.orElse(there);

        assertThat(both.names()).containsExactly(MOOD, OTHER);
        assertThat(both.resolve(new DefRef(MOOD, "here"))).isPresent();
        assertThat(both.resolve(new DefRef(MOOD, "there"))).isEmpty();
        assertThat(both.resolve(new DefRef(OTHER, "there"))).isPresent();
    }

    @Test
    void anIndexReadsAsItWasWritten() {
        var index = new LexiconIndex(
                "atp4j 1",
                Map.of(
                        OTHER, new LexiconIndex.Entry("com.example.other.json", "org.example", Map.of()),
                        MOOD,
                                new LexiconIndex.Entry(
                                        "com.example.mood.json",
                                        "org.example",
                                        Map.of("main", "Mood", "reason", "Mood.Reason"))));

        byte[] json = index.toJson();

        assertThat(LexiconIndex.parse(json, "index.json")).isEqualTo(index);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo("{\"version\":1,\"generator\":\"atp4j 1\",\"lexicons\":{"
                        + "\"com.example.mood\":{\"file\":\"com.example.mood.json\",\"package\":\"org.example\","
                        + "\"classes\":{\"main\":\"Mood\",\"reason\":\"Mood.Reason\"}},"
                        + "\"com.example.other\":{\"file\":\"com.example.other.json\",\"package\":\"org.example\","
                        + "\"classes\":{}}}}");
    }

    @Test
    void anIndexOfALaterVersionIsRefused() {
        assertThatExceptionOfType(LexiconException.class)
                .isThrownBy(() -> LexiconIndex.parse("{\"version\":2}".getBytes(StandardCharsets.UTF_8), "some.jar"))
                .withMessageContaining("some.jar $.version");
    }

    private static String token(Nsid id, String name) {
        return "{\"lexicon\": 1, \"id\": \"" + id + "\", \"defs\": {\"" + name + "\": {\"type\": \"token\"}}}";
    }

    private static LexiconDoc parse(String json) {
        return LexiconReader.parse(json.getBytes(StandardCharsets.UTF_8), "test");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Path jar(String name, Nsid id) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                var jar = new JarOutputStream(out)) {
            jar.putNextEntry(new JarEntry(LexiconIndex.RESOURCE));
            jar.write(new LexiconIndex("test", Map.of(id, new LexiconIndex.Entry(id + ".json", "", Map.of())))
                    .toJson());
            jar.putNextEntry(new JarEntry(LexiconIndex.FOLDER + id + ".json"));
            jar.write(token(id, "good").getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
