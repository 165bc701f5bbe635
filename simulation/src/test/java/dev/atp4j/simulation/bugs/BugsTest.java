// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every bug is found, and the table in {@code docs/reliability.md} says in which history. After a change of the rules or of the
 * simulation run this with {@code -Datp4j.writeDocs=true}, which writes the table anew.
 */
class BugsTest {

    private static final Path PAGE = Path.of("..", "docs", "reliability.md");
    private static final String BEGIN = "<!-- bugs: begin; written by BugsTest -->\n";
    private static final String END = "<!-- bugs: end -->\n";

    @Test
    void everyBugIsFoundAsTheDocumentationSays() throws IOException {
        List<Hunt.Found> found =
                Bugs.ALL.parallelStream().map(Hunt::of).filter(Objects::nonNull).toList();
        assertThat(found).extracting(Hunt.Found::bug).containsExactlyElementsOf(Bugs.ALL);

        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(end).as("the table's place").isGreaterThan(begin);
        if (Boolean.getBoolean("atp4j.writeDocs")) {
            Files.writeString(PAGE, page.substring(0, begin) + table(found) + page.substring(end));
        } else {
            assertThat(page.substring(begin, end)).isEqualTo(table(found));
        }
    }

    @Test
    void withoutABugNothingIsFoundInAsManyHistories() {
        assertThat(Hunt.of(Bug.NONE, 20_000)).isNull();
    }

    private static String table(List<Hunt.Found> found) {
        return "| a client that … | breaks | seed | steps |\n|---|---|---|---|\n"
                + found.stream()
                        .map(f -> "| " + f.bug() + " | "
                                + f.law()
                                        .name()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .replace('_', ' ') + " | " + f.seed()
                                + " | " + f.steps() + " |\n")
                        .collect(Collectors.joining());
    }
}
