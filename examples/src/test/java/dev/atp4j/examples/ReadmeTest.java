// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the README shows is what runs. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void theFirstProgramIsTheExample() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        int begin = readme.indexOf("try (Sessions sessions");
        List<String> shown = readme.substring(begin, readme.indexOf("```", begin))
                .lines()
                .map(String::strip)
                .toList();
        List<String> run = Files.readAllLines(Path.of("src/main/java/dev/atp4j/examples/QuickStart.java")).stream()
                .map(String::strip)
                .toList();

        assertThat(shown).hasSizeGreaterThan(10);
        assertThat(run).containsSubsequence(shown);
    }
}
