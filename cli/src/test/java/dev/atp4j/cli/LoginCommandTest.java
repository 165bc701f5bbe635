// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexMap;
import dev.atp4j.pds.Account;
import dev.atp4j.pds.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginCommandTest {

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
    void loginTellsWhoIsLoggedInWhereAndForHowLong() {
        Account alice = shell.account("alice.test");
        Shell.Result result = shell.login("alice.test", Shell.PASSWORD, "--json");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        LexMap json = result.json();
        assertThat(json.getString("did")).contains(alice.did().value());
        assertThat(json.getString("handle")).contains("alice.test");
        assertThat(json.getString("service")).contains(shell.pds.url().toString());
        assertThat(json.getString("pds")).contains(shell.pds.pdsUrl().toString());
        assertThat(json.getBoolean("active")).contains(true);
        assertThat(json.getLong("accessSecondsLeft").orElseThrow()).isBetween(7100L, 7200L);
        assertThat(json.getLong("refreshSecondsLeft").orElseThrow()).isBetween(7_775_900L, 7_776_000L);
    }

    @Test
    void loginTellsPeopleWhereTheSessionIsKept() {
        shell.account("alice.test");
        Shell.Result result = shell.login("alice.test", Shell.PASSWORD);
        assertThat(result.out()).contains("alice.test", shell.home().toString(), "good for 1 h 59 min");
        assertThat(shell.run("whoami").code()).isZero();
    }

    @Test
    void theLoginUrlOfTheEnvironmentIsEnough() {
        shell.pds.createAccount("alice.test", "p@ss/w:ord");
        shell.environment.put(
                "ATP_LOGIN_URL", shell.pds.url().toString().replace("http://", "http://alice.test:p%40ss%2Fw%3Aord@"));
        assertThat(shell.run("login").code()).isZero();
    }

    @Test
    void anIdentifierComesBeforeTheLoginUrl() {
        shell.environment.put("ATP_LOGIN_URL", "https://bob.test:other@pds.example.com");
        Account alice = shell.account("alice.test");
        assertThat(shell.login("alice.test", Shell.PASSWORD, "--json").json().getString("did"))
                .contains(alice.did().value());
    }

    @Test
    void aLoginUrlLeavesNothingForOtherOptionsToSay() {
        shell.environment.put("ATP_LOGIN_URL", "https://bob.test:other@pds.example.com");
        Shell.Result result = shell.run("login", "--service", "https://other.example.com");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("--identifier").doesNotContain("other@");
    }

    @Test
    void aMalformedLoginUrlIsRefusedWithoutBeingShown() {
        shell.environment.put("ATP_LOGIN_URL", "https://alice.test:planted#1@pds.example.com");
        Shell.Result result = shell.run("login");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("ATP_LOGIN_URL").doesNotContain("planted");
    }

    @Test
    void thePasswordIsAskedForAtATerminal() {
        shell.account("alice.test");
        shell.whenAsked(prompt -> Optional.of(Shell.PASSWORD));
        Shell.Result result = shell.run("login", "--service", shell.pds.url().toString(), "--identifier", "alice.test");
        assertThat(result.code()).isZero();
        assertThat(shell.asked).containsExactly("Password: ");
    }

    @Test
    void withoutTerminalOrPipeThereIsNoPassword() {
        Shell.Result result = shell.run("login", "--service", shell.pds.url().toString(), "--identifier", "alice.test");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("--password-stdin", "ATP_LOGIN_URL");
    }

    @Test
    void anEmptyLineIsNoPassword() {
        Shell.Result result = shell.login("alice.test", "");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(shell.calls("com.atproto.server.createSession")).isZero();
    }

    @Test
    void windowsLineBreaksAreNoPartOfThePassword() {
        shell.account("alice.test");
        assertThat(shell.login("alice.test", Shell.PASSWORD + "\r").code()).isZero();
    }

    @Test
    void spacesArePartOfThePassword() {
        shell.pds.createAccount("alice.test", " with spaces ");
        assertThat(shell.login("alice.test", " with spaces ").code()).isZero();
    }

    @Test
    void aWrongPasswordIsRefusedInOneLineThatSaysWhatToDo() {
        shell.account("alice.test");
        Shell.Result result = shell.login("alice.test", "wrong");
        assertThat(result.code()).isEqualTo(ExitCode.LOGIN_REFUSED);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .startsWith("atp: ")
                .contains("check identifier, password and service");
    }

    @Test
    void aWrongPasswordIsAnErrorObjectInJson() {
        shell.account("alice.test");
        Shell.Result result = shell.login("alice.test", "wrong", "--json");
        assertThat(result.code()).isEqualTo(ExitCode.LOGIN_REFUSED);
        assertThat(result.errorName()).isEqualTo("AuthenticationRequired");
        assertThat(result.error().getString("message").orElseThrow()).contains("Invalid identifier or password");
        assertThat(result.error().getString("hint").orElseThrow()).isNotBlank();
    }

    @Test
    void aSignInCodeIsAskedForAtATerminal() {
        Account alice = shell.account("alice.test");
        shell.pds.accounts().requireAuthFactor(alice.did());
        shell.whenAsked(prompt -> shell.pds.accounts().latestEmailCode(alice.did()));
        assertThat(shell.login("alice.test", Shell.PASSWORD).code()).isZero();
        assertThat(shell.asked)
                .singleElement()
                .asString()
                .contains("A sign in code has been sent to your email address", "Sign-in code: ");
        assertThat(shell.calls("com.atproto.server.createSession")).isEqualTo(2);
    }

    @Test
    void aMistypedSignInCodeIsAskedForAgainButNotForEver() {
        Account alice = shell.account("alice.test");
        shell.pds.accounts().requireAuthFactor(alice.did());
        shell.whenAsked(prompt -> Optional.of("AAAAA-AAAAA"));
        Shell.Result result = shell.login("alice.test", Shell.PASSWORD);
        assertThat(result.code()).isEqualTo(ExitCode.LOGIN_REFUSED);
        assertThat(result.err()).contains("was not accepted");
        assertThat(shell.asked).hasSize(3);
    }

    @Test
    void aSignInCodeIsReadFromTheLineAfterThePassword() {
        Account alice = shell.account("alice.test");
        shell.pds.accounts().requireAuthFactor(alice.did());
        Shell.Result asked = shell.login("alice.test", Shell.PASSWORD, "--json");
        assertThat(asked.code()).isEqualTo(ExitCode.LOGIN_REFUSED);
        assertThat(asked.errorName()).isEqualTo("AuthFactorTokenRequired");
        assertThat(asked.err()).contains("--auth-factor-token-stdin");
        String code = shell.pds.accounts().latestEmailCode(alice.did()).orElseThrow();
        assertThat(shell.login("alice.test", Shell.PASSWORD + "\n" + code, "--auth-factor-token-stdin")
                        .code())
                .isZero();
    }

    @Test
    void aWrongSignInCodeIsToldFromAMissingOne() {
        Account alice = shell.account("alice.test");
        shell.pds.accounts().requireAuthFactor(alice.did());
        Shell.Result result =
                shell.login("alice.test", Shell.PASSWORD + "\nAAAAA-AAAAA", "--auth-factor-token-stdin", "--json");
        assertThat(result.code()).isEqualTo(ExitCode.LOGIN_REFUSED);
        assertThat(result.err()).contains("was not accepted").doesNotContain("AAAAA");
    }

    @Test
    void aTakenDownAccountIsLetInOnlyOnRequest() {
        Account alice = shell.account("alice.test");
        shell.pds.accounts().takeDown(alice.did());
        Shell.Result refused = shell.login("alice.test", Shell.PASSWORD, "--json");
        assertThat(refused.code()).isEqualTo(ExitCode.LOGIN_REFUSED);
        assertThat(refused.errorName()).isEqualTo("AccountTakedown");
        LexMap json = shell.login("alice.test", Shell.PASSWORD, "--json", "--allow-takendown")
                .json();
        assertThat(json.getBoolean("active")).contains(false);
        assertThat(json.getString("status")).contains("takendown");
        assertThat(shell.run("refresh", "--json").errorName()).isEqualTo("NotRefreshable");
    }

    @Test
    void aLoginThatIsOneTooManyIsNotSentAndSaysWhenItWillWork() {
        shell.account("alice.test");
        for (int i = 0; i < 30; i++) {
            assertThat(shell.login("alice.test", "wrong").code()).isEqualTo(ExitCode.LOGIN_REFUSED);
        }
        Shell.Result result = shell.login("alice.test", Shell.PASSWORD, "--json");
        assertThat(result.code()).isEqualTo(ExitCode.TRY_LATER);
        assertThat(result.errorName()).isEqualTo("RateLimitExceeded");
        assertThat(result.err()).contains("held back", "will work in", "min");
        assertThat(shell.pds.journal().count("com.atproto.server.createSession"))
                .isEqualTo(30);
    }

    @Test
    void aRateLimitSaysWhenToTryAgain() {
        shell.account("alice.test");
        shell.pds.faults().add(Fault.on("com.atproto.server.createSession").retryAfter(Duration.ofMinutes(5)));
        Shell.Result result = shell.login("alice.test", Shell.PASSWORD, "--json");
        assertThat(result.code()).isEqualTo(ExitCode.TRY_LATER);
        assertThat(result.errorName()).isEqualTo("RateLimitExceeded");
        assertThat(result.err()).contains("the service says", "will work in 5 min");
    }

    @Test
    void aServiceThatIsDownIsPassingTrouble() {
        String url = shell.pds.url().toString();
        shell.pds.close();
        Shell.Result result =
                shell.piped("pw\n", "login", "--service", url, "--identifier", "alice.test", "--password-stdin");
        assertThat(result.code()).isEqualTo(ExitCode.TRY_LATER);
    }

    @Test
    void aServiceThatIsNoneIsToldFromOneThatIsDown() {
        shell.pds.faults().add(Fault.on("com.atproto.server.createSession").html(200));
        Shell.Result result = shell.login("alice.test", Shell.PASSWORD, "--json");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.errorName()).isEqualTo("InvalidResponse");
    }

    @Test
    void anAnswerForSomebodyElseIsNotStored() {
        Account alice = shell.account("alice.test");
        Account mallory = shell.account("mallory.test");
        shell.pds.faults().add(Fault.on("com.atproto.server.createSession").wrongDid(mallory.did()));
        Shell.Result result = shell.login(alice.did().value(), Shell.PASSWORD, "--json");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.errorName()).isEqualTo("WrongAccount");
        assertThat(shell.run("whoami").code()).isEqualTo(ExitCode.NO_SESSION);
    }

    @Test
    void addressesThatArePlainlyWrongAreRefusedBeforeAnythingIsSent() {
        for (String service : new String[] {
            "http://pds.example.com",
            "https://user:planted@pds.example.com",
            "https://pds.example.com/path",
            "ftp://x.y",
            "https://a b.example",
            "https://"
        }) {
            Shell.Result result = shell.piped(
                    "pw\n", "login", "--service", service, "--identifier", "alice.test", "--password-stdin");
            assertThat(result.code()).as(service).isEqualTo(ExitCode.USAGE);
            assertThat(result.err()).as(service).doesNotContain("planted");
        }
    }

    @Test
    void identifiersThatArePlainlyWrongAreRefusedBeforeAnythingIsSent() {
        for (String identifier : new String[] {"alice", "", "https://alice.test:planted@pds.example.com"}) {
            Shell.Result result = shell.login(identifier, "pw");
            assertThat(result.code()).as(identifier).isEqualTo(ExitCode.USAGE);
            assertThat(result.err()).as(identifier).doesNotContain("planted");
        }
        assertThat(shell.calls("com.atproto.server.createSession")).isZero();
    }

    @Test
    void aLeadingAtSignIsNoFileName() {
        shell.account("alice.test");
        assertThat(shell.login("@alice.test", Shell.PASSWORD).code()).isZero();
    }

    @Test
    void theServiceOfADidIsFound() {
        Account alice = shell.account("alice.test");
        shell.environment.put("ATP_PLC_URL", shell.pds.plcUrl().toString());
        Shell.Result result =
                shell.piped(Shell.PASSWORD, "login", "--identifier", alice.did().value(), "--password-stdin", "--json");
        assertThat(result.err()).isEmpty();
        assertThat(result.json().getString("service")).contains(shell.pds.url().toString());
    }

    @Test
    void anEmailAddressNeedsAService() {
        Shell.Result result =
                shell.piped("pw", "login", "--identifier", "alice@example.com", "--password-stdin", "--json");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("--service");
    }

    @Test
    void aSecondLoginEndsTheFirstSession() {
        Account alice = shell.loggedIn("alice.test");
        assertThat(shell.login("alice.test", Shell.PASSWORD).code()).isZero();
        assertThat(shell.pds.accounts().refreshTokens(alice.did())).hasSize(1);
    }

    @Test
    void verboseTellsWhatWentOverTheWire() {
        shell.account("alice.test");
        assertThat(shell.login("alice.test", Shell.PASSWORD, "--verbose").err())
                .contains(
                        "com.atproto.server.createSession at " + shell.pds.url().getAuthority() + ": 200, ");
    }
}
