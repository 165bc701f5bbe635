// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.ClaimingStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.session.store.StoredNote;
import dev.atp4j.session.store.TimedLeases;
import dev.atp4j.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Keeps sessions in a database: in PostgreSQL, which any number of machines can share, or in SQLite, which the processes of
 * one machine can. Thread-safe.
 *
 * <p>All times are the database's, so that the clocks of the machines do not matter. A lease ends eight seconds after its
 * holder was heard of last. No connection is kept between calls, but one as long as somebody {@linkplain #watch watches} in
 * PostgreSQL. No call waits for an answer of the database much longer than seven seconds, beside what the pool or driver
 * takes to connect.
 *
 * <p>Whoever can read the tables can use the sessions; they are to be guarded like passwords.
 */
public final class JdbcSessionStore implements ClaimingStore {

    private static final Duration LONGEST_HOLD = Duration.ofDays(365);

    private final Connections connections;
    private final Sql sql;
    private final Database database;
    private final Records records;
    private final Notes notes;
    private final Leases leases;
    private final Changes changes;

    private JdbcSessionStore(Builder settings, Sql sql, Database database) {
        this.connections = settings.connections;
        this.sql = sql;
        this.database = database;
        this.notes = new Notes(database, sql);
        this.leases = new Leases(database, sql, new TimedLeases(settings.time, settings.executor, settings.random));
        if (sql.dialect() == Dialect.POSTGRESQL) {
            var telling = new Telling(database, sql, settings.time, settings.executor);
            this.records = new PostgresRecords(database, sql, telling);
            this.changes = new Listening(settings.listening, telling, sql.tables(), settings.time, settings.random);
        } else {
            this.records = new SqliteRecords(database, sql);
            this.changes = new Polling(database, sql, settings.time, settings.executor);
        }
    }

    /**
     * Begins to open a store in the database of a data source: a pool, or a driver's own. The data source stays the
     * caller's; {@link #close} does not close it.
     *
     * @param source where connections come from
     * @return a builder
     */
    public static Builder builder(DataSource source) {
        return new Builder(new PooledConnections(source));
    }

    /**
     * Begins to open a store in an SQLite file. The driver, {@code org.xerial:sqlite-jdbc}, must be on the path. The file is
     * created if it is missing, and then only for this user. It must be on a local disk: over a network file system, SQLite
     * loses data.
     *
     * @param file the database, in a folder that exists
     * @return a builder
     * @throws IllegalArgumentException if the path has a question mark in it, which the driver does not understand
     */
    public static Builder sqlite(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (absolute.toString().contains("?")) {
            throw new IllegalArgumentException(
                    "the SQLite driver cannot open a path with a question mark: " + absolute);
        }
        return new Builder(new FileConnections(absolute));
    }

    /**
     * Returns the SQL script that makes the tables, for those whose programs must not.
     *
     * @param dialect for which database
     * @param tables what the tables' names begin with, see {@link Builder#tables}
     * @return the script
     * @throws IllegalArgumentException as {@link Builder#tables} says
     */
    public static String schema(Dialect dialect, String tables) {
        return new Schema(new Sql(dialect, tables)).script();
    }

    @Override
    public Optional<SessionRecord> read(SessionKey key) {
        return records.read(key);
    }

    @Override
    public boolean compareAndSet(SessionKey key, long expectedVersion, SessionRecord next) {
        next.requireSuccessor(key, expectedVersion);
        return records.set(key, expectedVersion, next);
    }

    @Override
    public boolean compareAndDelete(SessionKey key, long expectedVersion) {
        return expectedVersion > 0 && records.delete(key, expectedVersion);
    }

    @Override
    public Optional<Lease> lease(SessionKey key, Duration wait) {
        return leases.take(key, wait);
    }

    @Override
    public Stream<SessionKey> keys() {
        return records.keys();
    }

    @Override
    public Optional<StoredNote> note(String name) {
        return notes.read(StoredNote.requireName(name));
    }

    @Override
    public boolean compareAndSetNote(long expectedVersion, StoredNote next) {
        next.requireSuccessor(expectedVersion);
        return notes.set(expectedVersion, next);
    }

    /** Returns the time of the database. */
    @Override
    public Instant now() {
        return database.repeatable(
                "there is no time",
                connection -> Database.rows(
                                connection,
                                sql.of("SELECT {now}"),
                                row -> sql.dialect() == Dialect.POSTGRESQL
                                        ? row.getObject(1, OffsetDateTime.class).toInstant()
                                        : Instant.ofEpochMilli(row.getLong(1)))
                        .get(0));
    }

    @Override
    public Watch watch(Watcher watcher) {
        return changes.watch(watcher);
    }

    @Override
    public List<SessionRecord> claimDue(int most, Duration hold) {
        if (most < 1 || hold.isNegative() || hold.isZero()) {
            throw new IllegalArgumentException("at least one, for a positive time: " + most + ", " + hold);
        }
        return records.claimDue(most, hold.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : hold);
    }

    /** Ends the watches and the renewal of leases. The data source is the caller's to close. */
    @Override
    public void close() {
        changes.close();
        leases.close();
        connections.close();
    }

    /** Returns the database's kind, and the tables. */
    @Override
    public String toString() {
        return "JdbcSessionStore[" + sql.dialect().product() + ", " + sql.tables() + "...]";
    }

    /** Opens stores. Not thread-safe. */
    public static final class Builder {

        private final Connections connections;
        private Connections listening;
        private String tables = "atp4j_";
        private boolean createTables = true;
        private Time time = Time.system();
        private Executor executor = Threads.shared();
        private RandomGenerator random = new Random();

        private Builder(Connections connections) {
            this.connections = connections;
            this.listening = connections;
        }

        /**
         * Sets what the tables' names begin with; {@code atp4j_} unless told otherwise. In PostgreSQL a schema, which must
         * exist, may stand before it: {@code auth.atp4j_}.
         *
         * @param tables up to 30 of the characters {@code a-z 0-9 _}, perhaps after a schema of up to 30, and a dot
         * @return this builder
         */
        public Builder tables(String tables) {
            this.tables = tables;
            return this;
        }

        /**
         * Sets whether missing tables are made, and those of an older release brought up to date, when the store is opened;
         * they are unless told otherwise.
         *
         * @param createTables false if somebody else does it, with the script of {@link JdbcSessionStore#schema}
         * @return this builder
         */
        public Builder createTables(boolean createTables) {
            this.createTables = createTables;
            return this;
        }

        /**
         * Sets where the connection comes from that listens for changes in PostgreSQL while somebody watches; the store's
         * own data source unless told otherwise. Behind PgBouncer it must go round it, to the server itself.
         *
         * @param source where one more connection comes from
         * @return this builder
         */
        public Builder listenOn(DataSource source) {
            this.listening = new PooledConnections(source);
            return this;
        }

        /**
         * Sets the clock that waits and timers are measured by; the machine's unless told otherwise. When a lease ends is
         * decided by the database's clock.
         *
         * @param time a clock
         * @return this builder
         */
        public Builder time(Time time) {
            this.time = time;
            return this;
        }

        /**
         * Sets the threads on which leases are renewed, and changes told or looked for; threads of the library unless told
         * otherwise.
         *
         * @param executor runs tasks that block; it must not run them on the thread that hands them in. What it rejects is
         *     run on the library's threads
         * @return this builder
         */
        public Builder executor(Executor executor) {
            this.executor = Threads.behind(executor);
            return this;
        }

        /**
         * Sets where the chance comes from that spreads the pauses of those who wait.
         *
         * @param random a thread-safe generator
         * @return this builder
         */
        public Builder random(RandomGenerator random) {
            this.random = random;
            return this;
        }

        /**
         * Opens the store: finds out what database it is, and makes the tables if they are missing.
         *
         * @return the store
         * @throws StoreException of kind {@link StoreException.Kind#UNAVAILABLE} if the database cannot be reached;
         *     {@link StoreException.Kind#UNREADABLE} if its tables are those of a newer release;
         *     {@link StoreException.Kind#UNSAFE} if they are missing and must not be made, if it is another database than
         *     those that are supported, or if an SQLite file is open to others
         * @throws IllegalArgumentException if the tables' names have another form
         */
        public JdbcSessionStore build() {
            connections.open();
            var sql = new Sql(Opening.dialect(connections), tables);
            var database = new Database(connections, sql.dialect());
            if (sql.dialect() == Dialect.SQLITE) {
                Opening.requireSafeFile(database);
            }
            new Schema(sql).prepare(database, createTables);
            return new JdbcSessionStore(this, sql, database);
        }
    }
}
