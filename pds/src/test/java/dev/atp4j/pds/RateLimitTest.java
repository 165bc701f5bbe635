// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexMap;
import dev.atp4j.pds.Caller.Result;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final String EXCEEDED = "429 RateLimitExceeded \"Rate Limit Exceeded\"";
    private static final long START = VirtualTime.START.getEpochSecond();

    private final EmbeddedPds pds = EmbeddedPds.builder().rateLimits(true).start();
    private final Caller caller = new Caller(pds.url());
    private final Account alice = pds.createAccount("alice.test", "password");

    @AfterEach
    void stop() {
        pds.close();
    }

    private static List<String> limit(Result result) {
        return List.of("limit", "remaining", "reset", "policy").stream()
                .map(name -> result.headers().firstValue("ratelimit-" + name).orElse("-"))
                .toList();
    }

    @Test
    void aLoginTellsTheTightestLimit() {
        Result first = caller.login("alice.test", "password");
        assertThat(limit(first)).containsExactly("30", "29", Long.toString(START + 300), "30;w=300");
        assertThat(first.headers().firstValue("retry-after")).isEmpty();
    }

    @Test
    void theThirtyFirstLoginIsRefusedUntilTheWindowEnds() {
        for (int i = 0; i < 30; i++) {
            assertThat(caller.login("alice.test", i == 0 ? "password" : "wrong").status())
                    .isNotEqualTo(429);
        }
        pds.time().advance(Duration.ofMillis(100_500));
        Result refused = caller.login("alice.test", "password");
        assertThat(refused.outcome()).isEqualTo(EXCEEDED);
        assertThat(limit(refused)).containsExactly("30", "0", Long.toString(START + 300), "30;w=300");
        assertThat(refused.headers().firstValue("retry-after")).contains("200");
        pds.time().advance(Duration.ofSeconds(200));
        assertThat(caller.login("alice.test", "password").outcome()).isEqualTo("200");
    }

    @Test
    void theDayHasALimitToo() {
        Result last = caller.login("alice.test", "password");
        for (int i = 1; i <= 300; i++) {
            if (i % 29 == 0) {
                pds.time().advance(Duration.ofMinutes(5));
            }
            last = caller.login("alice.test", "password");
        }
        assertThat(last.outcome()).isEqualTo(EXCEEDED);
        assertThat(limit(last)).containsExactly("300", "0", Long.toString(START + 86_400), "300;w=86400");
    }

    @Test
    void everySpellingAndEveryAddressHasItsOwnBudget() {
        caller.login("alice.test", "password");
        assertThat(limit(caller.login("Alice.test", "password"))).contains("29");
        assertThat(limit(caller.login(alice.did().value(), "password"))).contains("29");
        assertThat(limit(caller.login("alice.test", "password"))).contains("28");
        Result elsewhere = caller.send(caller.request("/xrpc/com.atproto.server.createSession")
                .header("content-type", "application/json")
                .header("x-forwarded-for", "203.0.113.7")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"identifier\": \"alice.test\", \"password\": \"password\"}")));
        assertThat(limit(elsewhere)).contains("29");
    }

    @Test
    void otherCallsShareOneLimitAndFailedTokensCostNothing() {
        Result session = caller.login("alice.test", "password");
        assertThat(limit(caller.getSession(session.access()))).contains("3000", "2998", "3000;w=300");
        assertThat(limit(caller.refreshSession("garbage"))).containsOnly("-");
        assertThat(limit(caller.refreshSession(session.refresh()))).contains("2997");
    }

    @Test
    void writesCostPoints() {
        String access = caller.login("alice.test", "password").access();
        LexMap record = LexMap.builder().put("$type", "com.example.thing").build();
        LexMap input = LexMap.builder()
                .put("repo", alice.did().value())
                .put("collection", "com.example.thing")
                .put("rkey", "one")
                .put("record", record)
                .build();
        // Of the budgets that a write is charged to, the general one has the least left.
        assertThat(limit(caller.post("com.atproto.repo.createRecord", access, input)))
                .contains("3000");
        for (int i = 0; i < 1_000; i++) {
            caller.post("com.atproto.repo.putRecord", access, input);
            caller.post("com.atproto.repo.deleteRecord", access, input.without("record"));
            if (i % 500 == 499) {
                pds.time().advance(Duration.ofMinutes(5));
            }
        }
        // 3 for the create, 3 for each pair.
        assertThat(limit(caller.post("com.atproto.repo.putRecord", access, input)))
                .contains("5000", "1995", "5000;w=3600");
    }

    @Test
    void withoutLimitsNobodySpeaksOfThem() {
        try (EmbeddedPds other = EmbeddedPds.builder().start()) {
            other.createAccount("bob.test", "password");
            assertThat(limit(new Caller(other.url()).login("bob.test", "password")))
                    .containsOnly("-");
        }
    }
}
