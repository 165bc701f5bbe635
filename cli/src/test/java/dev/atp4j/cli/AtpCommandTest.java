// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtpCommandTest {

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void withoutACommandItSaysWhichThereAre() {
        Shell.Result result = shell.run();
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains(
                        "demo",
                        "pds",
                        "login",
                        "whoami",
                        "refresh",
                        "logout",
                        "accounts",
                        "import",
                        "export",
                        "lexicon");
    }

    @Test
    void helpIsAnAnswer() {
        for (String command : List.of(
                "demo", "pds", "login", "whoami", "refresh", "logout", "accounts", "import", "export", "lexicon")) {
            Shell.Result result = shell.run(command, "--help");
            assertThat(result.code()).isZero();
            assertThat(result.out()).contains("atp " + command);
            assertThat(result.err()).isEmpty();
        }
        assertThat(shell.run("--help").code()).isZero();
    }

    @Test
    void versionIsOneLine() {
        Shell.Result result = shell.run("--version");
        assertThat(result.code()).isZero();
        assertThat(result.out().lines()).singleElement().asString().startsWith("atp ");
    }

    @Test
    void aWrongCommandLineIsOneLineAndTheSameInJson() {
        for (List<String> wrong : List.of(
                List.of("whoami", "--nonsense"),
                List.of("whoami", "argument"),
                List.of("nonsense"),
                List.of("pds", "--port", "many"),
                List.of("login", "--identifier"))) {
            Shell.Result result = shell.run(wrong.toArray(String[]::new));
            assertThat(result.code()).as("%s", wrong).isEqualTo(ExitCode.USAGE);
            assertThat(result.err().lines()).as("%s", wrong).hasSize(1);
            assertThat(result.out()).as("%s", wrong).isEmpty();
        }
        Shell.Result json = shell.run("whoami", "--nonsense", "--json");
        assertThat(json.errorName()).isEqualTo("UsageError");
        assertThat(json.error().getString("hint").orElseThrow()).contains("atp whoami --help");
    }

    @Test
    void aPasswordOnTheCommandLineIsRefusedAndNotRepeated() {
        for (String[] args : new String[][] {
            {"login", "--password", "planted"},
            {"login", "--password=planted"},
            {"login", "-pplanted"},
            {"login", "planted"},
            {"login", "https://alice.test:planted@pds.example.com"},
            {"whoami", "--account", "alice.test:planted"},
        }) {
            Shell.Result result = shell.run(args);
            assertThat(result.code()).isEqualTo(ExitCode.USAGE);
            assertThat(result.err()).doesNotContain("planted");
        }
        assertThat(shell.run("login", "--password", "planted").err()).contains("--password-stdin");
    }

    @Test
    void whatServersSayCannotDriveTheTerminal() {
        assertThat(Output.plain("a\u001b[2Jb\u202ec\u2028d\r\ne")).isEqualTo("a [2Jb c d  e");
        assertThat(Output.plain("grüße \ud83d\udc4b")).isEqualTo("grüße \ud83d\udc4b");
    }

    @Test
    void aBugIsReportedAsOne() {
        Failure failure = Failure.of(new IllegalStateException("oops"));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(failure.isBug()).isTrue();
        assertThat(failure.line()).contains("oops", "bug");
    }
}
