// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexMap;
import dev.atp4j.pds.Account;
import dev.atp4j.pds.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredSessionTest {

    private static final String CREATE = "com.atproto.server.createSession";
    private static final String REFRESH = "com.atproto.server.refreshSession";
    private static final String DELETE = "com.atproto.server.deleteSession";

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

    // ---- whoami

    @Test
    void whoamiAsksTheServer() {
        Account alice = shell.loggedIn("alice.test");
        shell.pds.journal().clear();
        Shell.Result result = shell.run("whoami", "--json");
        assertThat(result.code()).isZero();
        assertThat(result.json().getString("did")).contains(alice.did().value());
        assertThat(shell.calls("com.atproto.server.getSession")).isPositive();
    }

    @Test
    void whoamiOfflineAsksNobody() {
        shell.loggedIn("alice.test");
        shell.pds.close();
        Shell.Result result = shell.run("whoami", "--json", "--offline");
        assertThat(result.code()).isZero();
        assertThat(result.json().getString("handle")).contains("alice.test");
        Shell.Result online = shell.run("whoami");
        assertThat(online.code()).isEqualTo(ExitCode.TRY_LATER);
        assertThat(online.err()).contains("kept");
    }

    @Test
    void sessionsAreSealedIfThereIsAKey() throws IOException {
        Path key = Files.createFile(
                folder.resolve("key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n");
        shell.environment.put("ATP_STORE_KEY_FILE", key.toString());
        shell.loggedIn("alice.test");
        assertThat(shell.run("whoami", "--offline").out()).contains("alice.test");
        assertThat(shell.run("accounts").out()).contains("alice.test");
        try (Stream<Path> files = Files.list(shell.home())) {
            assertThat(files.toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("alice.test", "refreshJwt"));
        }

        shell.environment.remove("ATP_STORE_KEY_FILE");
        assertThat(shell.run("whoami", "--json").errorName()).isEqualTo("StoreUnreadable");
        shell.environment.put("ATP_STORE_KEY_FILE", "nowhere");
        assertThat(shell.run("whoami", "--json").errorName()).isEqualTo("StoreUnavailable");
        shell.environment.put("ATP_STORE_KEY_FILE", key.toString());
        assertThat(shell.run("logout").code()).isZero();
    }

    @Test
    void anExpiredTokenIsRefreshedOnTheWay() {
        shell.loggedIn("alice.test");
        shell.time.advance(Duration.ofHours(3));
        assertThat(shell.run("whoami", "--json")
                        .json()
                        .getLong("accessSecondsLeft")
                        .orElseThrow())
                .isPositive();
        assertThat(shell.calls(REFRESH)).isEqualTo(1);
    }

    @Test
    void aDeactivatedAccountIsShownAsSuch() {
        Account alice = shell.loggedIn("alice.test");
        shell.pds.accounts().deactivate(alice.did());
        LexMap json = shell.run("whoami", "--json").json();
        assertThat(json.getBoolean("active")).contains(false);
        assertThat(json.getString("status")).contains("deactivated");
    }

    @Test
    void withoutASessionThereIsNobodyToBe() {
        for (String command : List.of("whoami", "refresh", "logout")) {
            Shell.Result result = shell.run(command, "--json");
            assertThat(result.code()).isEqualTo(ExitCode.NO_SESSION);
            assertThat(result.errorName()).isEqualTo("NoSession");
            assertThat(result.err().lines()).singleElement().asString().contains("atp login");
        }
    }

    @Test
    void aRevokedSessionIsOver() {
        Account alice = shell.loggedIn("alice.test");
        shell.pds.accounts().resetPassword(alice.did(), "another");
        shell.time.advance(Duration.ofHours(3));
        Shell.Result result = shell.run("whoami", "--json");
        assertThat(result.code()).isEqualTo(ExitCode.NO_SESSION);
        assertThat(result.errorName()).isEqualTo("SessionOver");
        assertThat(result.err()).contains("revoked", "atp login");
        assertThat(shell.login("alice.test", "another").code()).isZero();
        assertThat(shell.run("whoami").code()).isZero();
    }

    // ---- several accounts

    @Test
    void severalAccountsAreToldApartByHandleOrDid() {
        Account alice = shell.loggedIn("alice.test");
        Account bob = shell.loggedIn("bob.test");
        Shell.Result result = shell.run("whoami", "--json");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.errorName()).isEqualTo("AmbiguousAccount");
        assertThat(result.err())
                .contains(
                        "alice.test (" + alice.did() + ")", "bob.test (" + bob.did() + ")", "--account HANDLE_OR_DID");
        for (String name : List.of("bob.test", "@BOB.test", bob.did().value())) {
            assertThat(shell.run("whoami", "--json", "--account", name).json().getString("did"))
                    .contains(bob.did().value());
        }
    }

    @Test
    void theOnlySessionThatIsAliveNeedsNoName() {
        shell.loggedIn("alice.test");
        Account bob = shell.loggedIn("bob.test");
        assertThat(shell.run("logout", "--account", "alice.test").code()).isZero();
        assertThat(shell.run("whoami", "--json").json().getString("did"))
                .contains(bob.did().value());
    }

    @Test
    void anUnknownAccountIsAnsweredWithTheKnownOnes() {
        Account alice = shell.loggedIn("alice.test");
        for (String name : List.of("carol.test", "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")) {
            Shell.Result result = shell.run("whoami", "--account", name);
            assertThat(result.code()).isEqualTo(ExitCode.NO_SESSION);
            assertThat(result.err()).contains(name, "alice.test (" + alice.did() + ")");
        }
    }

    @Test
    void namesThatNobodyCanHaveAreRefused() {
        for (String name : List.of("alice", "did:nothing", "")) {
            assertThat(shell.run("whoami", "--account", name).code()).as(name).isEqualTo(ExitCode.USAGE);
        }
    }

    // ---- refresh

    @Test
    void refreshGetsNewTokens() {
        shell.loggedIn("alice.test");
        shell.time.advance(Duration.ofHours(1));
        Shell.Result result = shell.run("refresh", "--json");
        assertThat(result.code()).isZero();
        assertThat(result.json().getLong("accessSecondsLeft").orElseThrow()).isBetween(7100L, 7200L);
        assertThat(shell.calls(REFRESH)).isEqualTo(1);
        assertThat(shell.calls(CREATE)).isEqualTo(1);
    }

    // ---- logout

    @Test
    void logoutEndsTheSessionAtTheServerToo() {
        Account alice = shell.loggedIn("alice.test");
        shell.run("refresh");
        Shell.Result result = shell.run("logout", "--json");
        assertThat(result.code()).isZero();
        assertThat(result.json().getBoolean("loggedOut")).contains(true);
        assertThat(result.json().getString("did")).contains(alice.did().value());
        assertThat(shell.pds.accounts().refreshTokens(alice.did())).isEmpty();
        assertThat(shell.run("whoami").code()).isEqualTo(ExitCode.NO_SESSION);
    }

    @Test
    void loggingOutTwiceIsHarmless() {
        shell.loggedIn("alice.test");
        assertThat(shell.run("logout").code()).isZero();
        Shell.Result again = shell.run("logout", "--json");
        assertThat(again.code()).isZero();
        assertThat(again.json().getBoolean("loggedOut")).contains(true);
    }

    @Test
    void anUnconfirmedLogoutIsFinishedByTheNextOne() {
        Account alice = shell.loggedIn("alice.test");
        shell.pds.faults().add(Fault.on(DELETE).always().html(502));
        Shell.Result result = shell.run("logout", "--json");
        assertThat(result.code()).isEqualTo(ExitCode.TRY_LATER);
        assertThat(result.errorName()).isEqualTo("LogoutUnconfirmed");
        assertThat(result.err()).contains("atp logout --account " + alice.did());
        assertThat(shell.run("whoami").code()).isEqualTo(ExitCode.NO_SESSION);
        assertThat(shell.run("logout").code()).isEqualTo(ExitCode.TRY_LATER);
        shell.pds.faults().clear();
        assertThat(shell.run("logout").code()).isZero();
        assertThat(shell.pds.accounts().refreshTokens(alice.did())).isEmpty();
    }

    // ---- damaged and unsafe stores

    @Test
    void aDamagedFileIsNamedAndLeftAlone() throws IOException {
        shell.loggedIn("alice.test");
        Path file = onlyJsonFile();
        String cut = Files.readString(file).substring(0, 100);
        Files.writeString(file, cut);
        Shell.Result result = shell.run("whoami", "--json");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.errorName()).isEqualTo("StoreUnreadable");
        assertThat(result.err()).contains(file.toRealPath().toString());
        assertThat(file).hasContent(cut);
    }

    @Test
    void aDamagedFileIsNotInTheWayOfOtherAccounts() throws IOException {
        shell.loggedIn("alice.test");
        Files.writeString(onlyJsonFile(), "{");
        Account bob = shell.loggedIn("bob.test");
        assertThat(shell.run("whoami", "--json").json().getString("did"))
                .contains(bob.did().value());
    }

    @Test
    void aFolderThatIsOpenToOthersIsRefused() throws IOException {
        Files.createDirectory(shell.home());
        Files.setPosixFilePermissions(shell.home(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Shell.Result result = shell.run("whoami", "--json");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.errorName()).isEqualTo("StoreUnsafe");
    }

    @Test
    void aHomeThatIsAFileIsAnErrorAndNotACrash() throws IOException {
        Files.writeString(shell.home(), "not a folder");
        Shell.Result result = shell.run("whoami", "--json");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.errorName()).startsWith("Store");
    }

    private Path onlyJsonFile() throws IOException {
        try (Stream<Path> files = Files.list(shell.home())) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
