// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.Secret;
import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.StoreException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateJsonTest {

    private static final SessionKey KEY = SessionKey.of(Given.DID);
    private static final String PLANTED = "planted-secret";

    @Test
    void everyStateIsReadAsItWasWritten() {
        for (long seed = 1; seed <= 2_000; seed++) {
            SessionState state = new States(new Random(seed)).state();
            SessionRecord written = StateJson.write(state, Instant.EPOCH);
            SessionRecord stored = SessionRecord.parse(KEY, written.toJson());
            assertThat(StateJson.read(stored)).as("seed %s", seed).isEqualTo(state);
        }
    }

    /** Makes states of every shape. */
    private record States(Random random) {

        SessionState state() {
            boolean active = random.nextInt(3) > 0;
            boolean loggedOut = random.nextBoolean();
            return new SessionState(
                    KEY,
                    1 + random.nextInt(1000),
                    URI.create("https://service.example.com"),
                    maybe(URI.create("https://pds.example.com")),
                    new Profile(
                            maybe("alice.test"),
                            maybe("a@b.c"),
                            maybe(random.nextBoolean()),
                            maybe(random.nextBoolean()),
                            maybe(random.nextBoolean()),
                            maybe("deactivated"),
                            maybe(LexMap.builder().put("id", "x").build())),
                    active ? Status.ACTIVE : loggedOut ? Status.LOGGED_OUT : Status.DEAD,
                    active
                            ? null
                            : loggedOut
                                    ? EndReason.LOGGED_OUT
                                    : EndReason.values()[random.nextInt(EndReason.values().length)],
                    active ? new Tokens(1 + random.nextInt(99), secret(), secret(), instant()) : null,
                    maybe(new Attempt(instant(), random.nextInt(5))),
                    random.nextBoolean()
                            ? Backoff.NONE
                            : new Backoff(
                                    1 + random.nextInt(20),
                                    instant(),
                                    Duration.ofMillis(random.nextInt(3_600_000)),
                                    "why"),
                    list(new ArrayList<>(), () -> new Ancestor(secret(), instant())),
                    list(
                            new ArrayList<>(),
                            () -> new PendingDelete(
                                    URI.create("https://service.example.com"), secret(), random.nextBoolean())),
                    maybe(new Healing(
                            instant(),
                            Duration.ofMillis(random.nextInt(80_000_000)),
                            "a7",
                            random.nextBoolean(),
                            "why")),
                    maybe(instant()));
        }

        private <T> List<T> list(List<T> items, java.util.function.Supplier<T> item) {
            for (int n = random.nextInt(4); n > 0; n--) {
                items.add(item.get());
            }
            return items;
        }

        private <T> @Nullable T maybe(T value) {
            return random.nextBoolean() ? value : null;
        }

        private Secret secret() {
            return Secret.of("t" + random.nextLong());
        }

        private Instant instant() {
            return Instant.ofEpochSecond(1_767_225_600L + random.nextInt(1_000_000), random.nextInt(1_000_000_000));
        }
    }

    private static LexMap content() {
        var tokens = new Tokens(3, Secret.of(PLANTED), Secret.of(PLANTED), Instant.parse("2026-01-01T00:00:00Z"));
        return StateJson.write(
                        new SessionState(
                                KEY,
                                7,
                                URI.create("https://service.example.com"),
                                URI.create("https://pds.example.com"),
                                Profile.read(LexMap.empty()),
                                Status.ACTIVE,
                                null,
                                tokens,
                                new Attempt(Instant.EPOCH, 1),
                                new Backoff(1, Instant.EPOCH, Duration.ofSeconds(1), "why"),
                                List.of(new Ancestor(Secret.of(PLANTED), Instant.EPOCH)),
                                List.of(new PendingDelete(
                                        URI.create("https://service.example.com"), Secret.of(PLANTED), true)),
                                new Healing(Instant.EPOCH, Duration.ofMinutes(5), "a7", false, "why"),
                                Instant.EPOCH),
                        Instant.EPOCH)
                .content();
    }

    private static void unreadable(LexMap content) {
        var failure =
                catchThrowableOfType(StoreException.class, () -> StateJson.read(SessionRecord.of(KEY, 7, content)));
        assertThat(failure).as(content.fields().keySet().toString()).isNotNull();
        assertThat(failure.kind()).isEqualTo(StoreException.Kind.UNREADABLE);
        assertThat(failure.getMessage()).contains(KEY.toString()).doesNotContain(PLANTED);
        assertThat(failure.getCause()).as("a cause might quote").isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "state", "tokens"})
    void withoutWhatASessionNeedsARecordCannotBeRead(String field) {
        unreadable(content().without(field));
        for (LexValue odd : odd()) {
            unreadable(content().with(field, odd));
        }
    }

    private static List<LexValue> odd() {
        return List.of(
                new LexInteger(1),
                LexBoolean.TRUE,
                LexNull.NULL,
                new LexString(PLANTED + " \n"),
                new LexList(List.of()),
                LexMap.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"accessJwt", "refreshJwt", "receivedAt"})
    void withoutWhatTokensNeedARecordCannotBeRead(String field) {
        LexMap tokens = content().getMap("tokens").orElseThrow();
        unreadable(content().with("tokens", tokens.without(field)));
        for (LexValue odd : odd()) {
            unreadable(content().with("tokens", tokens.with(field, odd)));
        }
    }

    @Test
    void oddPartsMakeARecordUnreadable() {
        LexMap odd = LexMap.builder().put("startedAt", PLANTED).build();
        unreadable(content().with("attempt", odd));
        unreadable(content().with("attempt", LexMap.empty()));
        unreadable(content().with("backoff", LexMap.builder().put("failures", 1).build()));
        unreadable(
                content().with("backoff", LexMap.builder().put("since", PLANTED).build()));
        unreadable(content().with("ancestors", new LexList(List.of(new LexString(PLANTED)))));
        unreadable(content().with("ancestors", new LexList(List.of(LexMap.empty()))));
        unreadable(content().with("pendingDeletes", new LexList(List.of(LexMap.empty()))));
        unreadable(content().with("pendingDeletes", new LexList(List.of(new LexInteger(1)))));
        unreadable(content().with("reason", new LexString(PLANTED)));
        unreadable(content().with("pds", new LexString("http://" + PLANTED)));
        unreadable(content().with("openedAt", new LexString(PLANTED)));
    }

    @Test
    void aListOrAPartOfTheWrongTypeIsNotPassedOver() {
        for (String field : List.of("ancestors", "pendingDeletes", "attempt", "backoff")) {
            unreadable(content().with(field, new LexString(PLANTED)));
        }
    }

    @Test
    void fieldsThatANewerReleaseAddsArePassedOver() {
        SessionState plain = StateJson.read(SessionRecord.of(KEY, 7, content()));
        assertThat(StateJson.read(SessionRecord.of(KEY, 7, content().with("later", new LexString("x")))))
                .isEqualTo(plain);
    }

    @Test
    void numbersThatMakeNoSenseDoNoHarm() {
        for (long number : new long[] {Long.MIN_VALUE, -1, 0, Integer.MAX_VALUE + 1L, Long.MAX_VALUE}) {
            LexMap backoff = content().getMap("backoff").orElseThrow();
            LexMap attempt = content().getMap("attempt").orElseThrow();
            SessionState state = StateJson.read(SessionRecord.of(
                    KEY,
                    7,
                    content()
                            .with(
                                    "backoff",
                                    backoff.with("failures", new LexInteger(number))
                                            .with("pauseMillis", new LexInteger(number)))
                            .with("attempt", attempt.with("unanswered", new LexInteger(number)))));
            Instant now = Instant.parse("2026-01-01T00:00:00Z");
            assertThat(state.backoff().remaining(now)).isBetween(Duration.ZERO, Duration.ofHours(1));
            assertThat(state.failed(now, true, Duration.ZERO, 0, "").attempt().unanswered())
                    .isNotNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1L << 53, Long.MAX_VALUE})
    void aGenerationThatCannotBeMakesARecordUnreadable(long number) {
        LexMap tokens = content().getMap("tokens").orElseThrow();
        unreadable(content().with("tokens", tokens.with("generation", new LexInteger(number))));
        unreadable(content().with("tokens", tokens.without("generation")));
    }

    @Test
    void aRecordShowsNoToken() {
        SessionState state = StateJson.read(SessionRecord.of(KEY, 7, content()));
        assertThat(state.toString()).doesNotContain(PLANTED);
    }
}
