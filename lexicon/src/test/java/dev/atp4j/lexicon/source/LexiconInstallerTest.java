// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import static dev.atp4j.lexicon.source.Publisher.document;
import static dev.atp4j.lexicon.source.Publisher.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.data.LexJson;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.xrpc.XrpcResponseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LexiconInstallerTest {

    @TempDir
    private Path project;

    private final Publisher publisher = new Publisher("feed.example.com", "actor.example.com");
    private final List<String> progress = new ArrayList<>();

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void installsWhatADocumentNeeds() throws IOException {
        publisher.publish("com.example.feed.post", "com.example.actor.defs", "#other");
        publisher.publish("com.example.actor.defs", "com.example.feed.post");

        var report = installer().install(List.of(id("com.example.feed.post")));

        assertThat(report.installed()).containsExactly(id("com.example.actor.defs"), id("com.example.feed.post"));
        assertThat(files())
                .containsOnlyKeys(
                        "lexicons.json", "lexicons/com/example/actor/defs.json", "lexicons/com/example/feed/post.json");
        assertThat(progress)
                .containsExactly(
                        "fetching com.example.feed.post (1 of 1 so far)",
                        "fetching com.example.actor.defs, which com.example.feed.post needs (2 of 2 so far)");
        assertThat(installer().verify()).isEqualTo(2);
    }

    @Test
    void theManifestHasTheOfficialForm() throws IOException {
        publisher.publish("com.example.feed.post");

        installer().install(List.of(id("com.example.feed.post")));

        String cid = publisher.network().find(id("com.example.feed.post")).cid().value();
        assertThat(files().get("lexicons.json")).isEqualTo("""
                {
                  "version": 1,
                  "lexicons": [
                    "com.example.feed.post"
                  ],
                  "resolutions": {
                    "com.example.feed.post": {
                      "uri": "at://%s/com.atproto.lexicon.schema/com.example.feed.post",
                      "cid": "%s"
                    }
                  }
                }
                """.formatted(publisher.account.did(), cid));
    }

    @Test
    void whatIsInPlaceIsNotFetchedAgain() throws IOException {
        publisher.publish("com.example.feed.post");
        installer().install(List.of(id("com.example.feed.post")));
        Map<String, String> before = files();
        publisher.publish("com.example.feed.post", "#newer");

        var report = offline().install(List.of());

        assertThat(report.installed()).isEmpty();
        assertThat(report.unchanged()).isEqualTo(1);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aManifestIsRestoredFromWhereItCameFrom() throws IOException {
        publisher.publish("com.example.feed.post");
        installer().install(List.of(id("com.example.feed.post")));
        Map<String, String> before = files();
        Files.delete(project.resolve("lexicons/com/example/feed/post.json"));
        publisher.asked.clear();

        installer().install(List.of());

        assertThat(files()).isEqualTo(before);
        assertThat(publisher.asked).as("DNS is not asked").isEmpty();
    }

    @Test
    void restoringTakesNoOtherContentThanBefore() throws IOException {
        publisher.publish("com.example.feed.post");
        installer().install(List.of(id("com.example.feed.post")));
        Files.delete(project.resolve("lexicons/com/example/feed/post.json"));
        publisher.publish("com.example.feed.post", "#newer");

        assertThatThrownBy(() -> installer().install(List.of()))
                .isInstanceOf(SourceException.class)
                .hasMessage("com.example.feed.post is published with another content than the manifest says; update to"
                        + " take it");
    }

    @Test
    void updatingTakesWhatIsNewAndDropsWhatIsNotNeeded() throws IOException {
        publisher.publish("com.example.feed.post", "com.example.actor.defs");
        publisher.publish("com.example.actor.defs");
        installer().install(List.of(id("com.example.feed.post")));
        publisher.publish("com.example.feed.post", "com.example.feed.like");
        publisher.publish("com.example.feed.like");

        var report = installer().update(List.of());

        assertThat(report.installed()).containsExactly(id("com.example.feed.like"), id("com.example.feed.post"));
        assertThat(report.removed()).containsExactly(id("com.example.actor.defs"));
        assertThat(files()).doesNotContainKey("lexicons/com/example/actor/defs.json");
        assertThat(installer().verify()).isEqualTo(2);
    }

    @Test
    void aFailedInstallationLeavesEverythingAsItWas() throws IOException {
        publisher.publish("com.example.feed.post");
        installer().install(List.of(id("com.example.feed.post")));
        Map<String, String> before = files();
        publisher.publish("com.example.feed.post", "com.example.feed.gone");

        assertThatThrownBy(() -> installer().update(List.of())).isInstanceOf(XrpcResponseException.class);
        assertThatThrownBy(() -> installer().install(List.of(id("com.example.nowhere.thing"))))
                .isInstanceOf(IdentityException.class);

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aFileThatCannotBeWrittenUndoesTheOthers() throws IOException {
        publisher.publish("com.example.actor.defs");
        installer().install(List.of(id("com.example.actor.defs")));
        Map<String, String> before = files();
        publisher.publish("com.example.actor.defs", "com.example.feed.post");
        publisher.publish("com.example.feed.post");
        // Where the second file has to go, there is a folder with something in it.
        Path inTheWay = project.resolve("lexicons/com/example/feed/post.json/x");
        Files.createDirectories(inTheWay);

        assertThatThrownBy(() -> installer().update(List.of())).isInstanceOf(SourceException.class);

        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aBuildServerSeesWhatHasChangedOrIsMissing() throws IOException {
        publisher.publish("com.example.feed.post", "com.example.actor.defs");
        publisher.publish("com.example.actor.defs");
        installer().install(List.of(id("com.example.feed.post")));
        Path post = project.resolve("lexicons/com/example/feed/post.json");
        Files.writeString(post, Files.readString(post).replace("\"ref\"", "\"unknown\""));
        Files.delete(project.resolve("lexicons/com/example/actor/defs.json"));
        Map<String, String> before = files();

        assertThatThrownBy(() -> offline().verify())
                .isInstanceOf(SourceException.class)
                .hasMessage("the lexicons are not those of " + project.resolve("lexicons.json")
                        + ": com.example.actor.defs is not in place; " + post
                        + " has changed since it was installed. Install them again and keep the result");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void whatSomebodyHasChangedIsNotReplacedByAccident() throws IOException {
        publisher.publish("com.example.feed.post");
        installer().install(List.of(id("com.example.feed.post")));
        Path post = project.resolve("lexicons/com/example/feed/post.json");
        Files.writeString(post, Files.readString(post).replace("\"main\"", "\"mine\""));

        assertThatThrownBy(() -> installer().install(List.of()))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith(post + " has changed since it was installed");
    }

    @Test
    void documentsPutThereByHandStayAndGetWhatTheyNeed() throws IOException {
        publisher.publish("com.example.actor.defs");
        Path mine = project.resolve("lexicons/org/mine/thing.json");
        Files.createDirectories(mine.getParent());
        Files.write(
                mine,
                LexJson.write(
                        document(
                                "org.mine.thing",
                                "'main': {'type': 'object', 'properties': {'x': {'type': 'ref', 'ref': 'com.example.actor.defs'}}}")));

        var report = installer().install(List.of());

        assertThat(report.installed()).containsExactly(id("com.example.actor.defs"));
        assertThat(files().get("lexicons.json"))
                .contains("com.example.actor.defs")
                .doesNotContain("org.mine.thing");
        assertThat(installer().verify()).isEqualTo(2);
    }

    @Test
    void aSourceComesBeforeTheNetwork() throws IOException {
        Path from = project.resolve("elsewhere");
        Files.createDirectories(from);
        Files.write(
                from.resolve("a.json"),
                LexJson.write(
                        document(
                                "com.example.feed.post",
                                "'main': {'type': 'object', 'properties': {'x': {'type': 'ref', 'ref': 'com.example.feed.like'}}}")));

        var installer = LexiconInstaller.builder(project.resolve("lexicons"))
                .source(LexiconSource.folder(from))
                .build();

        assertThatThrownBy(() -> installer.install(List.of(id("com.example.feed.post"))))
                .isInstanceOf(SourceException.class)
                .hasMessage("neither the folder nor the source has com.example.feed.like, which com.example.feed.post"
                        + " needs; let the network be asked, or add it");
        Files.write(from.resolve("b.json"), LexJson.write(document("com.example.feed.like", "")));
        assertThat(installer.install(List.of(id("com.example.feed.post"))).installed())
                .hasSize(2);
        assertThat(files().keySet()).doesNotContain("lexicons.json").contains("lexicons/com/example/feed/like.json");
    }

    @Test
    void whatADocumentOnlySpeaksOfMayBeMissing() {
        publisher.put(
                "com.example.feed.post",
                document(
                        "com.example.feed.post",
                        "'main': {'type': 'string', 'knownValues': ['com.example.feed.defs#a', 'com.example.nowhere.b#c']}"));
        publisher.publish("com.example.feed.defs");

        var report = installer().install(List.of(id("com.example.feed.post")));

        assertThat(report.installed()).containsExactly(id("com.example.feed.defs"), id("com.example.feed.post"));
        assertThat(report.missing()).containsExactly(id("com.example.nowhere.b"));
        assertThat(offline().verify()).isEqualTo(2);
    }

    @Test
    void aManifestThatIsNoneIsToldByItsPlace() throws IOException {
        Path manifest = project.resolve("lexicons.json");
        for (var wrong : Map.of(
                        "{", "$",
                        "{\"version\": 2}", "$.version",
                        "{\"version\": 1}", "$.lexicons",
                        "{\"version\": 1, \"lexicons\": [\"../../etc\"]}", "$.lexicons",
                        "{\"version\": 1, \"lexicons\": [], \"resolutions\": {\"a.b.c\": {\"uri\": \"x\"}}}",
                                "$.resolutions.a.b.c.uri")
                .entrySet()) {
            Files.writeString(manifest, wrong.getKey());

            assertThatThrownBy(() -> offline().verify())
                    .isInstanceOf(SourceException.class)
                    .hasMessageStartingWith("the manifest " + manifest + " cannot be used: " + wrong.getValue() + " ");
        }
    }

    private LexiconInstaller installer() {
        return LexiconInstaller.builder(project.resolve("lexicons"))
                .network(publisher.network())
                .progress(progress::add)
                .build();
    }

    private LexiconInstaller offline() {
        return LexiconInstaller.builder(project.resolve("lexicons")).build();
    }

    private Map<String, String> files() throws IOException {
        var files = new TreeMap<String, String>();
        try (Stream<Path> all = Files.walk(project)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = project.relativize(file).toString();
                if (!name.startsWith("elsewhere")) {
                    files.put(name, Files.readString(file));
                }
            }
        }
        return files;
    }
}
