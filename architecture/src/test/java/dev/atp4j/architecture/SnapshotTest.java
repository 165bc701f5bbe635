// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The schemas in the tree are those that {@code build/lexicons/update} took from the network's, and nobody edited them. */
class SnapshotTest {

    private static final Path LOCK = Path.of("build/lexicons/LOCK");

    @Test
    void everyDocumentIsTheOneInTheLock() {
        Map<String, String> documents = new TreeMap<>();
        for (Path file : House.files(".json")) {
            if (file.startsWith(file.getName(0).resolve("src/main/lexicons"))) {
                documents.put(file.toString().replace('\\', '/'), sha256(House.text(file)));
            }
        }

        assertThat(documents).containsExactlyEntriesOf(locked());
    }

    @Test
    void theLockNamesTheReleaseThatItWasMadeFrom() {
        assertThat(House.text(LOCK).lines())
                .anyMatch(line -> line.matches("package @atproto/api@\\d+\\.\\d+\\.\\d+"))
                .anyMatch(line -> line.startsWith("integrity sha512-"));
    }

    private static Map<String, String> locked() {
        Map<String, String> locked = new TreeMap<>();
        House.text(LOCK)
                .lines()
                .filter(line -> line.matches("[0-9a-f]{64}  .*"))
                .forEach(line -> locked.put(line.substring(66), line.substring(0, 64)));
        return locked;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
