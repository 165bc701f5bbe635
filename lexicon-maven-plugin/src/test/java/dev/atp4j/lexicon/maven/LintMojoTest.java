// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.lexicon.check.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.maven.model.Build;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintMojoTest {

    private static final String MOOD = """
            {"lexicon": 1, "id": "com.acme.mood", "defs": {"main": {"type": "record", "key": "tid",
              "description": "How somebody feels.", "record": {"type": "object", "required": ["emoji"], "properties": {
                "emoji": {"type": "string", "maxLength": 64},
                "about": {"type": "ref", "ref": "com.acme.thing"}}}}}}
            """;

    @TempDir
    Path folder;

    private final LintMojo mojo = new LintMojo();
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void configure() throws IOException {
        var build = new Build();
        build.setOutputDirectory(folder.resolve("target/classes").toString());
        mojo.project = new MavenProject();
        mojo.project.setBuild(build);
        mojo.project.setArtifacts(Set.of());
        mojo.sources = folder.resolve("lexicons").toFile();
        mojo.failOn = Severity.ERROR;
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void warn(CharSequence text) {
                warnings.add(text.toString());
            }

            @Override
            public void error(CharSequence text) {
                warnings.add(text.toString());
            }
        });
        write("com/acme/mood.json", MOOD);
    }

    @Test
    void warningsAreToldAndFailNothing() {
        assertThatCode(mojo::execute).doesNotThrowAnyException();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("com.acme.thing")
                .contains("[ref-document-missing]");
    }

    @Test
    void whoWantsToFailsAtWarnings() {
        mojo.failOn = Severity.WARNING;

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("1 finding");
    }

    @Test
    void aRuleMayBeIgnored() {
        mojo.failOn = Severity.WARNING;
        mojo.ignore = List.of("ref-document-missing");

        assertThatCode(mojo::execute).doesNotThrowAnyException();
    }

    @Test
    void errorsFailTheBuild() throws IOException {
        write("com/acme/mood.json", MOOD.replace("\"tid\"", "7"));

        assertThatThrownBy(mojo::execute).isInstanceOf(MojoFailureException.class);
        assertThat(warnings).anyMatch(line -> line.contains("mood") && line.contains("$.defs.main.key"));
    }

    @Test
    void aFileThatIsNoLexiconIsAnError() throws IOException {
        write("notes.json", "[");

        assertThatThrownBy(mojo::execute).isInstanceOf(MojoFailureException.class);
        assertThat(warnings).anyMatch(line -> line.contains("notes.json"));
    }

    private void write(String name, String lexicon) throws IOException {
        Path file = folder.resolve("lexicons").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, lexicon);
    }
}
