// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table of threats and the suite belong together: each threat names tests that are there, and no test is left out. */
@Tag("security")
class ThreatTableTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Contract))(?:\\.(\\w+))?`");
    private static final Pattern TAGGED = Pattern.compile(
            "^@Tag\\(\"security\"\\)\\n(?:@.*\\n)*(?:public )?(?:abstract )?class (\\w+)", Pattern.MULTILINE);

    private final List<String> rows = House.text(Path.of("docs/security.md"))
            .lines()
            .dropWhile(line -> !line.startsWith("| threat |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    @Test
    void eachThreatNamesTestsOfTheSuite() {
        assertThat(rows).hasSizeGreaterThan(25).allSatisfy(row -> {
            Matcher named = NAMED.matcher(row);
            assertThat(named.find()).as("a test in: " + row).isTrue();
            do {
                String type = named.group(1);
                String method = named.group(2);
                assertThat(texts(type))
                        .as(named.group())
                        .anyMatch(text -> method == null || text.contains("void " + method + "("));
            } while (named.find());
        });
    }

    @Test
    void noTestClassOfTheSuiteIsLeftOut() {
        var left = new TreeSet<String>();
        for (Path file : House.files(".java")) {
            Matcher tagged = TAGGED.matcher(House.text(file));
            if (tagged.find()) {
                left.add(tagged.group(1));
            }
        }
        assertThat(left).hasSizeGreaterThan(15);
        rows.forEach(row -> {
            Matcher named = NAMED.matcher(row);
            while (named.find()) {
                left.remove(named.group(1));
            }
        });
        assertThat(left).containsOnly("ThreatTableTest");
    }

    private static List<String> texts(String type) {
        return House.files("/" + type + ".java").stream().map(House::text).toList();
    }
}
