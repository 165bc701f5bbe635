// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.kernel.LoginCount;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.session.store.StoredNote;
import dev.atp4j.time.Time;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * Counts logins in the store, for all who share it: one note for each account and service. A store that fails stops no login;
 * then this process goes by what it knows. Thread-safe.
 */
final class LoginCounter {

    private static final System.Logger LOG = System.getLogger(LoginCounter.class.getName());

    /** Each lost race is a login of somebody else, and a budget that allows so many at once has none to protect. */
    private static final int MOST_ROUNDS = 1000;

    private static final int MOST_KNOWN = 1000;

    private final SessionStore store;
    private final Time time;
    private final LoginBudget budget;
    private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();

    LoginCounter(SessionStore store, Time time, LoginBudget budget) {
        this.store = store;
        this.time = time;
        this.budget = budget;
    }

    /**
     * What this process knows of a count.
     *
     * @param unsaved whether the store missed some of it
     */
    private record Known(LoginCount count, boolean unsaved) {}

    private static final Known NOTHING = new Known(LoginCount.NONE, false);

    LoginBudget budget() {
        return budget;
    }

    /** Counts a login. Returns zero if it may be sent, else when it will work. */
    Duration take(URI service, String identifier, boolean automatic) {
        if (budget.limits().isEmpty()) {
            return Duration.ZERO;
        }
        return change(name(service, identifier), (count, now) -> count.attempt(budget.limits(), automatic, now))
                .pause();
    }

    /** Takes a login back that the server never saw. */
    void notSent(URI service, String identifier) {
        if (!budget.limits().isEmpty()) {
            change(name(service, identifier), (count, now) -> turn(count.notSent(now)));
        }
    }

    /** Learns how the server counts. */
    void told(URI service, String identifier, LoginCount.Told told) {
        if (!budget.limits().isEmpty()) {
            change(name(service, identifier), (count, now) -> turn(count.told(told, now)));
        }
    }

    /** Returns how many logins are left. */
    int left(URI service, String identifier) {
        String name = name(service, identifier);
        try {
            return store.note(name)
                    .map(LoginCounter::count)
                    .orElse(LoginCount.NONE)
                    .left(budget.limits(), store.now());
        } catch (RuntimeException e) {
            return known.getOrDefault(name, NOTHING).count().left(budget.limits(), time.now());
        }
    }

    private static LoginCount.Turn turn(LoginCount next) {
        return new LoginCount.Turn(next, Duration.ZERO);
    }

    private LoginCount.Turn change(String name, BiFunction<LoginCount, Instant, LoginCount.Turn> rule) {
        try {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                Optional<StoredNote> stored = store.note(name);
                Instant now = store.now();
                LoginCount before = stored.map(LoginCounter::count).orElse(LoginCount.NONE);
                Known mine = known.getOrDefault(name, NOTHING);
                LoginCount.Turn turn = rule.apply(mine.unsaved() ? before.merged(mine.count(), now) : before, now);
                long version = stored.map(StoredNote::version).orElse(0L);
                if (turn.next().equals(before)
                        || store.compareAndSetNote(
                                version,
                                new StoredNote(name, version + 1, turn.next().write()))) {
                    stored(name, mine, turn.next(), now);
                    return turn;
                }
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    "logins are counted by this process alone: others keep writing the count");
        } catch (RuntimeException e) {
            // Somebody else's store; its message may hold anything.
            String why = e instanceof StoreException
                    ? String.valueOf(e.getMessage())
                    : e.getClass().getName();
            LOG.log(
                    System.Logger.Level.WARNING,
                    "logins are counted by this process alone, since the store fails: {0}",
                    why);
        }
        return changeHere(name, rule);
    }

    /** Changes what this process knows, in one step: who logs in at the same moment must not be forgotten. */
    private LoginCount.Turn changeHere(String name, BiFunction<LoginCount, Instant, LoginCount.Turn> rule) {
        forgetIfFull();
        Instant now = time.now();
        LoginCount.Turn[] turn = new LoginCount.Turn[1];
        known.compute(name, (n, mine) -> {
            turn[0] = rule.apply(mine == null ? LoginCount.NONE : mine.count(), now);
            return new Known(turn[0].next(), true);
        });
        return turn[0];
    }

    /** Takes note of what is stored, and of what has been counted here alone since that was read. */
    private void stored(String name, Known before, LoginCount stored, Instant now) {
        forgetIfFull();
        known.compute(
                name,
                (n, mine) -> mine == null || !mine.unsaved() || mine.equals(before)
                        ? new Known(stored, false)
                        : new Known(stored.merged(mine.count(), now), true));
    }

    private static LoginCount count(StoredNote note) {
        return LoginCount.read(note.content());
    }

    private void forgetIfFull() {
        if (known.size() >= MOST_KNOWN) {
            // It helps only while the store fails, so nothing is lost that is needed.
            known.clear();
        }
    }

    /** Names the note. An e-mail address has no place in a file's name or a row, so it is not to be read from there. */
    private static String name(URI service, String identifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((service + " " + identifier).getBytes(StandardCharsets.UTF_8));
            return "login-" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
