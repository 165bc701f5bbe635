// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project with a lexicon of its own, which knows atp4j by its artifacts only. */
class ThirdPartyTest {

    @TempDir
    Path folder;

    private Workshop acme;

    @BeforeEach
    void copy() throws IOException {
        acme = Workshop.of(
                Path.of("third-party"),
                folder,
                "core",
                "lexicon",
                "lexicon-generator",
                "lexicon-maven-plugin",
                "client",
                "session",
                "pds");
    }

    @Test
    void aStrangersProjectBuildsAndRuns() throws Exception {
        Workshop.Outcome built = acme.maven("package");
        assertThat(built.code()).as(built.output()).isZero();

        Workshop.Outcome ran = acme.java("com.acme.moods.Moods");
        assertThat(ran.code()).as(ran.output()).isZero();
        assertThat(ran.output()).contains("alice feels");

        // Built again, nothing is generated, and so nothing is compiled.
        FileTime before = Files.getLastModifiedTime(acme.file("target/classes/com/acme/lex/com/acme/Mood.class"));
        Workshop.Outcome again = acme.maven("package");
        assertThat(again.output()).contains("Lexicons have not changed");
        assertThat(Files.getLastModifiedTime(acme.file("target/classes/com/acme/lex/com/acme/Mood.class")))
                .isEqualTo(before);
    }

    @Test
    void aLexiconWithAMistakeFailsTheBuildAndSaysWhere() throws Exception {
        Path mood = acme.file("src/main/lexicons/com/acme/mood.json");
        Files.writeString(mood, Files.readString(mood).replace("\"format\": \"datetime\"", "\"format\": \"date\""));

        Workshop.Outcome built = acme.maven("generate-sources");

        assertThat(built.code()).isNotZero();
        assertThat(built.output())
                .contains("mood.json")
                .contains("$.defs.main.record.properties.createdAt")
                .contains("date");
    }
}
