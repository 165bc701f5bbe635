// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Rate limits and how they are told. */
final class Limits {

    private Limits() {}

    static List<Scenario> scenarios() {
        return List.of(
                limited("rate-limit/headers", "a login tells its limit, and the reset as epoch seconds", world -> {
                    Account account = world.createAccount();
                    Answer answer = world.wire()
                            .logIn(account.handle(), account.password())
                            .ok();
                    assertThat(answer.headers().first("ratelimit-limit")).hasValue("30");
                    assertThat(answer.headers().first("ratelimit-remaining")).hasValue("29");
                    assertThat(answer.headers().first("ratelimit-policy")).hasValue("30;w=300");
                    long reset = Long.parseLong(
                            answer.headers().first("ratelimit-reset").orElseThrow());
                    assertThat(reset - date(answer)).isBetween(295L, 305L);
                    assertThat(answer.headers().contains("retry-after")).isFalse();
                }),
                limited(
                        "rate-limit/exhausted",
                        "the 31st login within five minutes is 429 and says when to return",
                        world -> {
                            Account account = world.createAccount();
                            // Wrong passwords and right ones count alike.
                            Crew.of(30, () -> world.wire().logIn(account.handle(), "not it"))
                                    .results();
                            Answer answer = world.wire()
                                    .logIn(account.handle(), account.password())
                                    .refused(429, "RateLimitExceeded", "Rate Limit Exceeded");
                            assertThat(Long.parseLong(answer.headers()
                                            .first("retry-after")
                                            .orElseThrow()))
                                    .isBetween(250L, 300L);
                            assertThat(answer.headers().first("ratelimit-remaining"))
                                    .hasValue("0");
                            world.advance(Duration.ofMinutes(6));
                            world.wire().logIn(account);
                        }),
                limited("rate-limit/buckets", "each spelling of an identifier has a bucket of its own", world -> {
                    Account account = world.createAccount();
                    world.wire().logIn(account.handle(), account.password()).ok();
                    Answer answer = world.wire()
                            .logIn(account.did(), account.password())
                            .ok();
                    assertThat(answer.headers().first("ratelimit-remaining")).hasValue("29");
                }),
                limited(
                        "rate-limit/refresh",
                        "refreshes count against the limit of 3000 calls in five minutes",
                        world -> {
                            Answer answer = world.wire()
                                    .refresh(world.createAccount().born().refresh())
                                    .ok();
                            assertThat(answer.headers().first("ratelimit-policy"))
                                    .hasValue("3000;w=300");
                        }),
                limited("rate-limit/refused", "a call that fails its auth check is not counted", world -> {
                    Answer answer = world.wire().refresh("garbage").is(400);
                    assertThat(answer.headers().contains("ratelimit-limit")).isFalse();
                }),
                Scenario.of("rate-limit/off", "without limits no answer mentions them", world -> {
                    Account account = world.createAccount();
                    Answer answer = world.wire()
                            .logIn(account.handle(), account.password())
                            .ok();
                    assertThat(answer.headers().contains("ratelimit-limit")).isFalse();
                }));
    }

    private static Scenario limited(String id, String sentence, Scenario.Check check) {
        return Scenario.of(id, sentence, check).with(Scenario.Setting.RATE_LIMITS);
    }

    private static long date(Answer answer) {
        return ZonedDateTime.parse(answer.headers().first("date").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toEpochSecond();
    }
}
