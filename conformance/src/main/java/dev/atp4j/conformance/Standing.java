// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexMap;
import java.util.List;

/** What becomes of sessions when an account is taken down, deactivated or deleted. */
final class Standing {

    private static final String WRONG = "Invalid identifier or password";
    private static final String TAKEN_DOWN = "Account has been taken down";

    private Standing() {}

    static List<Scenario> scenarios() {
        return List.of(
                Scenario.of("takedown/login", "a taken down account is told so after a right password only", world -> {
                    Account account = world.createAccount();
                    world.takeDown(account);
                    world.wire()
                            .logIn(account.handle(), account.password())
                            .refused(401, "AccountTakedown", TAKEN_DOWN);
                    world.wire().logIn(account.handle(), "not it").refused(401, "AuthenticationRequired", WRONG);
                }),
                Scenario.of(
                        "takedown/tokens", "a takedown stops refreshing and reading, but not logging out", world -> {
                            Account account = world.createAccount();
                            Tokens tokens = account.born();
                            world.takeDown(account);
                            world.wire().refresh(tokens.refresh()).refused(401, "AccountTakedown", TAKEN_DOWN);
                            world.wire().getSession(tokens.access()).refused(400, "InvalidRequest", noInfo(account));
                            world.wire().logOut(tokens.refresh()).ok();
                        }),
                Scenario.of("takedown/write", "a taken down account cannot write", world -> {
                    Account account = world.createAccount();
                    world.takeDown(account);
                    Records.post(world.wire().as(account.born().access()), account, "hello")
                            .refused(401, "AccountTakedown");
                }),
                Scenario.of("takedown/lifted", "lifting a takedown does not bring the tokens back", world -> {
                    Account account = world.createAccount();
                    world.takeDown(account);
                    world.restore(account);
                    world.wire()
                            .refresh(account.born().refresh())
                            .refused(400, "ExpiredToken", "Token has been revoked");
                    world.wire().getSession(account.born().access()).ok();
                    world.wire().logIn(account);
                }),
                Scenario.of(
                        "takedown/app-password", "with an app password a takedown looks like a wrong one", world -> {
                            Account account = world.createAccount();
                            String password = AppPasswords.create(world, account, "one", false);
                            world.takeDown(account);
                            world.wire()
                                    .logIn(account.handle(), password)
                                    .refused(401, "AuthenticationRequired", WRONG);
                            allowTakendown(world, account, password).refused(401, "AuthenticationRequired", WRONG);
                        }),
                Scenario.of(
                        "takedown/allowed", "allowTakendown logs in with a scope that cannot be refreshed", world -> {
                            Account account = world.createAccount();
                            world.takeDown(account);
                            int before = world.liveTokens(account);
                            Tokens tokens = allowTakendown(world, account, account.password())
                                    .tokens();
                            assertThat(tokens.body().getBoolean("active")).hasValue(false);
                            assertThat(tokens.body().getString("status")).hasValue("takendown");
                            assertThat(Tokens.claims(tokens.access()).getString("scope"))
                                    .hasValue("com.atproto.takendown");
                            assertThat(world.liveTokens(account)).isEqualTo(before);
                            world.wire().refresh(tokens.refresh()).refused(401, "AccountTakedown");
                            world.wire().getSession(tokens.access()).refused(400, "InvalidToken", "Bad token scope");
                            world.wire().logOut(tokens.refresh()).ok();
                        }),
                Scenario.of(
                        "deactivated/session",
                        "a deactivated account logs in, refreshes and reads as inactive",
                        world -> {
                            Account account = world.createAccount();
                            deactivate(world, account);
                            for (LexMap body : List.of(
                                    world.wire().logIn(account).body(),
                                    world.wire().refresh(account.born()).body(),
                                    world.wire()
                                            .getSession(account.born().access())
                                            .ok()
                                            .json())) {
                                assertThat(body.getBoolean("active")).hasValue(false);
                                assertThat(body.getString("status")).hasValue("deactivated");
                            }
                        }),
                Scenario.of("deactivated/write", "a deactivated account's write is 401 AccountDeactivated", world -> {
                    Account account = world.createAccount();
                    deactivate(world, account);
                    Records.post(world.wire().as(account.born().access()), account, "hello")
                            .refused(401, "AccountDeactivated", "Account is deactivated");
                }),
                Scenario.of("deactivated/back", "an account that comes back goes on with the tokens it had", world -> {
                    Account account = world.createAccount();
                    deactivate(world, account);
                    world.wire()
                            .as(account.born().access())
                            .post("com.atproto.server.activateAccount")
                            .ok();
                    Tokens tokens = world.wire().refresh(account.born());
                    assertThat(tokens.body().getBoolean("active")).hasValue(true);
                    Records.post(world.wire().as(tokens.access()), account, "back")
                            .ok();
                }),
                Scenario.of(
                        "deleted/session", "a deleted account's tokens meet 400 InvalidRequest, not expiry", world -> {
                            Account account = world.createAccount();
                            Tokens tokens = account.born();
                            world.delete(account);
                            world.wire()
                                    .logIn(account.handle(), account.password())
                                    .refused(401, "AuthenticationRequired", WRONG);
                            world.wire().refresh(tokens.refresh()).refused(400, "InvalidRequest", noInfo(account));
                            world.wire().getSession(tokens.access()).refused(400, "InvalidRequest", noInfo(account));
                            world.wire().logOut(tokens.refresh()).ok();
                        }),
                Scenario.of("deleted/write", "a deleted account's write is 403 AccountNotFound", world -> {
                    Account account = world.createAccount();
                    world.delete(account);
                    Records.post(world.wire().as(account.born().access()), account, "hello")
                            .refused(403, "AccountNotFound", "Account not found");
                }));
    }

    static void deactivate(World world, Account account) {
        world.wire()
                .as(account.born().access())
                .post("com.atproto.server.deactivateAccount", LexMap.empty())
                .ok();
    }

    private static Answer allowTakendown(World world, Account account, String password) {
        return world.wire()
                .post(
                        "com.atproto.server.createSession",
                        LexMap.builder()
                                .put("identifier", account.handle())
                                .put("password", password)
                                .put("allowTakendown", true)
                                .build());
    }

    private static String noInfo(Account account) {
        return "Could not find user info for account: " + account.did();
    }
}
