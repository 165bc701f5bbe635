// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What becomes of each feature of the language, to be read. After a wanted change {@code -Dgolden.update=true} writes the
 * expected files anew; then read the difference.
 */
class GoldenTest {

    private static final Path EXPECTED = Path.of("src/test/resources/golden");

    @TempDir
    Path folder;

    static List<String> cases() {
        return Samples.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theJavaOfEachCaseIsAsItStandsInTheTree(String name) {
        Samples.generator(folder)
                .folder(Samples.GOLDEN.resolve(name).resolve("lexicons"))
                .facade("com.example", "com.example")
                .names(folder.resolve("src/names.txt"))
                .build()
                .run();
        Map<String, String> written = Samples.files(folder.resolve("src"));
        Path expected = EXPECTED.resolve(name).resolve("expected");
        if (Boolean.getBoolean("golden.update")) {
            Samples.files(expected)
                    .keySet()
                    .forEach(file -> expected.resolve(file).toFile().delete());
            written.forEach((file, text) -> Samples.write(expected.resolve(file), text));
        }
        assertThat(Files.isDirectory(expected)).isTrue();
        assertThat(written).isEqualTo(Samples.files(expected));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theJavaOfEachCaseCompilesWithoutAWordFromTheCompiler(String name) {
        Samples.generator(folder)
                .folder(Samples.GOLDEN.resolve(name).resolve("lexicons"))
                .facade("com.example", "com.example")
                .builders(Generator.Builders.ALL)
                .build()
                .run();
        assertThat(Compiled.of(folder.resolve("src"), folder.resolve("classes")).complaints())
                .isEmpty();
    }
}
