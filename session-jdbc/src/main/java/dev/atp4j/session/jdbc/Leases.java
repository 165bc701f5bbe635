// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionStore.Lease;
import dev.atp4j.session.store.TimedLeases;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Gives turns, each a row that says whose the turn is and until when by the database's clock. Thread-safe. */
final class Leases implements AutoCloseable {

    private static final long TIME_TO_LIVE = TimedLeases.TIME_TO_LIVE.toMillis();

    /**
     * A turn is free when its time is over. One that ends later than any that is given now comes from a clock that was put
     * back since, and is free too. What one asks for twice, because the answer was lost, he gets.
     * Whoever asks in vain writes nothing: PostgreSQL would write down that he had locked the row.
     */
    private static final String TAKE = """
            INSERT INTO {t}leases AS held (did, slot, owner, fence, until)
            SELECT ?, ?, ?, 1, {later}
            WHERE NOT EXISTS (
                SELECT 1 FROM {t}leases AS busy
                WHERE did = ? AND slot = ? AND owner <> ? AND until > {now} AND until <= {later})
            ON CONFLICT (did, slot) DO UPDATE
            SET owner = excluded.owner, fence = held.fence + 1, until = {later}
            WHERE held.until <= {now} OR held.until > {later} OR held.owner = excluded.owner
            RETURNING fence""";

    /** A turn that lasts no longer than now is ended. */
    private static final String LAST = """
            UPDATE {t}leases
            SET until = {later}
            WHERE did = ? AND slot = ? AND owner = ? AND fence = ? AND until > {now}""";

    private final Database database;
    private final TimedLeases timed;
    private final String take;
    private final String last;

    Leases(Database database, Sql sql, TimedLeases timed) {
        this.database = database;
        this.timed = timed;
        this.take = sql.of(TAKE);
        this.last = sql.of(LAST);
    }

    Optional<Lease> take(SessionKey key, Duration wait) {
        String owner = UUID.randomUUID().toString();
        return timed.take(key, wait, () -> tryTo(key, owner));
    }

    private Optional<Row> tryTo(SessionKey key, String owner) {
        List<Row> taken = database.repeatable(
                "there is no waiting for a turn at " + key,
                connection -> Database.rows(
                        connection,
                        take,
                        row -> new Row(key, owner, row.getLong("fence")),
                        key.did().value(),
                        key.slot(),
                        owner,
                        TIME_TO_LIVE,
                        key.did().value(),
                        key.slot(),
                        owner,
                        TIME_TO_LIVE,
                        TIME_TO_LIVE,
                        TIME_TO_LIVE));
        return taken.stream().findFirst();
    }

    /** Renews no more. */
    @Override
    public void close() {
        timed.close();
    }

    /** A row that somebody has. The fence grows with each holder, so that nobody takes another's turn for his own. */
    private final class Row implements TimedLeases.Turn {

        private final SessionKey key;
        private final String owner;
        private final long fence;

        Row(SessionKey key, String owner, long fence) {
            this.key = key;
            this.owner = owner;
            this.fence = fence;
        }

        @Override
        public boolean renew() {
            return lasts(TIME_TO_LIVE, "renewed");
        }

        @Override
        public void end() {
            lasts(0, "ended");
        }

        private boolean lasts(long millis, String done) {
            return database.repeatable(
                    "the turn at " + key + " is not " + done,
                    connection -> 0
                            < Database.write(connection, last, millis, key.did().value(), key.slot(), owner, fence));
        }
    }
}
