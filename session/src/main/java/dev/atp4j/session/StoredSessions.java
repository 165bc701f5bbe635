// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.OpenFlow;
import dev.atp4j.session.kernel.Outcome;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.StateJson;
import dev.atp4j.session.kernel.Status;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoreException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The store's sessions, as the rules see them. */
final class StoredSessions {

    private static final System.Logger LOG = System.getLogger(StoredSessions.class.getName());

    private static final Comparator<SessionKey> BY_NAME = Comparator.comparing(SessionKey::toString);

    private final Settings settings;
    private final SessionStore store;

    StoredSessions(Settings settings) {
        this.settings = settings;
        this.store = settings.store();
    }

    /**
     * What became of a session that was to be put into the store.
     *
     * @param held what is held of it then, which may be what was stored already
     * @param trouble why it is not stored, or not for certain; null if it is
     * @param unsure whether it may be stored nevertheless
     */
    record Put(Held held, @Nullable StoreException trouble, boolean unsure) {

        Held orThrow() {
            if (trouble != null) {
                throw trouble;
            }
            return held;
        }
    }

    /** Puts a session into the store. */
    Put put(OpenFlow flow, ServerClock clock) {
        var runner = new FlowRunner(settings, clock, new ServerCalls(settings, clock));
        Held[] held = {flow.held()};
        FlowRunner.Finish finish = runner.run(flow.held().state().key(), () -> flow, step -> held[0] = step.held());
        if (finish.outcome() instanceof Outcome.Later later) {
            return new Put(held[0], trouble(flow, finish, "could not be stored: " + later.why()), false);
        } else if (finish.outcome() instanceof Outcome.Unsure unsure) {
            return new Put(held[0], trouble(flow, finish, "may be stored or not: " + unsure.why()), true);
        }
        return new Put(held[0], null, false);
    }

    private static StoreException trouble(OpenFlow flow, FlowRunner.Finish finish, String what) {
        return new StoreException(
                finish.problem() instanceof StoreException trouble ? trouble.kind() : StoreException.Kind.UNAVAILABLE,
                "the session of " + flow.held().state().key().did() + " " + what,
                finish.problem());
    }

    /**
     * Reads a session.
     *
     * @throws NoSessionException if there is none
     * @throws StoreException if the store or the record can't be read
     */
    Held read(SessionKey key) {
        return store.read(key).map(StateJson::read).map(Held::inStore).orElseThrow(() -> new NoSessionException(key));
    }

    /**
     * Removes a session that was put into the store as its first version, and was found dead at once: a reminder of it would
     * help nobody.
     */
    void forgetIfDead(Held put) {
        SessionKey key = put.state().key();
        if (put.state().version() != 1) {
            return;
        }
        try {
            store.read(key)
                    .map(StateJson::read)
                    .filter(state -> state.status() == Status.DEAD
                            && state.pendingDeletes().isEmpty())
                    .ifPresent(state -> store.compareAndDelete(key, state.version()));
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG, "a dead session stays in the store: {0}", e.getMessage());
        }
    }

    /** Returns the keys of all sessions. */
    List<SessionKey> keys() {
        try (Stream<SessionKey> keys = store.keys()) {
            return keys.toList();
        }
    }

    /** Returns how a session is doing, or empty if there is none. */
    Optional<SessionHealth> health(SessionKey key) {
        try {
            return store.read(key).map(StateJson::read).map(SessionHealth::of);
        } catch (StoreException e) {
            requireOnlyThisRecord(e);
            return Optional.of(SessionHealth.unreadable(key, e));
        }
    }

    /** Returns how all sessions are doing, read one after the other. */
    Stream<SessionHealth> health() {
        return store.keys().flatMap(key -> health(key).stream());
    }

    /** Returns the readable sessions of which something holds; those that can't be read are passed over with a warning. */
    List<Held> where(Predicate<SessionState> something) {
        return keys().stream()
                .flatMap(key -> readable(key).stream())
                .filter(something)
                .map(Held::inStore)
                .toList();
    }

    /**
     * Some of the stored sessions.
     *
     * @param found those of which something holds
     * @param last the last key that was gone through, or null if there are no more behind it
     */
    record Part(List<Held> found, @Nullable SessionKey last) {}

    /**
     * Goes through so many sessions behind a key, in the keys' own order, whatever order the store lists them in, and returns
     * the readable ones of which something holds.
     *
     * @param behind the last key of the part before, or null to begin
     */
    Part part(@Nullable SessionKey behind, int most, Predicate<SessionState> something) {
        PriorityQueue<SessionKey> first = new PriorityQueue<>(BY_NAME.reversed());
        try (Stream<SessionKey> all = store.keys()) {
            all.filter(key -> behind == null || BY_NAME.compare(key, behind) > 0)
                    .forEach(key -> {
                        first.add(key);
                        if (first.size() > most) {
                            first.remove();
                        }
                    });
        }
        List<Held> found = first.stream()
                .sorted(BY_NAME)
                .flatMap(key -> readable(key).stream())
                .filter(something)
                .map(Held::inStore)
                .toList();
        return new Part(found, first.size() < most ? null : first.element());
    }

    /** Throws what is wrong with the store. A record that is damaged, or open to others, hides none of the others. */
    private static void requireOnlyThisRecord(StoreException e) {
        if (e.kind() != StoreException.Kind.UNREADABLE && e.kind() != StoreException.Kind.UNSAFE) {
            throw e;
        }
    }

    private Optional<SessionState> readable(SessionKey key) {
        try {
            return store.read(key).map(StateJson::read);
        } catch (StoreException e) {
            requireOnlyThisRecord(e);
            LOG.log(System.Logger.Level.WARNING, "passed over a stored session: {0}", e.getMessage());
            return Optional.empty();
        }
    }
}
