// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.pds.Account;
import dev.atp4j.pds.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code atp import}, {@code atp export} and {@code atp accounts}. */
class MovingCommandsTest {

    private static final String REFRESH = "com.atproto.server.refreshSession";

    @TempDir
    Path folder;

    /** Where the session comes from. */
    private Shell there;

    @BeforeEach
    void open() {
        there = new Shell(folder.resolve("there"));
    }

    @AfterEach
    void close() {
        there.close();
    }

    /** Moves to another home, on the same machine and with the same server. */
    private void moveHome() {
        there.environment.put("ATP_HOME", folder.resolve("here").toString());
    }

    private LexMap exported(String... more) {
        var args = new java.util.ArrayList<>(List.of("export", "--stdout"));
        args.addAll(List.of(more));
        Shell.Result result = there.run(args.toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isZero();
        return result.json();
    }

    private Path file(LexMap saved) throws IOException {
        return Files.write(folder.resolve("saved.json"), LexJson.write(saved));
    }

    // ---- import

    @Test
    void aSavedSessionIsTakenOverByARefresh() throws IOException {
        Account alice = there.loggedIn("alice.test");
        Path saved = file(exported());
        moveHome();
        Shell.Result result = there.run("import", saved.toString(), "--json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().getString("did")).contains(alice.did().value());
        assertThat(result.json().getBoolean("imported")).contains(true);
        assertThat(there.calls(REFRESH)).isEqualTo(1);
        assertThat(there.run("whoami").code()).isZero();
    }

    @Test
    void theFileMayBeStandardInput() {
        there.loggedIn("alice.test");
        String saved = LexJson.toString(exported("--form", "atp4j"));
        moveHome();
        Shell.Result result = there.piped(saved, "import", "-");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("alice.test");
    }

    @Test
    void aFormWithoutAServiceNeedsOne() throws IOException {
        there.loggedIn("alice.test");
        Path saved = file(exported().without("service"));
        moveHome();
        Shell.Result refused = there.run("import", saved.toString(), "--json");
        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("\"service\"", "--service URL");
        for (String wrong : List.of("http://pds.example.com", "https://a:b@pds.example.com", "no address")) {
            assertThat(there.run("import", saved.toString(), "--service", wrong).code())
                    .isEqualTo(ExitCode.USAGE);
        }
        Shell.Result result = there.run(
                "import", saved.toString(), "--service", there.pds.url().toString());
        assertThat(result.code()).as(result.err()).isZero();
    }

    @Test
    void whatIsNoSavedSessionIsRefusedAndNotShown() throws IOException {
        Path odd =
                Files.writeString(folder.resolve("odd"), "{\"accessJwt\":\"planted-token\",\"did\":\"planted-did\"}");
        Path huge = Files.write(folder.resolve("huge"), new byte[1024 * 1024 + 1]);
        for (Path path : List.of(odd, huge, folder, folder.resolve("missing"))) {
            Shell.Result result = there.run("import", path.toString(), "--json");
            assertThat(result.code()).isEqualTo(ExitCode.USAGE);
            assertThat(result.errorName()).isEqualTo("UsageError");
        }
        assertThat(there.everything.toString()).doesNotContain("planted");
        assertThat(there.run("import").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aCopyThatIsTooOldIsExplainedAndNotStored() throws IOException {
        there.loggedIn("alice.test");
        Path saved = file(exported());
        there.run("refresh");
        there.time.advance(Duration.ofHours(3));
        moveHome();
        Shell.Result result = there.run("import", saved.toString(), "--json");
        assertThat(result.code()).isEqualTo(ExitCode.NO_SESSION);
        assertThat(result.err()).contains("too old", "save the session anew");
        assertThat(there.run("accounts").out()).contains("nobody is logged in");
    }

    @Test
    void aStoredSessionThatIsAliveIsKeptAndADeadOneReplaced() throws IOException {
        Account alice = there.loggedIn("alice.test");
        Path saved = file(exported());
        moveHome();
        assertThat(there.login("alice.test", Shell.PASSWORD).code()).isZero();
        Shell.Result kept = there.run("import", saved.toString(), "--json");
        assertThat(kept.code()).isZero();
        assertThat(kept.json().getBoolean("imported")).contains(false);
        assertThat(kept.err()).contains("kept");
        assertThat(there.calls(REFRESH)).isZero();
        there.pds.accounts().resetPassword(alice.did(), "another");
        there.time.advance(Duration.ofHours(3));
        moveHomeTo("third");
        assertThat(there.login("alice.test", "another").code()).isZero();
        Path fresh = Files.write(folder.resolve("fresh.json"), LexJson.write(exported()));
        moveHome();
        Shell.Result replaced = there.run("import", fresh.toString(), "--json");
        assertThat(replaced.code()).as(replaced.err()).isZero();
        assertThat(replaced.json().getBoolean("imported")).contains(true);
    }

    private void moveHomeTo(String name) {
        there.environment.put("ATP_HOME", folder.resolve(name).toString());
    }

    // ---- export

    @Test
    void aCopyIsWrittenOnlyWhereItWasAskedForAndForTheUserAlone() throws IOException {
        there.loggedIn("alice.test");
        assertThat(there.run("export").code()).isEqualTo(ExitCode.USAGE);
        assertThat(there.run("export", "--stdout", "--out", "x").code()).isEqualTo(ExitCode.USAGE);
        Path out = folder.resolve("copy.json");
        Shell.Result result = there.run("export", "--out", out.toString(), "--json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().getString("form")).contains("lex");
        assertThat(result.out()).doesNotContain("eyJ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rw-------");
        LexMap copy = LexJson.parseMap(Files.readAllBytes(out));
        assertThat(copy.fields()).containsKeys("service", "did", "handle", "active", "accessJwt", "refreshJwt");
        Shell.Result again = there.run("export", "--out", out.toString());
        assertThat(again.code()).isEqualTo(ExitCode.USAGE);
        assertThat(again.err()).contains("not replaced");
        assertThat(there.run("export", "--out", folder.resolve("no/folder").toString())
                        .code())
                .isEqualTo(ExitCode.FAILED);
        assertThat(there.everything.toString().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
        assertThat(there.everything.toString())
                .doesNotContain(copy.getString("refreshJwt").orElseThrow());
    }

    @Test
    void ourOwnFormSaysMore() {
        there.environment.put("ATP_PLC_URL", there.pds.plcUrl().toString());
        there.loggedIn("alice.test");
        there.run("refresh");
        assertThat(exported("--form", "atp4j").getString("pds")).isPresent();
        assertThat(exported().getString("pds")).isEmpty();
        assertThat(there.run("export", "--stdout", "--form", "other").code()).isEqualTo(ExitCode.USAGE);
    }

    // ---- accounts

    @Test
    void allStoredSessionsAreListedWithTheirState() throws IOException {
        assertThat(there.run("accounts").out()).contains("nobody is logged in");
        Account alice = there.loggedIn("alice.test");
        Account bob = there.loggedIn("bob.test");
        Account carol = there.loggedIn("carol.test");
        there.pds.accounts().resetPassword(carol.did(), "another");
        there.pds
                .faults()
                .add(Fault.on("com.atproto.server.deleteSession").times(9).html(500));
        there.run("logout", "--account", "bob.test");
        there.time.advance(Duration.ofMinutes(150));
        there.run("whoami", "--account", "carol.test");
        there.pds.journal().clear();
        Shell.Result result = there.run("accounts", "--json");
        assertThat(result.code()).as(result.err()).isZero();
        List<LexMap> accounts = result.json().getList("accounts").orElseThrow().items().stream()
                .map(LexMap.class::cast)
                .toList();
        LexMap active = of(accounts, alice);
        assertThat(active.getString("state")).contains("active");
        assertThat(active.getString("handle")).contains("alice.test");
        assertThat(active.getString("service")).contains(there.pds.url().toString());
        assertThat(active.getLong("tokenAgeSeconds").orElseThrow()).isBetween(9000L, 9100L);
        assertThat(active.getLong("pendingLogouts")).contains(0L);
        LexMap out = of(accounts, bob);
        assertThat(out.getString("state")).contains("logged_out");
        assertThat(out.getLong("pendingLogouts")).contains(1L);
        LexMap dead = of(accounts, carol);
        assertThat(dead.getString("state")).contains("dead");
        assertThat(dead.getString("reason")).contains("revoked");
        assertThat(there.pds.journal().entries()).as("nobody is asked").isEmpty();
        String lines = there.run("accounts").out();
        assertThat(lines.lines()).hasSize(3);
        assertThat(lines)
                .contains("alice.test (" + alice.did() + ") at " + there.pds.url() + ": active, tokens 150 min old")
                .contains(": logged out, 1 tokens to be deleted")
                .contains(": dead, revoked")
                .doesNotContain("eyJ");
    }

    @Test
    void aRecordThatCannotBeReadIsListedAsSuch() throws IOException {
        there.loggedIn("alice.test");
        try (var files = Files.list(there.home())) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                Files.writeString(file, "{");
            }
        }
        Shell.Result result = there.run("accounts");
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("unreadable", "no complete JSON document");
    }

    @Test
    void aRecordThatIsOpenToOthersHidesNoOther() throws IOException {
        Account alice = there.loggedIn("alice.test");
        Account bob = there.loggedIn("bob.test");
        Path record = there.home().resolve(alice.did().value().replace(':', '_') + ".default.json");
        Files.setPosixFilePermissions(record, PosixFilePermissions.fromString("rw-r--r--"));
        Shell.Result result = there.run("accounts", "--json");
        assertThat(result.code()).as(result.err()).isZero();
        List<LexMap> accounts = result.json().getList("accounts").orElseThrow().items().stream()
                .map(LexMap.class::cast)
                .toList();
        assertThat(of(accounts, alice).getString("state")).contains("unreadable");
        assertThat(of(accounts, alice).getString("why").orElseThrow()).contains("open to other users");
        assertThat(of(accounts, bob).getString("state")).contains("active");
    }

    private static LexMap of(List<LexMap> accounts, Account account) {
        return accounts.stream()
                .filter(each ->
                        each.getString("did").orElseThrow().equals(account.did().value()))
                .findFirst()
                .orElseThrow();
    }
}
