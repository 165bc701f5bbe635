// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.pds.Account;
import dev.atp4j.pds.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("security")
class SecretsTest {

    @TempDir
    Path folder;

    @Test
    void noOutputEverHoldsATokenAPasswordOrACode() throws IOException {
        var secrets = new ArrayList<String>();
        secrets.add(Shell.PASSWORD);
        secrets.add("planted-wrong-password");
        try (var shell = new Shell(folder)) {
            Account alice = shell.account("alice.test");
            shell.pds.accounts().requireAuthFactor(alice.did());
            shell.login("alice.test", "planted-wrong-password", "--verbose");
            shell.login("alice.test", Shell.PASSWORD, "--verbose", "--json");
            String code = shell.pds.accounts().latestEmailCode(alice.did()).orElseThrow();
            secrets.add(code);
            String[] withCode = {"--auth-factor-token-stdin", "--verbose", "--json"};
            assertThat(shell.login("alice.test", Shell.PASSWORD + "\n" + code, withCode)
                            .code())
                    .isZero();
            secrets.addAll(tokens(shell.home()));
            shell.login("alice.test", Shell.PASSWORD + "\n" + code, withCode);
            for (int round = 0; round < 2; round++) {
                for (String[] command : new String[][] {
                    {"whoami", "--verbose"},
                    {"whoami", "--json", "--verbose"},
                    {"whoami", "--offline", "--json"},
                    {"call", "com.atproto.server.getSession", "--verbose"},
                    {"refresh", "--verbose"},
                    {"refresh", "--json"},
                    {"accounts"},
                    {"accounts", "--json"}
                }) {
                    assertThat(shell.run(command).code()).isZero();
                    secrets.addAll(tokens(shell.home()));
                }
                shell.time.advance(Duration.ofHours(3));
            }
            shell.pds.faults().add(Fault.on("com.atproto.server.deleteSession").html(500));
            shell.run("logout", "--verbose", "--json");
            shell.run("logout", "--verbose");
            shell.run("whoami", "--verbose");
            assertThat(secrets).hasSizeGreaterThan(12);
            assertThat(shell.everything).hasSizeGreaterThan(2000);
            for (String secret : secrets) {
                assertThat(shell.everything.toString()).doesNotContain(secret);
            }
        }
    }

    private static List<String> tokens(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            var tokens = new ArrayList<String>();
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                LexMap stored = LexJson.parseMap(Files.readAllBytes(file))
                        .getMap("tokens")
                        .orElseThrow();
                tokens.add(stored.getString("accessJwt").orElseThrow());
                tokens.add(stored.getString("refreshJwt").orElseThrow());
            }
            return tokens;
        }
    }
}
