// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KnownTest {

    @Test
    void theReadmeListsEachKnownDifferenceWithItsReasonAndNoOther() throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md")).stream()
                        .filter(line -> line.startsWith("| `") && line.matches("\\| `[A-Z_0-9]{3,}`.*")))
                .containsExactlyElementsOf(Arrays.stream(Known.values())
                        .map(known -> "| `" + known + "` | " + known.reason() + " |")
                        .toList());
    }
}
