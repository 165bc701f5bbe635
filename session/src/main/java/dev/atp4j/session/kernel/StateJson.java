// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.Secret;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.StoreException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The stored form of a {@link SessionState}, as {@code docs/stores.md} describes it. */
public final class StateJson {

    /** No session lives to see as many generations. */
    private static final long ABSURD = 1L << 53;

    private StateJson() {}

    /**
     * Writes a state.
     *
     * @param now the time of this write
     */
    public static SessionRecord write(SessionState state, Instant now) {
        var json = LexMap.builder();
        Duration due = state.due(now);
        if (due != null) {
            json.put("dueMillis", due.toMillis());
        }
        json.put("service", state.service().toString());
        json.put("pds", state.pds() == null ? null : state.pds().toString());
        json.put("state", state.status().name());
        json.put("reason", state.reason() == null ? null : state.reason().name());
        json.put("openedAt", state.openedAt() == null ? null : state.openedAt().toString());
        Tokens tokens = state.tokens();
        if (tokens != null) {
            json.put(
                    "tokens",
                    LexMap.builder()
                            .put("generation", tokens.generation())
                            .put("accessJwt", tokens.accessJwt().expose())
                            .put("refreshJwt", tokens.refreshJwt().expose())
                            .put("receivedAt", tokens.receivedAt().toString())
                            .build());
        }
        Attempt attempt = state.attempt();
        if (attempt != null) {
            json.put(
                    "attempt",
                    LexMap.builder()
                            .put("startedAt", attempt.startedAt().toString())
                            .put("unanswered", attempt.unanswered())
                            .build());
        }
        Backoff backoff = state.backoff();
        if (backoff.failures() > 0) {
            json.put(
                    "backoff",
                    LexMap.builder()
                            .put("failures", backoff.failures())
                            .put("since", backoff.since().toString())
                            .put("pauseMillis", backoff.pause().toMillis())
                            .put("why", backoff.why())
                            .build());
        }
        Healing healing = state.healing();
        if (healing != null) {
            json.put(
                    "healing",
                    LexMap.builder()
                            .put("since", healing.since().toString())
                            .put("pauseMillis", healing.pause().toMillis())
                            .put("mark", healing.mark())
                            .put("open", healing.open())
                            .put("why", healing.why())
                            .build());
        }
        if (!state.ancestors().isEmpty()) {
            json.put(
                    "ancestors",
                    list(
                            state.ancestors(),
                            a -> LexMap.builder()
                                    .put("refreshJwt", a.refreshJwt().expose())
                                    .put("rotatedAt", a.rotatedAt().toString())
                                    .build()));
        }
        if (!state.pendingDeletes().isEmpty()) {
            json.put(
                    "pendingDeletes",
                    list(
                            state.pendingDeletes(),
                            p -> LexMap.builder()
                                    .put("service", p.service().toString())
                                    .put("refreshJwt", p.refreshJwt().expose())
                                    .put("chase", p.chase())
                                    .build()));
        }
        var profile = LexMap.builder();
        state.profile().write(profile);
        json.put("profile", profile.build());
        return SessionRecord.of(state.key(), state.version(), json.build());
    }

    /**
     * Reads a state.
     *
     * @throws StoreException of kind UNREADABLE if the record lacks something that a session needs
     */
    public static SessionState read(SessionRecord stored) {
        LexMap json = stored.content();
        try {
            Status status = Status.valueOf(required(json, "state"));
            Tokens tokens = json.getMap("tokens")
                    .map(t -> new Tokens(
                            generation(t),
                            Secret.of(required(t, "accessJwt")),
                            Secret.of(required(t, "refreshJwt")),
                            Instant.parse(required(t, "receivedAt"))))
                    .orElse(null);
            if (status == Status.ACTIVE && tokens == null) {
                throw new Missing("tokens");
            }
            URI service = Origins.service(URI.create(required(json, "service")));
            return new SessionState(
                    stored.key(),
                    stored.version(),
                    service,
                    json.getString("pds").map(pds -> Origins.pds(pds, service)).orElse(null),
                    Profile.read(json.getMap("profile").orElse(LexMap.empty())),
                    status,
                    json.getString("reason").map(EndReason::valueOf).orElse(null),
                    status == Status.ACTIVE ? tokens : null,
                    part(json, "attempt")
                            .map(a -> new Attempt(
                                    Instant.parse(required(a, "startedAt")),
                                    a.getLong("unanswered").orElse(0L).intValue()))
                            .orElse(null),
                    part(json, "backoff")
                            .map(b -> new Backoff(
                                    b.getLong("failures").orElse(1L).intValue(),
                                    Instant.parse(required(b, "since")),
                                    Duration.ofMillis(b.getLong("pauseMillis").orElse(0L)),
                                    b.getString("why").orElse("")))
                            .orElse(Backoff.NONE),
                    list(
                            json,
                            "ancestors",
                            a -> new Ancestor(
                                    Secret.of(required(a, "refreshJwt")), Instant.parse(required(a, "rotatedAt")))),
                    list(
                            json,
                            "pendingDeletes",
                            p -> new PendingDelete(
                                    p.getString("service")
                                            .map(URI::create)
                                            .map(Origins::service)
                                            .orElse(service),
                                    Secret.of(required(p, "refreshJwt")),
                                    p.getBoolean("chase").orElse(false))),
                    part(json, "healing")
                            .map(h -> new Healing(
                                    Instant.parse(required(h, "since")),
                                    Duration.ofMillis(h.getLong("pauseMillis").orElse(0L)),
                                    h.getString("mark").orElse(""),
                                    h.getBoolean("open").orElse(false),
                                    h.getString("why").orElse("")))
                            .orElse(null),
                    json.getString("openedAt").map(Instant::parse).orElse(null));
        } catch (DateTimeException e) {
            throw unreadable(stored, "a time in it is none");
        } catch (IllegalArgumentException e) {
            throw unreadable(stored, e instanceof Missing ? e.getMessage() : "a value in it is not what it should be");
        }
    }

    private static StoreException unreadable(SessionRecord stored, @Nullable String why) {
        return new StoreException(
                StoreException.Kind.UNREADABLE,
                "the stored session of " + stored.key() + " cannot be read: " + why,
                null);
    }

    /** Names a field that is missing; its message is free of values. */
    private static final class Missing extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Missing(String field) {
            super("it has no \"" + field + "\"");
        }
    }

    private static String required(LexMap json, String field) {
        return json.getString(field).orElseThrow(() -> new Missing(field));
    }

    private static long generation(LexMap tokens) {
        return tokens.getLong("generation")
                .filter(number -> number > 0 && number < ABSURD)
                .orElseThrow(() -> new Missing("generation"));
    }

    private static Optional<LexMap> part(LexMap json, String field) {
        if (json.get(field) != null && json.getMap(field).isEmpty()) {
            throw new Missing(field);
        }
        return json.getMap(field);
    }

    private static <T> LexList list(List<T> items, Function<T, LexValue> form) {
        return new LexList(items.stream().map(form).toList());
    }

    private static <T> List<T> list(LexMap json, String field, Function<LexMap, T> reader) {
        var items = new ArrayList<T>();
        if (json.get(field) != null && json.getList(field).isEmpty()) {
            throw new Missing(field);
        }
        for (LexValue item : json.getList(field).orElse(new LexList(List.of()))) {
            if (!(item instanceof LexMap map)) {
                throw new Missing(field + "[]");
            }
            items.add(reader.apply(map));
        }
        return items;
    }
}
