// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.pds.Caller.Result;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An entryway that keeps sessions, PDSs behind it that keep data, and accounts that move. */
class EntrywayTest {

    private static final String REVOKED = "400 ExpiredToken \"Token has been revoked\"";
    private static final String UNVERIFIED = "400 InvalidToken \"Token could not be verified\"";

    private static final String KEY = "a key that only this test knows";

    private final EmbeddedPds pds =
            EmbeddedPds.builder().entryway(true).jwtSecret(Secret.of(KEY)).start();
    private final Caller entryway = new Caller(pds.url());
    private final Caller host = new Caller(pds.pdsUrl());
    private final Account alice = pds.createAccount("alice.test", "password");
    private final Result session = entryway.login("alice.test", "password");

    @AfterEach
    void stop() {
        pds.close();
    }

    private String did(Caller server) {
        return server.get("com.atproto.server.describeServer", "").text("did");
    }

    private static Result post(Caller server, String token, String did) {
        LexMap record = LexMap.builder()
                .put("text", "hello")
                .put("createdAt", "2026-01-01T00:00:00.000Z")
                .build();
        return server.post(
                "com.atproto.repo.createRecord",
                token,
                LexMap.builder()
                        .put("repo", did)
                        .put("collection", "app.bsky.feed.post")
                        .put("record", record)
                        .build());
    }

    private Result post(Caller server, String token) {
        return post(server, token, alice.did().value());
    }

    @Test
    void theTwoListenOnTwoPorts() {
        assertThat(pds.url()).isNotEqualTo(pds.pdsUrl());
        assertThat(did(entryway)).isNotEqualTo(did(host));
    }

    @Test
    void refreshTokensAreForTheEntrywayAndAccessTokensForThePds() {
        assertThat(Caller.claims(session.refresh()).getString("aud")).contains(did(entryway));
        assertThat(Caller.claims(session.access()).getString("aud")).contains(did(host));
    }

    @Test
    void accessTokensForTheEntrywayItselfAreGoodNowhere() {
        LexMap claims = Caller.claims(session.access()).with("aud", new LexString(did(entryway)));
        String forged = Caller.forge(KEY, "at+jwt", claims);
        assertThat(entryway.getSession(forged).outcome()).isEqualTo(UNVERIFIED);
        assertThat(host.getSession(forged).outcome()).isEqualTo(UNVERIFIED);
    }

    @Test
    void sessionsNameThePds() {
        for (Result result :
                List.of(session, entryway.refreshSession(session.refresh()), entryway.getSession(session.access()))) {
            assertThat(result.json().getMap("didDoc").orElseThrow().toString())
                    .contains("\"serviceEndpoint\":\"" + pds.pdsUrl() + "\"");
        }
    }

    @Test
    void dataCallsWorkAtBothDoors() {
        assertThat(post(host, session.access()).outcome()).isEqualTo("200");
        Result created = post(entryway, session.access());
        assertThat(created.outcome()).isEqualTo("200");
        String query = "com.atproto.repo.listRecords?repo=alice.test&collection=app.bsky.feed.post";
        assertThat(host.get(query, "").json()).isEqualTo(entryway.get(query, "").json());
    }

    @Test
    void thePdsPassesSessionCallsOn() {
        Result login = host.login("alice.test", "password");
        assertThat(Caller.claims(login.refresh()).getString("aud")).contains(did(entryway));
        Result refreshed = host.refreshSession(login.refresh());
        assertThat(refreshed.outcome()).isEqualTo("200");
        assertThat(entryway.refreshSession(refreshed.refresh()).outcome()).isEqualTo("200");
        assertThat(host.deleteSession(refreshed.refresh()).outcome()).isEqualTo("200");
        assertThat(entryway.refreshSession(refreshed.refresh()).outcome()).isEqualTo(REVOKED);
        assertThat(host.getSession(login.access()).outcome()).isEqualTo("200");
    }

    @Test
    void accountsAreCreatedAtTheEntryway() {
        LexMap input = LexMap.builder()
                .put("handle", "bobby.test")
                .put("email", "bob@example.com")
                .put("password", "password")
                .build();
        assertThat(host.post("com.atproto.server.createAccount", "", input).outcome())
                .isEqualTo("400 InvalidRequest \"non-entryway pds requires bringing a DID and plcOp\"");
        Result created = entryway.post("com.atproto.server.createAccount", "", input);
        assertThat(created.outcome()).isEqualTo("200");
        assertThat(post(host, created.access(), created.text("did")).outcome()).isEqualTo("200");
    }

    @Test
    void theJournalTellsTheDoors() {
        pds.journal().clear();
        entryway.getSession(session.access());
        host.getSession(session.access());
        assertThat(pds.journal().entries()).extracting(Journal.Entry::side).containsExactly(Side.ENTRYWAY, Side.PDS);
    }

    @Test
    void thePdsTellsWhereItsEntrywayIs() {
        LexMap resource = host.send(
                        host.request("/.well-known/oauth-protected-resource").GET())
                .json();
        assertThat(resource.getString("resource")).contains(pds.pdsUrl().toString());
        assertThat(resource.getList("authorization_servers").orElseThrow().toString())
                .isEqualTo("[\"" + pds.url() + "\"]");
    }

    @Test
    void anAccountThatMovesBehindTheEntrywayKeepsItsSessions() {
        post(host, session.access());
        URI home = pds.accounts().move(alice.did());
        assertThat(home).isEqualTo(pds.otherPdsUrl()).isNotEqualTo(pds.pdsUrl());
        Caller newHost = new Caller(home);

        // The old PDS knows nobody of that name, and the new one does not take the old tokens.
        assertThat(host.refreshSession(session.refresh()).outcome())
                .isEqualTo("400 InvalidRequest \"Could not find user info for account: " + alice.did() + "\"");
        assertThat(post(host, session.access()).outcome()).isEqualTo("403 AccountNotFound \"Account not found\"");
        assertThat(post(newHost, session.access()).outcome()).isEqualTo(UNVERIFIED);

        Result refreshed = entryway.refreshSession(session.refresh());
        assertThat(Caller.claims(refreshed.access()).getString("aud")).contains(did(newHost));
        assertThat(refreshed.json().getMap("didDoc").orElseThrow().toString()).contains(home.toString());
        assertThat(post(newHost, refreshed.access()).outcome()).isEqualTo("200");
        String query = "com.atproto.repo.listRecords?repo=alice.test&collection=app.bsky.feed.post";
        assertThat(newHost.get(query, "")
                        .json()
                        .getList("records")
                        .orElseThrow()
                        .size())
                .isEqualTo(2);
        assertThat(pds.journal().entries().stream().map(Journal.Entry::side)).contains(Side.OTHER_PDS);
    }

    @Test
    void anAccountThatMovesWithoutAnEntrywayLeavesADeactivatedOneBehind() {
        try (EmbeddedPds alone = EmbeddedPds.builder().didDocInSession(true).start()) {
            Account bob = alone.createAccount("bob.test", "password");
            Caller old = new Caller(alone.url());
            Result login = old.login("bob.test", "password");
            URI home = alone.accounts().move(bob.did());
            Caller target = new Caller(home);

            Result refreshed = old.refreshSession(login.refresh());
            assertThat(refreshed.outcome()).isEqualTo("200");
            assertThat(refreshed.text("status")).isEqualTo("deactivated");
            assertThat(refreshed.json().getMap("didDoc").orElseThrow().toString())
                    .contains(home.toString());
            assertThat(post(old, refreshed.access(), bob.did().value()).outcome())
                    .isEqualTo("401 AccountDeactivated \"Account is deactivated\"");
            assertThat(old.post("com.atproto.server.activateAccount", refreshed.access())
                            .status())
                    .isEqualTo(400);

            // The new PDS has another key and another name.
            assertThat(target.getSession(refreshed.access()).outcome()).isEqualTo(UNVERIFIED);
            assertThat(target.refreshSession(refreshed.refresh()).outcome()).isEqualTo(UNVERIFIED);
            Result fresh = target.login("bob.test", "password");
            assertThat(fresh.json().getBoolean("active")).contains(true);
            assertThat(post(target, fresh.access(), bob.did().value()).outcome())
                    .isEqualTo("200");
        }
    }

    @Test
    void tokensOfTwoBoxesAreStrangers() {
        try (EmbeddedPds other = EmbeddedPds.builder().start()) {
            other.createAccount("alice.test", "password");
            Result elsewhere = new Caller(other.url()).login("alice.test", "password");
            assertThat(entryway.refreshSession(elsewhere.refresh()).outcome()).isEqualTo(UNVERIFIED);
        }
    }

    @Test
    void faultsHitBothDoors() {
        pds.faults().add(Fault.on("com.atproto.server.getSession").times(2).html(503));
        Assertions.assertThat(entryway.getSession(session.access()).status()).isEqualTo(503);
        Assertions.assertThat(host.getSession(session.access()).status()).isEqualTo(503);
        pds.time().advance(Duration.ofMinutes(1));
        Assertions.assertThat(host.getSession(session.access()).status()).isEqualTo(200);
    }
}
