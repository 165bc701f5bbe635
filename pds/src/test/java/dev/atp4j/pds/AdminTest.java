// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.pds.Caller.Result;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminTest {

    private static final String REFRESH = "com.atproto.server.refreshSession";

    private final EmbeddedPds pds = EmbeddedPds.builder().start();
    private final Caller caller = new Caller(pds.url());
    private final Caller admin = new Caller(pds.adminUrl());

    @AfterEach
    void stop() {
        pds.close();
    }

    private Result call(String method, String path, String json) {
        return admin.send(admin.request(path).method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    private LexMap post(String path, String json) {
        Result result = call("POST", path, json);
        assertThat(result.status()).as(path).isEqualTo(200);
        return result.json();
    }

    private LexList list(String method, String path, String json) {
        return (LexList) LexJson.parse(call(method, path, json).bytes());
    }

    @Test
    void thePathCannotBeGuessed() {
        assertThat(pds.adminUrl().getPath()).matches("/[0-9a-f]{32}/");
        var guess = new Caller(pds.adminUrl().resolve("/"));
        for (String path : new String[] {"/", "/clock", "/journal", "/admin/journal"}) {
            assertThat(guess.send(guess.request(path).GET()).status()).isEqualTo(404);
        }
    }

    @Test
    void itSaysWhereEverythingIs() {
        LexMap urls = call("GET", "", "").json();
        assertThat(urls.getString("url")).contains(pds.url().toString());
        assertThat(urls.getString("pdsUrl")).contains(pds.pdsUrl().toString());
        assertThat(urls.getString("plcUrl")).contains(pds.plcUrl().toString());
    }

    @Test
    void theClockIsReadAndAdvanced() {
        assertThat(call("GET", "clock", "").text("now")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(post("clock", "{\"advanceSeconds\": 7200}").getString("now")).contains("2026-01-01T02:00:00Z");
        assertThat(pds.time().now()).isEqualTo(VirtualTime.START.plusSeconds(7200));
    }

    @Test
    void accountsAreMadeAndTreated() {
        LexMap alice = post("accounts", "{\"handle\": \"alice.test\", \"password\": \"password\"}");
        String did = alice.getString("did").orElseThrow();
        Result login = caller.login("alice.test", "password");
        assertThat(login.text("did")).isEqualTo(did);
        LexList tokens = list("POST", "accounts/refreshTokens", "{\"account\": \"alice.test\"}");
        assertThat(((LexMap) tokens.get(0)).getString("jti")).contains(Caller.jti(login.refresh()));
        post("accounts/deactivate", "{\"account\": \"" + did + "\"}");
        assertThat(caller.getSession(login.access()).text("status")).isEqualTo("deactivated");
        post("accounts/activate", "{\"account\": \"" + did + "\"}");
        String appPassword = post(
                        "accounts/createAppPassword",
                        "{\"account\": \"alice.test\", \"name\": \"phone\", \"privileged\": true}")
                .getString("password")
                .orElseThrow();
        Result app = caller.login("alice.test", appPassword);
        assertThat(Caller.claims(app.access()).getString("scope")).contains("com.atproto.appPassPrivileged");
        post("accounts/revokeAppPassword", "{\"account\": \"alice.test\", \"name\": \"phone\"}");
        assertThat(caller.refreshSession(app.refresh()).status()).isEqualTo(400);
        post("accounts/changeHandle", "{\"account\": \"alice.test\", \"handle\": \"alice.example.com\"}");
        post("accounts/resetPassword", "{\"account\": \"alice.example.com\", \"password\": \"new\"}");
        assertThat(caller.login("alice.example.com", "new").status()).isEqualTo(200);
        assertThat(post("accounts/latestEmailCode", "{\"account\": \"" + did + "\"}")
                        .fields())
                .isEmpty();
        post("accounts/requireAuthFactor", "{\"account\": \"" + did + "\"}");
        assertThat(caller.login(did, "new").status()).isEqualTo(401);
        assertThat(post("accounts/latestEmailCode", "{\"account\": \"alice-test@example.com\"}")
                        .getString("code")
                        .orElseThrow())
                .matches("[A-Z2-7]{5}-[A-Z2-7]{5}");
        post("accounts/dropAuthFactor", "{\"account\": \"" + did + "\"}");
        post("accounts/takeDown", "{\"account\": \"" + did + "\"}");
        assertThat(caller.login(did, "new").text("error")).isEqualTo("AccountTakedown");
        post("accounts/restore", "{\"account\": \"" + did + "\"}");
        assertThat(post("accounts/move", "{\"account\": \"" + did + "\"}").getString("pdsUrl"))
                .contains(pds.otherPdsUrl().toString());
        post("accounts/delete", "{\"account\": \"" + did + "\"}");
        assertThat(call("POST", "accounts/takeDown", "{\"account\": \"" + did + "\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void faultsOfEveryKindAreRead() {
        for (String kind : new String[] {
            "\"resetBeforeProcessing\"",
            "\"resetAfterProcessing\"",
            "\"cutBodyAfterProcessing\", \"bytes\": 5",
            "\"stallBodyAfterProcessing\", \"bytes\": 5, \"gate\": \"g\"",
            "\"holdBeforeProcessing\", \"gate\": \"g\"",
            "\"holdAfterProcessing\", \"gate\": \"g\"",
            "\"delay\", \"millis\": 5",
            "\"answer\", \"status\": 503, \"headers\": {\"x\": \"y\"}, \"body\": {\"a\": 1}",
            "\"answerAfterProcessing\", \"status\": 503",
            "\"error\", \"status\": 400, \"error\": \"E\", \"message\": \"m\"",
            "\"html\", \"status\": 403",
            "\"retryAfter\", \"seconds\": 5",
            "\"redirectTo\", \"url\": \"http://127.0.0.1/\"",
            "\"withField\", \"name\": \"a\", \"value\": {\"b\": [1]}",
            "\"withoutField\", \"name\": \"a\"",
            "\"wrongDid\", \"did\": \"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa\""
        }) {
            LexList pending = list("POST", "faults", "{\"nsid\": \"" + REFRESH + "\", \"kind\": " + kind + "}");
            assertThat(pending.get(pending.size() - 1).toString())
                    .isEqualTo(kind.split("\"")[1].transform(name -> "\"" + name + " on " + REFRESH + "\""));
        }
        assertThat(list("GET", "faults", "").size()).isEqualTo(16);
        assertThat(list("DELETE", "faults", "").size()).isZero();
    }

    @Test
    void aFaultFromOutsideHappens() {
        list(
                "POST",
                "faults",
                "{\"nsid\": \"*\", \"times\": 2, \"skip\": 1, \"kind\": \"answer\", \"status\": 503,"
                        + " \"headers\": {\"x-odd\": \"yes\"}, \"body\": {\"a\": 1}}");
        assertThat(caller.refreshSession("").status()).isEqualTo(401);
        for (int i = 0; i < 2; i++) {
            Result result = caller.refreshSession("");
            assertThat(result.status()).isEqualTo(503);
            assertThat(result.headers().firstValue("x-odd")).contains("yes");
            assertThat(result.json().getLong("a")).contains(1L);
        }
        assertThat(caller.refreshSession("").status()).isEqualTo(401);
    }

    @Test
    void gatesAreWatchedAndOpened() {
        list("POST", "faults", "{\"nsid\": \"" + REFRESH + "\", \"kind\": \"holdBeforeProcessing\", \"gate\": \"g\"}");
        CompletableFuture<Result> held = CompletableFuture.supplyAsync(() -> caller.refreshSession(""));
        while (call("GET", "gates/g", "").json().getLong("arrivals").orElseThrow() == 0) {
            Thread.onSpinWait();
        }
        assertThat(held).isNotDone();
        assertThat(post("gates/g", "").getLong("arrivals")).contains(1L);
        assertThat(held.join().status()).isEqualTo(401);
    }

    @Test
    void theJournalIsReadAndCleared() {
        caller.refreshSession("garbage");
        LexMap entry = (LexMap) list("GET", "journal", "").get(0);
        assertThat(entry.without("token").toString())
                .isEqualTo("{\"nsid\":\"" + REFRESH + "\",\"status\":400,\"at\":\"2026-01-01T00:00:00Z\","
                        + "\"side\":\"PDS\",\"faulted\":false}");
        assertThat(entry.getString("token").orElseThrow()).matches("[0-9a-f]{16}");
        assertThat(list("DELETE", "journal", "").size()).isZero();
    }

    @Test
    void wrongInputIsToldAndUnknownPathsAreNotFound() {
        assertThat(call("POST", "clock", "{}").status()).isEqualTo(400);
        assertThat(call("POST", "clock", "{\"advanceSeconds\": -1}").status()).isEqualTo(400);
        assertThat(call("POST", "clock", "nonsense").status()).isEqualTo(400);
        assertThat(call("POST", "faults", "{\"nsid\": \"a.b.c\", \"kind\": \"explode\"}")
                        .text("message"))
                .isEqualTo("no kind of fault: explode");
        assertThat(call("POST", "faults", "{\"kind\": \"html\"}").text("message"))
                .isEqualTo("a fault needs the text \"nsid\"");
        assertThat(call("POST", "accounts", "{\"handle\": \"no handle\", \"password\": \"x\"}")
                        .status())
                .isEqualTo(400);
        assertThat(call("POST", "accounts/takeDown", "{\"account\": \"nobody.test\"}")
                        .status())
                .isEqualTo(404);
        post("accounts", "{\"handle\": \"bob.test\", \"password\": \"x\", \"email\": \"bob@mail.test\"}");
        assertThat(call("POST", "accounts/explode", "{\"account\": \"bob@mail.test\"}")
                        .status())
                .isEqualTo(404);
        assertThat(call("GET", "nowhere", "").status()).isEqualTo(404);
    }

    @Test
    void aProxyHasFaultsGatesAndJournalOnly() {
        try (FaultProxy proxy = FaultProxy.to(pds.url())) {
            var outside = new Caller(proxy.adminUrl());
            assertThat(outside.send(outside.request("").GET()).text("url"))
                    .isEqualTo(proxy.url().toString());
            assertThat(outside.send(outside.request("clock").GET()).status()).isEqualTo(404);
            assertThat(outside.send(outside.request("journal").GET()).status()).isEqualTo(200);
            URI elsewhere = proxy.adminUrl().resolve("/");
            assertThat(outside.send(HttpRequest.newBuilder(elsewhere).GET()).status())
                    .isEqualTo(404);
        }
    }
}
