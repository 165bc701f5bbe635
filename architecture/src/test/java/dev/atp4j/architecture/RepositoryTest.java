// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules for the files under version control. */
class RepositoryTest {

    private static final Pattern DECISION = Pattern.compile("docs/decisions/(\\d{4})-[a-z0-9-]+\\.md");

    /** Folders of one machine; Alice is nobody. Written in pieces, so that this file passes its own test. */
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.$})/-])/(?:" + "work/|tmp/|root/|home/(?!alice)" + ")\\w");

    /** Where packages are downloaded from is the business of the machine that builds. */
    private static final Pattern REGISTRY_HOST = Pattern.compile(
            "(repo1?\\.maven" + "\\.|repo\\.maven\\.apache" + "\\.|registry\\.npmjs" + "\\.|registry\\.yarnpkg" + "\\.|"
                    + "deb\\.debian" + "\\.|central\\.sonatype" + "\\.|oss\\.sonatype" + "\\.)");

    private static final Pattern LEFT_OPEN = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b|@Dis" + "abled\\b");

    @Test
    void decisionsAreNumberedOnceEach() {
        var numbers = new ArrayList<String>();
        for (Path file : House.files()) {
            if (file.startsWith("docs/decisions") && file.toString().endsWith(".md")) {
                var name = DECISION.matcher(file.toString().replace('\\', '/'));
                assertThat(name.matches())
                        .as("%s is not named NNNN-title.md", file)
                        .isTrue();
                numbers.add(name.group(1));
            }
        }
        assertThat(numbers).doesNotHaveDuplicates();
    }

    @Test
    void noFileNamesAFolderOfOneMachine() {
        assertThat(lines(MACHINE_PATH)).isEmpty();
    }

    @Test
    void noFileNamesARegistry() {
        assertThat(lines(REGISTRY_HOST)).isEmpty();
    }

    @Test
    void nothingIsLeftOpen() {
        assertThat(lines(LEFT_OPEN)).isEmpty();
    }

    @Test
    void everyJavaFileNamesItsLicence() {
        // What a generator is to write for others is under no licence of ours.
        assertThat(House.files(".java").stream()
                        .filter(file -> !file.toString().contains("/golden/"))
                        .filter(file ->
                                !House.text(file).startsWith("// SPDX-License-Identifier: MIT OR Apache-2.0\n")))
                .isEmpty();
    }

    @Test
    void theListOfFilesIsNotEmpty() {
        assertThat(House.files()).contains(Path.of("pom.xml")).hasSizeGreaterThan(50);
    }

    private static List<String> lines(Pattern forbidden) {
        var found = new ArrayList<String>();
        for (Path file : House.files()) {
            String text = House.text(file);
            Matcher match = forbidden.matcher(text);
            while (match.find()) {
                long line = text.substring(0, match.start()).lines().count();
                found.add(file + ":" + Math.max(line, 1) + ": " + match.group());
            }
        }
        return found;
    }
}
