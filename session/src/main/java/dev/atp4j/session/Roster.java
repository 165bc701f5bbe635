// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.store.SessionKey;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sessions of one {@link Sessions} that somebody still has. Keeps none of them from being collected. Thread-safe. */
final class Roster {

    private static final class Entry extends WeakReference<PasswordSession> {

        private final SessionKey key;

        Entry(PasswordSession session, ReferenceQueue<PasswordSession> collected) {
            super(session, collected);
            this.key = session.key();
        }
    }

    /** Of each key the newest first. Older ones are over, closed, or from before a login. */
    private final ConcurrentHashMap<SessionKey, List<Entry>> entries = new ConcurrentHashMap<>();

    private final ReferenceQueue<PasswordSession> collected = new ReferenceQueue<>();

    /** Returns the session that is in use for a key, or null. */
    @Nullable
    PasswordSession current(SessionKey key) {
        return current(entries.getOrDefault(key, List.of()));
    }

    private static @Nullable PasswordSession current(List<Entry> ofKey) {
        for (Entry entry : ofKey) {
            PasswordSession session = entry.get();
            if (session != null && session.inUse()) {
                return session;
            }
        }
        return null;
    }

    /** Enters a session, unless one is in use for its key; returns the one that is in use then. */
    PasswordSession share(PasswordSession made) {
        PasswordSession[] used = {made};
        enter(made, before -> {
            PasswordSession current = current(before);
            used[0] = current == null ? made : current;
            return current == null;
        });
        return used[0];
    }

    /** Enters a session that takes the place of others. */
    void add(PasswordSession made) {
        enter(made, before -> true);
    }

    private interface Question {
        boolean wanted(List<Entry> before);
    }

    private void enter(PasswordSession made, Question question) {
        forgetCollected();
        entries.compute(made.key(), (key, ofKey) -> {
            List<Entry> before = ofKey == null ? List.of() : ofKey;
            if (!question.wanted(before)) {
                return before;
            }
            var after = new ArrayList<Entry>(before.size() + 1);
            after.add(new Entry(made, collected));
            after.addAll(before);
            return List.copyOf(after);
        });
    }

    private void forgetCollected() {
        for (var gone = collected.poll(); gone != null; gone = collected.poll()) {
            Entry entry = (Entry) gone;
            entries.computeIfPresent(entry.key, (key, ofKey) -> {
                List<Entry> left =
                        ofKey.stream().filter(other -> other != entry).toList();
                return left.isEmpty() ? null : left;
            });
        }
    }

    /** Has something done with every session of a key. */
    void each(SessionKey key, Consumer<PasswordSession> action) {
        each(entries.getOrDefault(key, List.of()), action);
    }

    /** Has something done with every session. */
    void each(Consumer<PasswordSession> action) {
        entries.values().forEach(ofKey -> each(ofKey, action));
    }

    private static void each(List<Entry> ofKey, Consumer<PasswordSession> action) {
        ofKey.stream().map(Entry::get).filter(Objects::nonNull).forEach(action);
    }
}
