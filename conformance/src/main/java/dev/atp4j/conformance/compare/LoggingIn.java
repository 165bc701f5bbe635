// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import static dev.atp4j.conformance.compare.Program.ORDINARY;
import static dev.atp4j.conformance.compare.Stage.LOGIN;

import dev.atp4j.conformance.Account;
import dev.atp4j.conformance.Wire;
import dev.atp4j.data.LexMap;
import dev.atp4j.pds.Fault;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Logins, and what becomes of accounts. */
final class LoggingIn {

    private static final int TOO_MANY = 4;
    private static final LexMap BOT = LexMap.builder().put("name", "bot").build();

    private LoggingIn() {}

    static List<Scene> scenes() {
        return List.of(
                Scene.of(
                        "S48",
                        "a handle with @, capitals, a space and an invisible character in front",
                        Promise.NAMES,
                        stage -> {
                            Account account = stage.account();
                            Reply login = stage.start()
                                    .logIn("\u200b @" + account.handle().replace("user", "User"), account.password());
                            return Finding.that(login.done(), login.words());
                        }),
                byUrl("url", "an address with handle and app password", Promise.LOGIN_URL, Account::handle),
                byUrl("S49", "an address with an e-mail address, percent-encoded", Promise.ENCODED, Account::email),
                Scene.of(
                                "S50",
                                "a code is mailed; a second login with the code works",
                                Promise.SECOND_FACTOR,
                                stage -> {
                                    Account account = stage.account();
                                    stage.world().requireAuthFactor(account);
                                    Program program = stage.start();
                                    Reply first = program.logIn(account.handle(), account.password());
                                    if (!first.failure().orElse("").equals("AuthFactorTokenRequired")) {
                                        return Finding.not(first.words());
                                    }
                                    Reply second = program.logIn(credentials(account)
                                            .put("code", stage.world().mailedCode(account)));
                                    return Finding.that(second.done(), second.words());
                                })
                        .onlyEmbedded(),
                Scene.of(
                                "S51",
                                "another account's session is saved: it is not taken for the credentials' own",
                                Promise.SAVED_OR_LOGIN,
                                stage -> {
                                    Program program = stage.loggedIn();
                                    Account other = stage.createAccount();
                                    Reply login = program.logIn(credentials(other)
                                            .put("saved", stage.account().did()));
                                    return Finding.that(
                                            login.body()
                                                    .getString("did")
                                                    .orElse("")
                                                    .equals(other.did()),
                                            "takes it");
                                })
                        .without(Client.LEX, Client.LEX_OLD, Client.API),
                Scene.of(
                        "S52",
                        "a login is refused for five minutes; the next ones are not even sent",
                        Promise.LOGIN_BUDGET,
                        stage -> {
                            Program program = stage.start();
                            stage.fault(Fault.on(LOGIN).always().retryAfter(Duration.ofMinutes(5)));
                            for (int i = 0; i < TOO_MANY; i++) {
                                program.logIn(
                                        stage.account().handle(),
                                        stage.account().password());
                            }
                            int sent = stage.world().calls(LOGIN);
                            return Finding.that(sent == 1, sent + " of " + TOO_MANY + " sent");
                        }),
                Scene.of(
                        "revoked",
                        "the app password is revoked: the program hears that the session is over",
                        Promise.TELLS,
                        stage -> {
                            Program program = revoked(stage, stage.start());
                            program.call();
                            return Finding.that(
                                    Stage.settles(() -> program.events().contains("deleted")), "not heard");
                        }),
                Scene.of(
                        "S57",
                        "the session is revoked, a password is at hand: the call is served",
                        Promise.LOGS_IN_AGAIN,
                        stage -> {
                            Program program = stage.start(stage.settings(Duration.ZERO)
                                    .put("vault", stage.account().password()));
                            revoked(stage, program);
                            return Finding.served(program.call());
                        }),
                Scene.of(
                        "S54",
                        "the account is taken down: the program hears of it, and asks no more",
                        Promise.TELLS,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.world().takeDown(stage.account());
                            stage.hours(3);
                            program.call();
                            if (!Stage.settles(() -> program.events().contains("deleted"))) {
                                return Finding.not("not heard");
                            }
                            int refreshes = stage.refreshes();
                            program.call();
                            return Finding.that(stage.refreshes() == refreshes, "refreshes again");
                        }),
                Scene.of(
                        "S53",
                        "a login of an account that is taken down: a 401 does not end it",
                        Promise.ACCOUNTS,
                        stage -> {
                            stage.world().takeDown(stage.account());
                            Program program = stage.start();
                            Reply login =
                                    program.logIn(credentials(stage.account()).put("allowTakendown", true));
                            if (!login.done()) {
                                return Finding.not(login.words());
                            }
                            stage.fault(Fault.on(ORDINARY)
                                    .always()
                                    .error(401, "AuthenticationRequired", "Authentication Required"));
                            program.call();
                            return Finding.that(program.alive(), "session lost");
                        }),
                Scene.of("S55", "the account is deleted: the session is over within hours", Promise.ACCOUNTS, stage -> {
                    Program program = stage.loggedIn();
                    stage.world().delete(stage.account());
                    for (int i = 0; i < 3; i++) {
                        stage.hours(1);
                        program.call();
                    }
                    return Finding.that(!program.alive(), "goes on for ever");
                }));
    }

    private static Scene byUrl(String id, String sentence, Promise promise, Function<Account, String> identifier) {
        return Scene.of(id, sentence, promise, stage -> {
                    URI service = stage.world().service();
                    String word = appPassword(
                            stage.wire().as(stage.wire().logIn(stage.account()).access()));
                    Reply login = stage.start()
                            .logInBy(service.getScheme() + "://" + encoded(identifier.apply(stage.account())) + ":"
                                    + word + "@" + service.getAuthority());
                    return Finding.that(login.done(), login.words());
                })
                .without(Client.LEX_OLD, Client.API);
    }

    private static String appPassword(Wire wire) {
        return wire.post("com.atproto.server.createAppPassword", BOT)
                .ok()
                .json()
                .getString("password")
                .orElseThrow();
    }

    private static Program revoked(Stage stage, Program program) {
        Account account = stage.account();
        var wire = stage.wire().as(stage.wire().logIn(account).access());
        stage.loggedIn(program, appPassword(wire));
        wire.post("com.atproto.server.revokeAppPassword", BOT).ok();
        stage.hours(3);
        return program;
    }

    private static LexMap.Builder credentials(Account account) {
        return LexMap.builder().put("identifier", account.handle()).put("password", account.password());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
