// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.SessionStore.Watch;
import dev.atp4j.session.store.SessionStore.Watcher;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Looks every now and then at the table of the last changes. In SQLite, where that costs little and nobody can call. */
final class Polling implements Changes {

    private static final System.Logger LOG = System.getLogger(Polling.class.getName());

    private static final Duration EVERY = Duration.ofMillis(200);

    private static final String LAST = "SELECT coalesce(max(id), 0) FROM {t}changes";

    private static final String SINCE = "SELECT id, did, slot, version FROM {t}changes WHERE id > ? ORDER BY id";

    private final Database database;
    private final String last;
    private final String since;
    private final Time time;
    private final Executor executor;
    private final Watchers watchers = new Watchers();

    /** True while a look is due, or is being taken. */
    private final AtomicBoolean running = new AtomicBoolean();

    /** The last change that was looked at. When nobody has watched for a while, old changes are told; that does no harm. */
    private volatile long seen;

    Polling(Database database, Sql sql, Time time, Executor executor) {
        this.database = database;
        this.last = sql.of(LAST);
        this.since = sql.of(SINCE);
        this.time = time;
        this.executor = executor;
        this.seen = database.repeatable(
                "changes cannot be watched",
                connection ->
                        Database.rows(connection, last, row -> row.getLong(1)).get(0));
    }

    @Override
    public Watch watch(Watcher watcher) {
        watchers.add(watcher);
        if (begins()) {
            pollLater();
        }
        return () -> watchers.remove(watcher);
    }

    /** Tells one caller that there is somebody to look for, and that nobody else does. */
    private boolean begins() {
        return !watchers.isEmpty() && running.compareAndSet(false, true);
    }

    private void pollLater() {
        time.after(EVERY, () -> executor.execute(this::poll));
    }

    private void poll() {
        running.set(false);
        if (!begins()) {
            return;
        }
        try {
            look();
        } catch (StoreException e) {
            // What was changed meanwhile will still be there.
            LOG.log(System.Logger.Level.DEBUG, "changes cannot be watched now: {0}", e.getMessage());
        }
        pollLater();
    }

    private record Change(long id, String did, String slot, long version) {}

    private void look() {
        List<Change> changes = database.repeatable(
                "changes cannot be watched",
                connection -> Database.rows(
                        connection,
                        since,
                        row -> new Change(
                                row.getLong("id"), row.getString("did"), row.getString("slot"), row.getLong("version")),
                        seen));
        if (changes.isEmpty()) {
            return;
        }
        if (changes.get(0).id() > seen + 1) {
            watchers.missed();
        }
        for (Change change : changes) {
            Records.key(change.did(), change.slot()).ifPresent(key -> watchers.changed(key, change.version()));
        }
        seen = changes.get(changes.size() - 1).id();
    }

    @Override
    public void close() {
        watchers.clear();
    }
}
