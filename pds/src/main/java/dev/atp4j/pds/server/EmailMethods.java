// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.pds.server.AccountRow.EmailCode;
import dev.atp4j.pds.server.Field.Form;
import dev.atp4j.pds.server.RateLimiter.Charge;
import dev.atp4j.pds.server.RateLimiter.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Everything that sends a code by e-mail or asks for one. The mail itself stays in the box. */
final class EmailMethods {

    static final String AUTH_FACTOR = "auth_factor";
    static final String CONFIRM_EMAIL = "confirm_email";
    static final String UPDATE_EMAIL = "update_email";
    static final String RESET_PASSWORD = "reset_password";
    static final String DELETE_ACCOUNT = "delete_account";

    private static final Duration CODE_LIFETIME = Duration.ofMinutes(15);
    private static final int LONGEST_NEW_PASSWORD = 256;

    private EmailMethods() {}

    static List<Method> all() {
        Auth standard = Auth.STANDARD.checkTakedown();
        Auth full = Auth.FULL.checkTakedown();
        return List.of(
                Method.procedure("com.atproto.server.requestEmailConfirmation")
                        .auth(standard)
                        .aboutAccounts()
                        .costs(call -> perCaller(call, "requestEmailConfirmation"))
                        .does(EmailMethods::requestConfirmation),
                Method.procedure("com.atproto.server.confirmEmail")
                        .json(Field.text("email"), Field.text("token"))
                        .auth(standard)
                        .aboutAccounts()
                        .does(EmailMethods::confirm),
                Method.procedure("com.atproto.server.requestEmailUpdate")
                        .auth(full)
                        .aboutAccounts()
                        .costs(call -> perCaller(call, "requestEmailUpdate"))
                        .does(EmailMethods::requestUpdate),
                Method.procedure("com.atproto.server.updateEmail")
                        .json(Field.text("email"))
                        .auth(full)
                        .aboutAccounts()
                        .does(EmailMethods::update),
                Method.procedure("com.atproto.server.requestPasswordReset")
                        .json(Field.text("email"))
                        .aboutAccounts()
                        .costs(call -> List.of(
                                new Charge(
                                        new Rule("requestPasswordReset-day", 50, Duration.ofDays(1)),
                                        call.address(),
                                        1),
                                new Charge(
                                        new Rule("requestPasswordReset-hour", 15, Duration.ofHours(1)),
                                        call.address(),
                                        1)))
                        .does(EmailMethods::requestReset),
                Method.procedure("com.atproto.server.resetPassword")
                        .json(Field.text("token"), Field.text("password"))
                        .aboutAccounts()
                        .costs(call -> List.of(
                                new Charge(new Rule("resetPassword", 50, Duration.ofMinutes(5)), call.address(), 1)))
                        .does(EmailMethods::reset),
                Method.procedure("com.atproto.server.requestAccountDelete")
                        .auth(full)
                        .aboutAccounts()
                        .costs(call -> perCaller(call, "requestAccountDelete"))
                        .does(EmailMethods::requestDelete),
                Method.procedure("com.atproto.server.deleteAccount")
                        .json(Field.of("did", Form.DID), Field.text("password"), Field.text("token"))
                        .aboutAccounts()
                        .costs(call -> List.of(
                                new Charge(new Rule("deleteAccount", 50, Duration.ofMinutes(5)), call.address(), 1)))
                        .does(EmailMethods::delete));
    }

    private static List<Charge> perCaller(Call call, String name) {
        String did = call.caller().did();
        return List.of(
                new Charge(new Rule(name + "-day", 15, Duration.ofDays(1)), did, 1),
                new Charge(new Rule(name + "-hour", 5, Duration.ofHours(1)), did, 1));
    }

    /** Makes a code and "sends" it. */
    static void send(Box box, AccountRow account, String purpose) {
        String random = box.randomBase32(10).toUpperCase(Locale.ROOT);
        String code = random.substring(0, 5) + "-" + random.substring(5);
        account.emailCodes.put(purpose, new EmailCode(code, box.time().now()));
        account.latestEmailCode = code;
    }

    private static void check(Call call, AccountRow account, String purpose, String code) {
        EmailCode sent = account.emailCodes.get(purpose);
        if (sent == null || !sent.code().equals(code.toUpperCase(Locale.ROOT))) {
            throw XrpcFailure.invalidRequest("InvalidToken", "Token is invalid");
        }
        if (!call.now().isBefore(sent.sentAt().plus(CODE_LIFETIME))) {
            throw XrpcFailure.invalidRequest("ExpiredToken", "Token is expired");
        }
    }

    /** Demands the second factor of a login. Every try without one sends a new code. */
    static void checkAuthFactor(Call call, AccountRow account) {
        Optional<String> code = call.input().getString("authFactorToken").filter(text -> !text.isEmpty());
        if (code.isEmpty()) {
            send(call.box(), account, AUTH_FACTOR);
            throw XrpcFailure.unauthorized(
                    "AuthFactorTokenRequired", "A sign in code has been sent to your email address");
        }
        check(call, account, AUTH_FACTOR, code.get());
        account.emailCodes.remove(AUTH_FACTOR);
    }

    private static AccountRow account(Call call) {
        return call.account().orElseThrow(() -> XrpcFailure.invalidRequest("account not found"));
    }

    private static Reply requestConfirmation(Call call) {
        send(call.box(), account(call), CONFIRM_EMAIL);
        return Reply.EMPTY;
    }

    private static Reply confirm(Call call) {
        AccountRow account =
                call.account().orElseThrow(() -> XrpcFailure.invalidRequest("AccountNotFound", "user not found"));
        if (!account.email.equals(call.text("email").toLowerCase(Locale.ROOT))) {
            throw XrpcFailure.invalidRequest("InvalidEmail", "invalid email");
        }
        check(call, account, CONFIRM_EMAIL, call.text("token"));
        account.emailCodes.remove(CONFIRM_EMAIL);
        account.emailConfirmed = true;
        return Reply.EMPTY;
    }

    private static Reply requestUpdate(Call call) {
        AccountRow account = account(call);
        if (account.emailConfirmed) {
            send(call.box(), account, UPDATE_EMAIL);
        }
        return Reply.json(
                LexMap.builder().put("tokenRequired", account.emailConfirmed).build());
    }

    private static Reply update(Call call) {
        String email = AccountMethods.checkedEmail(call.text("email"));
        AccountRow account = account(call);
        Optional<String> code = call.input().getString("token").filter(text -> !text.isEmpty());
        if (code.isEmpty() && account.emailConfirmed) {
            throw XrpcFailure.invalidRequest("TokenRequired", "confirmation token required");
        }
        code.ifPresent(text -> check(call, account, UPDATE_EMAIL, text));
        if (call.service().findByEmail(email).filter(other -> other != account).isPresent()) {
            throw XrpcFailure.invalidRequest("This email address is already in use, please use a different email.");
        }
        account.email = email;
        account.emailConfirmed = false;
        account.emailCodes.clear();
        return Reply.EMPTY;
    }

    private static Reply requestReset(Call call) {
        AccountRow account = call.service()
                .findByEmail(call.text("email"))
                .orElseThrow(() -> XrpcFailure.invalidRequest("account does not have an email address"));
        send(call.box(), account, RESET_PASSWORD);
        return Reply.EMPTY;
    }

    private static Reply reset(Call call) {
        if (call.text("password").length() > LONGEST_NEW_PASSWORD) {
            throw XrpcFailure.invalidRequest("Invalid password length.");
        }
        String code = call.text("token").toUpperCase(Locale.ROOT);
        AccountRow account = call.service().accounts.values().stream()
                .filter(each -> {
                    EmailCode sent = each.emailCodes.get(RESET_PASSWORD);
                    return sent != null && sent.code().equals(code);
                })
                .findFirst()
                .orElseThrow(() -> XrpcFailure.invalidRequest("InvalidToken", "Token is invalid"));
        check(call, account, RESET_PASSWORD, code);
        setPassword(call.service().authority, account, Secret.of(call.text("password")));
        return Reply.EMPTY;
    }

    /** A new password ends all sessions, those of app passwords too; the app passwords themselves stay good. */
    static void setPassword(Authority authority, AccountRow account, Secret password) {
        account.password = password;
        account.emailCodes.remove(RESET_PASSWORD);
        authority.refreshTokens.revokeAll(account.did);
    }

    private static Reply requestDelete(Call call) {
        send(call.box(), account(call), DELETE_ACCOUNT);
        return Reply.EMPTY;
    }

    private static Reply delete(Call call) {
        AccountRow account = call.service()
                .find(call.text("did"))
                .orElseThrow(() -> XrpcFailure.invalidRequest("account not found"));
        if (!account.password.equals(Secret.of(call.text("password")))) {
            throw XrpcFailure.unauthorized("Invalid did or password");
        }
        check(call, account, DELETE_ACCOUNT, call.text("token"));
        call.box().registry().remove(account);
        return Reply.EMPTY;
    }
}
