// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncrementalTest {

    @TempDir
    Path folder;

    private Path lexicons;

    @BeforeEach
    void copy() {
        lexicons = folder.resolve("lexicons");
        Samples.files(Samples.GOLDEN.resolve("union/lexicons"))
                .forEach((name, text) -> Samples.write(lexicons.resolve(name), text));
    }

    private Generator.Builder generator() {
        return Samples.generator(folder).folder(lexicons);
    }

    private Report run() {
        return generator().build().run();
    }

    @Test
    void nothingIsDoneIfNothingChanged() {
        Report first = run();
        Report second = run();

        assertThat(first.upToDate()).isFalse();
        assertThat(second.upToDate()).isTrue();
        assertThat(second.written()).isEmpty();
        assertThat(second.unchanged()).containsExactlyInAnyOrderElementsOf(first.written());
        assertThat(second.packages()).isEqualTo(first.packages()).containsExactly("com.example.lex.com.example.board");
    }

    @Test
    void theNoticesOfAnEarlierRunAreToldAgain() {
        Samples.write(
                lexicons.resolve("odd.json"),
                "{'lexicon':1,'id':'com.example.odd','defs':{'main':{'type':'object','properties':{'x':{'type':'ref','ref':'#no'}}}}}"
                        .replace('\'', '"'));

        assertThat(run().notices()).hasSize(1);
        assertThat(run().notices()).hasSize(1).isEqualTo(run().notices());
    }

    @Test
    void onlyFilesWithNewContentAreWritten() throws IOException {
        run();
        Path other = folder.resolve("src/com/example/lex/com/example/board/Tray.java");
        FileTime longAgo = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(other, longAgo);
        change("com.example.board.card.json", "question", "demand");

        Report report = run();

        assertThat(report.written())
                .containsExactlyInAnyOrder(
                        folder.resolve("src/com/example/lex/com/example/board/Card.java"),
                        folder.resolve("res/META-INF/lexicons/com.example.board.card.json"));
        assertThat(Files.getLastModifiedTime(other)).isEqualTo(longAgo);
    }

    @Test
    void whatHasNoPlaceAnyMoreIsDeletedAndNothingElse() throws IOException {
        Samples.write(
                lexicons.resolve("extra.json"),
                "{\"lexicon\":1,\"id\":\"org.example.extra\",\"defs\":{\"main\":{\"type\":\"object\",\"properties\":{}}}}");
        run();
        Path own = folder.resolve("src/com/example/lex/com/example/board/ByHand.java");
        Samples.write(own, "package com.example.lex.com.example.board; class ByHand {}");
        Files.delete(lexicons.resolve("extra.json"));

        Report report = run();

        assertThat(report.deleted())
                .containsExactlyInAnyOrder(
                        folder.resolve("src/com/example/lex/org/example/Extra.java"),
                        folder.resolve("src/com/example/lex/org/example/package-info.java"),
                        folder.resolve("res/META-INF/lexicons/org.example.extra.json"));
        assertThat(folder.resolve("src/com/example/lex/org")).doesNotExist();
        assertThat(own).exists();
    }

    @Test
    void aFileThatIsGoneOrCutShortIsMadeAgain() throws IOException {
        run();
        Path file = folder.resolve("src/com/example/lex/com/example/board/Card.java");
        Files.delete(file);
        assertThat(run().written()).containsExactly(file);

        Files.writeString(file, "");
        assertThat(run().written()).containsExactly(file);
    }

    @Test
    void otherSettingsMakeItRunAgain() {
        run();

        assertThat(generator().builders(Generator.Builders.ALL).build().run().upToDate())
                .isFalse();
        assertThat(generator().facade("com.example", "com").build().run().upToDate())
                .isFalse();
    }

    @Test
    void aChangeOfTheFileOfNamesMakesItRunAgain() throws IOException {
        Path names = folder.resolve("names.txt");
        Generator generator = generator().names(names).build();
        List<String> named = generator.run().named();
        assertThat(named).contains("com.example.board.card#main = Card");
        assertThat(generator.run().upToDate()).isTrue();

        Files.writeString(names, Files.readString(names).replace("defs#tray = Tray", "defs#tray = Salver"));

        assertThat(generator.run().written())
                .contains(folder.resolve("src/com/example/lex/com/example/board/Salver.java"));
    }

    @Test
    void theSameLexiconsGiveTheSameBytesWhereverTheyAre() {
        run();
        Path elsewhere = folder.resolve("elsewhere");
        Samples.generator(elsewhere)
                .folder(Samples.GOLDEN.resolve("union/lexicons"))
                .build()
                .run();

        assertThat(Samples.files(elsewhere.resolve("src"))).isEqualTo(Samples.files(folder.resolve("src")));
        assertThat(Samples.files(elsewhere.resolve("res"))).isEqualTo(Samples.files(folder.resolve("res")));
    }

    private void change(String name, String from, String to) throws IOException {
        Path file = lexicons.resolve(name);
        Files.writeString(file, Files.readString(file).replace(from, to));
    }
}
