// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells those who listen in PostgreSQL what was written, after the fact and many changes at once. Told by the statement that
 * writes, it would have all writers of all sessions wait for the disk one after the other: PostgreSQL commits what notifies
 * in single file. Thread-safe.
 */
final class Telling {

    /** Says instead of what has changed that much has. */
    static final String MISSED = "missed";

    private static final System.Logger LOG = System.getLogger(Telling.class.getName());

    private static final String TELL = "SELECT pg_notify('{t}', notice) FROM unnest(string_to_array(?, ',')) AS notice";

    private static final int AT_ONCE = 500;

    /** If so many could not be told, what they were is not remembered. */
    private static final int KEPT = 10_000;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Database database;
    private final String tell;
    private final Time time;
    private final Executor executor;
    private final ConcurrentLinkedQueue<String> untold = new ConcurrentLinkedQueue<>();

    /** True while somebody is about to tell, or waits to try again. */
    private final AtomicBoolean telling = new AtomicBoolean();

    Telling(Database database, Sql sql, Time time, Executor executor) {
        this.database = database;
        this.tell = sql.of(TELL);
        this.time = time;
        this.executor = executor;
    }

    /** Has a change told, soon and by another thread. */
    void changed(SessionKey key, long version) {
        untold.add(key + " " + version);
        begin();
    }

    private void begin() {
        if (!untold.isEmpty() && telling.compareAndSet(false, true)) {
            executor.execute(this::tellAll);
        }
    }

    private void tellAll() {
        if (told()) {
            telling.set(false);
            begin(); // Something may have been added just before.
        } else {
            time.after(PAUSE, () -> executor.execute(this::tellAll));
        }
    }

    /** Tells what there is to tell, and returns whether that worked. */
    private boolean told() {
        List<String> notices = new ArrayList<>();
        try {
            for (next(notices); !notices.isEmpty(); next(notices)) {
                String joined = String.join(",", notices);
                database.repeatable(
                        "a change is not told", connection -> Database.rows(connection, tell, row -> true, joined));
                notices.clear();
            }
            return true;
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG, "changes are told later: {0}", e.getMessage());
            keep(notices);
            return false;
        }
    }

    private void next(List<String> notices) {
        for (String notice = untold.poll(); notice != null; notice = untold.poll()) {
            notices.add(notice);
            if (notices.size() == AT_ONCE) {
                return;
            }
        }
    }

    private void keep(List<String> notices) {
        if (untold.size() + notices.size() > KEPT) {
            untold.clear();
            untold.add(MISSED);
        } else {
            untold.addAll(notices);
        }
    }

    /** Tells what is left, for the last time. */
    void close() {
        told();
        untold.clear();
    }
}
