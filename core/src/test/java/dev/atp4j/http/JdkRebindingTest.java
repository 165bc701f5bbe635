// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Names that are public while they are checked, and lead to this machine when they are used. */
@Timeout(60)
@Tag("security")
class JdkRebindingTest {

    @TempDir
    private Path folder;

    @Test
    void aHostInAnothersPlaceHearsNothingOnHttps() throws Exception {
        assertThat(run("https"))
                .containsExactly("known 200", "refused CONNECT false", "swapped true", "connections 1", "heard 0");
    }

    @Test
    void onPlainHttpWhereItWouldHearAllNobodyIsAsked() throws Exception {
        assertThat(run("http"))
                .containsExactly(
                        "known 200", "refused FORBIDDEN_ADDRESS false", "swapped false", "connections 0", "heard 0");
    }

    private List<String> run(String scheme) throws Exception {
        Path names = Files.createFile(folder.resolve("hosts"));
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djdk.net.hosts.file=" + names,
                        "-cp",
                        System.getProperty("java.class.path"),
                        RebindingChild.class.getName(),
                        names.toString(),
                        folder.toString(),
                        scheme)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said.lines().toList();
        } finally {
            child.destroyForcibly();
        }
    }
}
