// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexMap;
import dev.atp4j.pds.Caller.Result;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppPasswordTest {

    private static final String BAD_SCOPE = "400 InvalidToken \"Bad token scope\"";
    private static final String BAD_METHOD = "400 InvalidToken \"Bad token method\"";

    private final EmbeddedPds pds = EmbeddedPds.builder().start();
    private final Caller caller = new Caller(pds.url());
    private final Account alice = pds.createAccount("alice.test", "password");

    @AfterEach
    void stop() {
        pds.close();
    }

    private Result login(boolean privileged) {
        return caller.login(
                "alice.test", pds.accounts().createAppPassword(alice.did(), "app " + privileged, privileged));
    }

    private static LexMap name(String name) {
        return LexMap.builder().put("name", name).build();
    }

    @Test
    void theOwnerMakesThemListsThemAndRevokesThem() {
        String owner = caller.login("alice.test", "password").access();
        Result made = caller.post("com.atproto.server.createAppPassword", owner, name("phone"));
        assertThat(made.text("password")).matches("[a-z2-7]{4}(-[a-z2-7]{4}){3}");
        assertThat(made.json().without("password").toString())
                .isEqualTo("{\"name\":\"phone\",\"createdAt\":\"2026-01-01T00:00:00.000Z\",\"privileged\":false}");
        assertThat(caller.get("com.atproto.server.listAppPasswords", owner)
                        .json()
                        .toString())
                .isEqualTo("{\"passwords\":[" + made.json().without("password") + "]}");
        assertThat(caller.login("alice.test", made.text("password")).outcome()).isEqualTo("200");
        assertThat(caller.post("com.atproto.server.revokeAppPassword", owner, name("phone"))
                        .outcome())
                .isEqualTo("200");
        assertThat(caller.login("alice.test", made.text("password")).status()).isEqualTo(401);
    }

    @Test
    void theScopeSurvivesRefreshes() {
        for (boolean privileged : List.of(false, true)) {
            String scope = privileged ? "com.atproto.appPassPrivileged" : "com.atproto.appPass";
            Result session = login(privileged);
            for (int i = 0; i < 3; i++) {
                assertThat(Caller.claims(session.access()).getString("scope")).contains(scope);
                session = caller.refreshSession(session.refresh());
            }
        }
    }

    @Test
    void neitherKindMayTouchTheAccountItself() {
        for (boolean privileged : List.of(false, true)) {
            String token = login(privileged).access();
            for (String method : List.of(
                    "com.atproto.server.requestEmailUpdate",
                    "com.atproto.server.requestAccountDelete",
                    "com.atproto.server.activateAccount",
                    "com.atproto.identity.requestPlcOperationSignature")) {
                assertThat(caller.post(method, token).outcome()).as(method).isEqualTo(BAD_SCOPE);
            }
            for (String method : List.of(
                    "com.atproto.server.createAppPassword",
                    "com.atproto.server.updateEmail",
                    "com.atproto.server.deactivateAccount",
                    "com.atproto.identity.signPlcOperation",
                    "com.atproto.repo.importRepo")) {
                assertThat(caller.post(method, token, LexMap.empty()).outcome())
                        .as(method)
                        .isEqualTo(BAD_SCOPE);
            }
            assertThat(caller.get("com.atproto.server.getAccountInviteCodes", token)
                            .outcome())
                    .isEqualTo(BAD_SCOPE);
        }
    }

    @Test
    void onlyThePrivilegedKindChats() {
        String plain = login(false).access();
        String privileged = login(true).access();
        for (String method : List.of("chat.bsky.convo.listConvos", "chat.bsky.convo.getLog")) {
            assertThat(caller.get(method, plain).outcome()).isEqualTo(BAD_METHOD);
        }
        assertThat(caller.get("chat.bsky.convo.listConvos", privileged).outcome())
                .isEqualTo("200");
        String serviceAuth = "com.atproto.server.getServiceAuth?aud=did:web:api.bsky.chat&lxm=chat.bsky.convo.getLog";
        assertThat(caller.get(serviceAuth, plain).outcome())
                .isEqualTo("400 InvalidRequest \"insufficient access to request a service auth token for the"
                        + " following method: chat.bsky.convo.getLog\"");
        assertThat(caller.get(serviceAuth, privileged).outcome()).isEqualTo("200");
    }

    @Test
    void bothKindsMayDoTheRest() {
        for (boolean privileged : List.of(false, true)) {
            String token = login(privileged).access();
            LexMap handle = LexMap.builder()
                    .put("handle", "alice" + privileged + ".test")
                    .build();
            assertThat(caller.post("com.atproto.identity.updateHandle", token, handle)
                            .outcome())
                    .isEqualTo("200");
            assertThat(caller.post("com.atproto.server.requestEmailConfirmation", token)
                            .outcome())
                    .isEqualTo("200");
            assertThat(caller.get("com.atproto.server.checkAccountStatus", token)
                            .outcome())
                    .isEqualTo("200");
            assertThat(caller.get("com.atproto.server.listAppPasswords", token).outcome())
                    .isEqualTo("200");
            assertThat(caller.getSession(token).text("email")).isEqualTo(alice.email());
            pds.accounts().changeHandle(alice.did(), "alice.test");
        }
        String plain = caller.login("alice.test", pds.accounts().createAppPassword(alice.did(), "third", false))
                .access();
        caller.post("com.atproto.server.revokeAppPassword", plain, name("app true"));
        assertThat(caller.get("com.atproto.server.listAppPasswords", plain)
                        .json()
                        .toString())
                .doesNotContain("app true")
                .contains("app false");
    }

    @Test
    void revokingOneEndsItsSessionsWithAllAncestorsAndNoOthers() {
        Result owner = caller.login("alice.test", "password");
        Result other = login(true);
        Result first = login(false);
        Result second = caller.refreshSession(first.refresh());
        pds.accounts().revokeAppPassword(alice.did(), "app false");
        for (Result dead : List.of(first, second)) {
            assertThat(caller.refreshSession(dead.refresh()).outcome())
                    .isEqualTo("400 ExpiredToken \"Token has been revoked\"");
        }
        assertThat(caller.refreshSession(owner.refresh()).outcome()).isEqualTo("200");
        assertThat(caller.refreshSession(other.refresh()).outcome()).isEqualTo("200");
    }
}
