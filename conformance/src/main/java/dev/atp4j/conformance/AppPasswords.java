// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import java.util.List;

/** What app passwords are good for, and what they are not. */
final class AppPasswords {

    private AppPasswords() {}

    static List<Scenario> scenarios() {
        return List.of(
                Scenario.of("app-password/form", "an app password is four groups of four base32 letters", world -> {
                    assertThat(create(world, world.createAccount(), "one", false))
                            .matches("[a-z2-7]{4}(-[a-z2-7]{4}){3}");
                }),
                Scenario.of("app-password/scope", "both kinds log in with a scope that survives refreshes", world -> {
                    Account account = world.createAccount();
                    Tokens plain = logIn(world, account, create(world, account, "plain", false));
                    Tokens privileged = logIn(world, account, create(world, account, "more", true));
                    for (int i = 0; i < 3; i++) {
                        assertThat(scope(plain)).isEqualTo("com.atproto.appPass");
                        assertThat(scope(privileged)).isEqualTo("com.atproto.appPassPrivileged");
                        plain = world.wire().refresh(plain);
                        privileged = world.wire().refresh(privileged);
                    }
                }),
                Scenario.of("app-password/limits", "neither kind may do what only the account's owner may", world -> {
                    Account account = world.createAccount();
                    for (boolean privileged : List.of(false, true)) {
                        String password = create(world, account, "kind " + privileged, privileged);
                        Wire wire =
                                world.wire().as(logIn(world, account, password).access());
                        List<Answer> answers = List.of(
                                wire.post(
                                        "com.atproto.server.createAppPassword",
                                        LexMap.builder().put("name", "another").build()),
                                wire.post("com.atproto.server.requestEmailUpdate"),
                                wire.post("com.atproto.server.requestAccountDelete"),
                                wire.post("com.atproto.server.deactivateAccount", LexMap.empty()),
                                wire.post("com.atproto.server.activateAccount"),
                                wire.post("com.atproto.identity.requestPlcOperationSignature"));
                        for (Answer answer : answers) {
                            answer.refused(400, "InvalidToken", "Bad token scope");
                        }
                    }
                }),
                Scenario.of("app-password/write", "an app password writes records and reads the address", world -> {
                    Account account = world.createAccount();
                    Wire wire = world.wire()
                            .as(logIn(world, account, create(world, account, "one", false))
                                    .access());
                    Records.post(wire, account, "hello").ok();
                    assertThat(wire.get("com.atproto.server.getSession")
                                    .ok()
                                    .json()
                                    .getString("email"))
                            .hasValue(account.email());
                }),
                Scenario.of("app-password/service-auth", "a plain app password gets no token for chat", world -> {
                    Account account = world.createAccount();
                    String[] chat = {"aud=did:web:api.bsky.chat", "lxm=chat.bsky.convo.listConvos"};
                    Wire plain = world.wire()
                            .as(logIn(world, account, create(world, account, "plain", false))
                                    .access());
                    plain.get("com.atproto.server.getServiceAuth", chat).refused(400, "InvalidRequest");
                    Wire privileged = world.wire()
                            .as(logIn(world, account, create(world, account, "more", true))
                                    .access());
                    privileged.get("com.atproto.server.getServiceAuth", chat).ok();
                }),
                Scenario.of("app-password/chat", "a plain app password's chat call is \"Bad token method\"", world -> {
                    Account account = world.createAccount();
                    world.wire()
                            .as(logIn(world, account, create(world, account, "plain", false))
                                    .access())
                            .with("atproto-proxy", account.did() + "#atproto_pds")
                            .get("chat.bsky.convo.listConvos")
                            .refused(400, "InvalidToken", "Bad token method");
                }),
                Scenario.of(
                        "app-password/siblings", "an app password may list app passwords and revoke others", world -> {
                            Account account = world.createAccount();
                            String other = create(world, account, "other", false);
                            Wire wire = world.wire()
                                    .as(logIn(world, account, create(world, account, "one", false))
                                            .access());
                            LexList listed = wire.get("com.atproto.server.listAppPasswords")
                                    .ok()
                                    .json()
                                    .getList("passwords")
                                    .orElseThrow();
                            assertThat(listed.size()).isEqualTo(2);
                            revoke(wire, "other");
                            world.wire().logIn(account.handle(), other).refused(401, "AuthenticationRequired");
                        }),
                Scenario.of(
                        "app-password/revoked",
                        "revoking one ends its sessions, ancestors included, and no others",
                        world -> {
                            Account account = world.createAccount();
                            Tokens first = logIn(world, account, create(world, account, "one", false));
                            Tokens second = world.wire().refresh(first);
                            Tokens other = logIn(world, account, create(world, account, "other", false));
                            revoke(world.wire().as(account.born().access()), "one");
                            world.wire()
                                    .refresh(first.refresh())
                                    .refused(400, "ExpiredToken", "Token has been revoked");
                            world.wire()
                                    .refresh(second.refresh())
                                    .refused(400, "ExpiredToken", "Token has been revoked");
                            world.wire().refresh(other);
                            world.wire().refresh(account.born());
                        }));
    }

    static String create(World world, Account account, String name, boolean privileged) {
        return world.wire()
                .as(account.born().access())
                .post(
                        "com.atproto.server.createAppPassword",
                        LexMap.builder()
                                .put("name", name)
                                .put("privileged", privileged)
                                .build())
                .ok()
                .json()
                .getString("password")
                .orElseThrow();
    }

    static void revoke(Wire wire, String name) {
        wire.post(
                        "com.atproto.server.revokeAppPassword",
                        LexMap.builder().put("name", name).build())
                .ok();
    }

    static Tokens logIn(World world, Account account, String password) {
        return world.wire().logIn(account.handle(), password).tokens();
    }

    private static String scope(Tokens tokens) {
        return Tokens.claims(tokens.access()).getString("scope").orElseThrow();
    }
}
