// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.pds.Account;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

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
    void everyStepOfTheDemonstrationHolds() {
        Shell.Result result = shell.run("demo", "--json");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.json().getBoolean("ok")).contains(true);
        assertThat(steps(result))
                .containsExactly(
                        "pds", "account", "login", "post", "read", "hours", "kill", "resume", "lost", "logout",
                        "tokens", "access");
        assertThat(result.json().getList("steps").orElseThrow())
                .allMatch(step -> ((LexMap) step).getBoolean("ok").orElseThrow());
    }

    @Test
    void peopleReadALineForEachStepAndWhatWentOverTheWire() {
        Shell.Result result = shell.run("demo");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains(
                        "com.atproto.server.createSession 200",
                        "com.atproto.server.refreshSession no answer",
                        "com.atproto.server.deleteSession 200",
                        "All 12 steps hold.")
                .doesNotContain("eyJ");
    }

    @Test
    void onAServerThatConfirmsNoLogoutTheDemonstrationFailsAndSaysWhere() {
        assertThat(broken(
                        EmbeddedPds.builder(),
                        Fault.on("com.atproto.server.deleteSession").html(503)))
                .isEqualTo("logout");
    }

    @Test
    void onAServerThatChangesPostsTheDemonstrationFailsAndSaysWhere() {
        assertThat(broken(
                        EmbeddedPds.builder(),
                        Fault.on("com.atproto.repo.getRecord").withField("value", LexMap.empty())))
                .isEqualTo("read");
    }

    @Test
    void onAServerWhoseTokensLastForDaysTheDemonstrationFailsAndSaysWhere() {
        assertThat(broken(EmbeddedPds.builder().accessLifetime(Duration.ofDays(2))))
                .isEqualTo("hours");
    }

    private String broken(EmbeddedPds.Builder server, Fault... faults) {
        var out = new StringWriter();
        var surroundings = shell.surroundings("", new PrintWriter(out), new PrintWriter(new StringWriter()), () -> {});
        try (EmbeddedPds pds = server.start()) {
            List.of(faults).forEach(pds.faults()::add);
            var demo = new BoxDemo(pds, folder.resolve("demo"), new Output(surroundings, false));
            assertThatThrownBy(demo::tell).isInstanceOf(Story.Broken.class);
            assertThat(out.toString()).contains("FAILED: ");
            LexMap last = (LexMap) demo.story().steps().get(demo.story().steps().size() - 1);
            assertThat(last.getBoolean("ok")).contains(false);
            return last.getString("step").orElseThrow();
        }
    }

    @Test
    void aRealServiceIsOnlyLoggedInToAndOut() {
        Account alice = shell.account("alice.test");
        useLoginUrl();
        Shell.Result result = shell.run("demo", "--json");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(steps(result)).containsExactly("login", "session", "refresh", "logout");
        assertThat(shell.pds.accounts().refreshTokens(alice.did())).isEmpty();
        assertThat(shell.pds.journal().entries())
                .extracting(entry -> entry.nsid().substring("com.atproto.server.".length()))
                .containsOnly("createSession", "getSession", "refreshSession", "deleteSession");
    }

    @Test
    void aFailureAtARealServiceIsReportedAndLeavesNoSessionOpen() {
        Account alice = shell.account("alice.test");
        useLoginUrl();
        shell.pds
                .faults()
                .add(Fault.on("com.atproto.server.getSession").skip(1).error(501, "MethodNotImplemented", "No"));
        Shell.Result result = shell.run("demo", "--json");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.json().getBoolean("ok")).contains(false);
        assertThat(result.err().lines()).singleElement().asString().contains("\"session\"");
        assertThat(shell.pds.accounts().refreshTokens(alice.did())).isEmpty();
    }

    @Test
    void aWrongPasswordAtARealServiceIsReportedWithoutShowingIt() {
        shell.account("alice.test");
        shell.environment.put(
                "ATP_LOGIN_URL", shell.pds.url().toString().replace("http://", "http://alice.test:planted@"));
        Shell.Result result = shell.run("demo", "--json");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out() + result.err()).doesNotContain("planted");
    }

    @Test
    void aMalformedLoginUrlIsAUsageError() {
        shell.environment.put("ATP_LOGIN_URL", "https://pds.example.com/planted");
        Shell.Result result = shell.run("demo", "--json");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).doesNotContain("planted");
    }

    private void useLoginUrl() {
        shell.environment.put(
                "ATP_LOGIN_URL",
                shell.pds.url().toString().replace("http://", "http://alice.test:" + Shell.PASSWORD + "@"));
    }

    private static List<String> steps(Shell.Result result) {
        return result.json().getList("steps").orElseThrow().items().stream()
                .map((LexValue step) -> ((LexMap) step).getString("step").orElseThrow())
                .toList();
    }
}
