// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.lexicon.generator.Generator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Build;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateMojoTest {

    private static final String MOOD = """
            {"lexicon": 1, "id": "com.acme.mood", "defs": {"main": {"type": "record", "key": "tid", "record": {
              "type": "object", "required": ["emoji"], "properties": {"emoji": {"type": "string"}}}}}}
            """;

    @TempDir
    Path folder;

    private final GenerateMojo mojo = new GenerateMojo();

    @BeforeEach
    void configure() {
        var build = new Build();
        build.setOutputDirectory(folder.resolve("target/classes").toString());
        mojo.project = new MavenProject();
        mojo.project.setBuild(build);
        mojo.project.setArtifacts(Set.of(new DefaultArtifact(
                "org.jspecify", "jspecify", "1.0.1", "provided", "jar", "", new DefaultArtifactHandler("jar"))));
        mojo.sources = folder.resolve("lexicons").toFile();
        mojo.names = folder.resolve("names.lock").toFile();
        mojo.basePackage = "com.acme.lex";
        mojo.builders = Generator.Builders.NEEDED;
        mojo.outputDirectory = folder.resolve("java").toFile();
        mojo.resourcesDirectory = folder.resolve("resources").toFile();
    }

    @Test
    void whatIsWrittenIsCompiledAndPackaged() throws Exception {
        write("mood.json", MOOD);
        mojo.facades = List.of("com.acme");

        mojo.execute();

        assertThat(folder.resolve("java/com/acme/lex/com/acme/Mood.java")).exists();
        assertThat(folder.resolve("java/com/acme/lex/acme.java")).exists();
        assertThat(folder.resolve("resources/META-INF/lexicons/com.acme.mood.json"))
                .exists();
        assertThat(folder.resolve("names.lock")).content().contains("com.acme.mood");
        assertThat(mojo.project.getCompileSourceRoots())
                .containsExactly(folder.resolve("java").toString());
        assertThat(mojo.project.getResources())
                .extracting(Resource::getDirectory)
                .containsExactly(folder.resolve("resources").toString());
    }

    @Test
    void theFacadeMayBeInAPackageOfItsOwn() throws Exception {
        write("mood.json", MOOD);
        mojo.facades = List.of("com.acme");
        mojo.facadePackage = "com.acme.net";

        mojo.execute();

        assertThat(folder.resolve("java/com/acme/net/acme.java")).exists();
    }

    @Test
    void someLexiconsMayBeLeftOut() throws Exception {
        write("mood.json", MOOD);
        write("stamp.json", MOOD.replace("mood", "stamp"));
        write("other.json", MOOD.replace("com.acme.mood", "org.other.thing"));
        mojo.includes = List.of("com.acme.*");
        mojo.excludes = List.of("com.acme.stamp");

        mojo.execute();

        assertThat(folder.resolve("java/com/acme/lex")).isDirectoryRecursivelyContaining("glob:**/Mood.java");
        assertThat(folder.resolve("java/com/acme/lex")).isDirectoryNotContaining("glob:**/*Stamp.java");
        assertThat(folder.resolve("java/com/acme/lex")).isDirectoryNotContaining("glob:**/*Thing.java");
    }

    @Test
    void withoutTheAnnotationsThatTheClassesNeedTheBuildFailsAndSaysWhatToDo() throws Exception {
        write("mood.json", MOOD);
        mojo.project.setArtifacts(Set.of());

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("org.jspecify:jspecify");
    }

    @Test
    void withoutAFolderOfLexiconsTheBuildFailsAndSaysWhatToDo() {
        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining(folder.resolve("lexicons").toString())
                .hasMessageContaining("<sources>");
    }

    @Test
    void aLexiconWithMistakesFailsTheBuildWithFileAndPlaceOfEach() throws Exception {
        write("mood.json", MOOD.replace("\"string\"", "\"text\""));
        write("stamp.json", MOOD.replace("mood", "stamp").replace("\"tid\"", "7"));

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("mood.json")
                .hasMessageContaining("properties.emoji")
                .hasMessageContaining("text")
                .hasMessageContaining("stamp.json")
                .hasMessageContaining("main.key");
    }

    private void write(String name, String lexicon) throws IOException {
        Path file = folder.resolve("lexicons").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, lexicon);
    }
}
