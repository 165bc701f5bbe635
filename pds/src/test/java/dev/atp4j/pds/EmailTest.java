// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexMap;
import dev.atp4j.pds.Caller.Result;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Codes that come by e-mail, a second factor among them. */
class EmailTest {

    private static final String SERVER = "com.atproto.server.";
    private static final String INVALID = "400 InvalidToken \"Token is invalid\"";
    private static final String EXPIRED = "400 ExpiredToken \"Token is expired\"";
    private static final String REQUIRED =
            "401 AuthFactorTokenRequired \"A sign in code has been sent to your email address\"";

    private final EmbeddedPds pds = EmbeddedPds.builder().start();
    private final Caller caller = new Caller(pds.url());
    private final Account alice = pds.createAccount("alice.test", "password");
    private final String access = caller.login("alice.test", "password").access();

    @AfterEach
    void stop() {
        pds.close();
    }

    private String code() {
        return pds.accounts().latestEmailCode(alice.did()).orElseThrow();
    }

    private Result post(String method, String... fields) {
        LexMap.Builder input = LexMap.builder();
        for (int i = 0; i < fields.length; i += 2) {
            input.put(fields[i], fields[i + 1]);
        }
        return caller.post(SERVER + method, access, input.build());
    }

    @Test
    void anAddressIsConfirmedByTheCodeThatWasMailed() {
        assertThat(pds.accounts().latestEmailCode(alice.did())).isEmpty();
        caller.post(SERVER + "requestEmailConfirmation", access);
        assertThat(code()).matches("[A-Z2-7]{5}-[A-Z2-7]{5}");
        assertThat(post("confirmEmail", "email", "other@example.com", "token", code())
                        .outcome())
                .isEqualTo("400 InvalidEmail \"invalid email\"");
        assertThat(post("confirmEmail", "email", alice.email(), "token", "AAAAA-BBBBB")
                        .outcome())
                .isEqualTo(INVALID);
        assertThat(post("confirmEmail", "email", alice.email(), "token", code().toLowerCase(Locale.ROOT))
                        .outcome())
                .isEqualTo("200");
        assertThat(caller.getSession(access).json().getBoolean("emailConfirmed"))
                .contains(true);
        assertThat(post("confirmEmail", "email", alice.email(), "token", code()).outcome())
                .isEqualTo(INVALID);
    }

    @Test
    void aCodeIsGoodForAQuarterOfAnHour() {
        caller.post(SERVER + "requestEmailConfirmation", access);
        pds.time().advance(Duration.ofMinutes(15));
        assertThat(post("confirmEmail", "email", alice.email(), "token", code()).outcome())
                .isEqualTo(EXPIRED);
        assertThat(caller.getSession(access).outcome()).isEqualTo("200");
    }

    @Test
    void aNewCodeReplacesTheOld() {
        caller.post(SERVER + "requestEmailConfirmation", access);
        String old = code();
        caller.post(SERVER + "requestEmailConfirmation", access);
        assertThat(post("confirmEmail", "email", alice.email(), "token", old).outcome())
                .isEqualTo(INVALID);
        assertThat(post("confirmEmail", "email", alice.email(), "token", code()).outcome())
                .isEqualTo("200");
    }

    @Test
    void aConfirmedAddressIsChangedWithACodeOnly() {
        assertThat(caller.post(SERVER + "requestEmailUpdate", access).json().getBoolean("tokenRequired"))
                .contains(false);
        caller.post(SERVER + "requestEmailConfirmation", access);
        post("confirmEmail", "email", alice.email(), "token", code());
        assertThat(post("updateEmail", "email", "new@example.com").outcome())
                .isEqualTo("400 TokenRequired \"confirmation token required\"");
        assertThat(caller.post(SERVER + "requestEmailUpdate", access).json().getBoolean("tokenRequired"))
                .contains(true);
        assertThat(post("updateEmail", "email", "new@example.com", "token", code())
                        .outcome())
                .isEqualTo("200");
        assertThat(caller.getSession(access).text("email")).isEqualTo("new@example.com");
        assertThat(caller.login("new@example.com", "password").outcome()).isEqualTo("200");
    }

    @Test
    void aForgottenPasswordIsReset() {
        post("requestPasswordReset", "email", alice.email());
        assertThat(post("resetPassword", "token", "AAAAA-BBBBB", "password", "new")
                        .outcome())
                .isEqualTo(INVALID);
        assertThat(post("resetPassword", "token", code(), "password", "new").outcome())
                .isEqualTo("200");
        assertThat(caller.login("alice.test", "new").outcome()).isEqualTo("200");
        assertThat(post("resetPassword", "token", code(), "password", "newer").outcome())
                .isEqualTo(INVALID);
    }

    @Test
    void anAccountIsDeletedWithPasswordAndCode() {
        caller.post(SERVER + "requestAccountDelete", access);
        String did = alice.did().value();
        assertThat(post("deleteAccount", "did", did, "password", "wrong", "token", code())
                        .outcome())
                .isEqualTo("401 AuthenticationRequired \"Invalid did or password\"");
        assertThat(post("deleteAccount", "did", did, "password", "password", "token", "AAAAA-BBBBB")
                        .outcome())
                .isEqualTo(INVALID);
        assertThat(post("deleteAccount", "did", did, "password", "password", "token", code())
                        .outcome())
                .isEqualTo("200");
        assertThat(pds.accounts().find(did)).isEmpty();
    }

    private Result login(String code) {
        return caller.post(
                SERVER + "createSession",
                "",
                LexMap.builder()
                        .put("identifier", "alice.test")
                        .put("password", "password")
                        .put("authFactorToken", code)
                        .build());
    }

    @Test
    void withoutASecondFactorACodeDoesNoHarm() {
        assertThat(login("AAAAA-BBBBB").outcome()).isEqualTo("200");
    }

    @Test
    void aSecondFactorIsDemandedAndEveryTryMailsANewCode() {
        pds.accounts().requireAuthFactor(alice.did());
        assertThat(caller.login("alice.test", "wrong").status()).isEqualTo(401);
        assertThat(pds.accounts().latestEmailCode(alice.did())).isEmpty();
        assertThat(caller.login("alice.test", "password").outcome()).isEqualTo(REQUIRED);
        String first = code();
        assertThat(login("").outcome()).isEqualTo(REQUIRED);
        assertThat(login(first).outcome()).isEqualTo(INVALID);
        Result in = login(code());
        assertThat(in.outcome()).isEqualTo("200");
        assertThat(in.json().getBoolean("emailAuthFactor")).contains(true);
        assertThat(login(code()).outcome()).isEqualTo(INVALID);
        pds.accounts().dropAuthFactor(alice.did());
        assertThat(caller.login("alice.test", "password").outcome()).isEqualTo("200");
    }

    @Test
    void aSecondFactorExpiresToo() {
        pds.accounts().requireAuthFactor(alice.did());
        caller.login("alice.test", "password");
        pds.time().advance(Duration.ofMinutes(15));
        assertThat(login(code()).outcome()).isEqualTo(EXPIRED);
    }

    @Test
    void appPasswordsNeedNoSecondFactor() {
        pds.accounts().requireAuthFactor(alice.did());
        String appPassword = pds.accounts().createAppPassword(alice.did(), "phone", false);
        assertThat(caller.login("alice.test", appPassword).outcome()).isEqualTo("200");
    }
}
