// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexMap;
import java.time.Duration;
import java.util.List;

/** Codes that come by mail, whose errors have the names of session errors; and what a new password ends. */
final class Mail {

    private Mail() {}

    static List<Scenario> scenarios() {
        return List.of(
                Scenario.of("mail/confirm", "the mailed code confirms the address", world -> {
                    Account account = world.createAccount();
                    requestConfirmation(world, account);
                    confirm(world, account, world.mailedCode(account)).ok();
                    assertThat(world.wire().refresh(account.born()).body().getBoolean("emailConfirmed"))
                            .hasValue(true);
                }),
                Scenario.of("mail/wrong-code", "a wrong code is InvalidToken \"Token is invalid\"", world -> {
                    Account account = world.createAccount();
                    requestConfirmation(world, account);
                    confirm(world, account, "AAAAA-BBBBB").refused(400, "InvalidToken", "Token is invalid");
                }),
                Scenario.of(
                        "mail/stale-code",
                        "a code older than 15 minutes is ExpiredToken \"Token is expired\"",
                        world -> {
                            Account account = world.createAccount();
                            requestConfirmation(world, account);
                            String code = world.mailedCode(account);
                            world.advance(Duration.ofMinutes(16));
                            confirm(world, account, code).refused(400, "ExpiredToken", "Token is expired");
                            world.wire().getSession(account.born().access()).ok();
                        }),
                Scenario.of(
                        "mail/reset-password", "a new password ends every session, also of app passwords", world -> {
                            Account account = world.createAccount();
                            String appPassword = AppPasswords.create(world, account, "one", false);
                            Tokens app = AppPasswords.logIn(world, account, appPassword);
                            Tokens login = world.wire().logIn(account);
                            changePassword(world, account, "another password");
                            for (Tokens each : List.of(account.born(), app, login)) {
                                world.wire()
                                        .refresh(each.refresh())
                                        .refused(400, "ExpiredToken", "Token has been revoked");
                            }
                            world.wire().getSession(login.access()).ok();
                            world.wire()
                                    .logIn(account.handle(), account.password())
                                    .refused(401, "AuthenticationRequired");
                            world.wire()
                                    .logIn(account.handle(), "another password")
                                    .ok();
                            world.wire().logIn(account.handle(), appPassword).ok();
                        }),
                Scenario.of("mail/reset-codes", "a wrong code for a new password is InvalidToken", world -> {
                    reset(world, "AAAAA-BBBBB", "another password").refused(400, "InvalidToken", "Token is invalid");
                }));
    }

    /** Gives an account a new password, by way of a mailed code. */
    static void changePassword(World world, Account account, String password) {
        world.wire()
                .post(
                        "com.atproto.server.requestPasswordReset",
                        LexMap.builder().put("email", account.email()).build())
                .ok();
        reset(world, world.mailedCode(account), password).ok();
    }

    private static void requestConfirmation(World world, Account account) {
        world.wire()
                .as(account.born().access())
                .post("com.atproto.server.requestEmailConfirmation")
                .ok();
    }

    private static Answer confirm(World world, Account account, String code) {
        return world.wire()
                .as(account.born().access())
                .post(
                        "com.atproto.server.confirmEmail",
                        LexMap.builder()
                                .put("email", account.email())
                                .put("token", code)
                                .build());
    }

    private static Answer reset(World world, String code, String password) {
        return world.wire()
                .post(
                        "com.atproto.server.resetPassword",
                        LexMap.builder()
                                .put("token", code)
                                .put("password", password)
                                .build());
    }
}
