// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.redis;

import dev.atp4j.session.store.ClaimingStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.session.store.StoredNote;
import dev.atp4j.session.store.TimedLeases;
import dev.atp4j.time.Time;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import redis.clients.jedis.UnifiedJedis;

/**
 * Keeps sessions in Redis, shared by any number of programs on any number of machines. Thread-safe.
 *
 * <p>Each call is one round trip: compare and set is a script that Redis runs in one step. Time is that of Redis everywhere;
 * the machines' clocks may be days off. A lease lives for eight seconds and is kept alive while its holder lives. All
 * failures are {@link StoreException}, and no call waits longer than the client's time limits allow.
 *
 * <p>What has been confirmed is as durable as the server is set up to make it: with {@code appendonly yes} and
 * {@code appendfsync always} it survives a crash. {@code docs/stores.md} says how to deploy it, and what happens when it fails.
 */
public final class RedisSessionStore implements ClaimingStore {

    /** What the names of keys begin with, unless the builder is told otherwise. */
    public static final String DEFAULT_PREFIX = "atp4j";

    private static final Duration LONGEST_HOLD = Duration.ofDays(365);

    private static final int PAGE = 1_000;
    private static final byte[] FIRST = {'-'};

    private final Redis redis;
    private final Names names;
    private final RandomGenerator random;
    private final Documents<SessionRecord> records;
    private final Documents<StoredNote> notes;
    private final Leases leases;
    private final Watches watches;

    private RedisSessionStore(Redis redis, Names names, Time time, RandomGenerator random) {
        this.redis = redis;
        this.names = names;
        this.random = random;
        this.records = new Documents<>(redis, SessionRecord::version);
        this.notes = new Documents<>(redis, StoredNote::version);
        this.leases = new Leases(redis, names, new TimedLeases(time, Background.THREADS, random), random);
        this.watches = new Watches(redis, names, time, Background.THREADS, random);
    }

    /**
     * Opens the store of a server, with all settings as they are.
     *
     * @param server its address, such as {@code redis://user:password@host:6379/0}, or {@code rediss:} for TLS
     * @return the store
     * @throws IllegalArgumentException if it is no such address
     * @throws StoreException as {@link Builder#open} does
     */
    public static RedisSessionStore at(URI server) {
        return builder(server).open();
    }

    /**
     * Begins to describe a store with connections of its own, 32 at the most, which are closed with the store. It waits two
     * seconds for a connection, and three for an answer.
     *
     * @param server the server's address, such as {@code redis://user:password@host:6379/0}, or {@code rediss:} for TLS
     * @return a builder
     * @throws IllegalArgumentException if it is no such address
     */
    public static Builder builder(URI server) {
        return new Builder(Redis.at(server));
    }

    /**
     * Begins to describe a store on a client of the caller's, which stays open when the store is closed. This is the way to
     * Sentinel and clusters, to certificates and pools of one's own.
     *
     * <p>The client must have time limits: for connecting, for reading, for blocking reads (30 seconds, for instance; a
     * {@linkplain #watch watch} notices a dead connection by it), and for waiting for a connection of its pool. A store that
     * watches keeps one connection.
     *
     * @param client the client
     * @return a builder
     */
    public static Builder builder(UnifiedJedis client) {
        return new Builder(Redis.through(client));
    }

    @Override
    public Optional<SessionRecord> read(SessionKey key) {
        return records.read(about(key), names.record(key), parser(key));
    }

    @Override
    public boolean compareAndSet(SessionKey key, long expectedVersion, SessionRecord next) {
        next.requireSuccessor(key, expectedVersion);
        Redis.Reply reply = redis.run(
                about(key) + " cannot be written",
                Script.WRITE_RECORD,
                List.of(names.record(key), names.index(), names.due()),
                List.of(
                        Redis.bytes(expectedVersion),
                        Redis.bytes(next.version()),
                        next.toJson(),
                        mark(),
                        Names.member(key),
                        next.due().map(due -> Redis.bytes(due.toMillis())).orElseGet(() -> new byte[0]),
                        names.channel()));
        return records.changed(about(key), names.record(key), parser(key), reply);
    }

    @Override
    public boolean compareAndDelete(SessionKey key, long expectedVersion) {
        Redis.Reply reply = redis.run(
                about(key) + " cannot be removed",
                Script.DELETE_RECORD,
                List.of(names.record(key), names.index(), names.due()),
                List.of(Redis.bytes(expectedVersion), Names.member(key), names.channel()));
        return records.changed(about(key), names.record(key), parser(key), reply);
    }

    /** Tells a write that is sent again from another's write of the same version. */
    private byte[] mark() {
        return Redis.bytes(random.nextLong());
    }

    private static String about(SessionKey key) {
        return "the session of " + key;
    }

    private static Function<byte[], SessionRecord> parser(SessionKey key) {
        return document -> SessionRecord.parse(key, document);
    }

    @Override
    public Optional<Lease> lease(SessionKey key, Duration wait) {
        return leases.take(key, wait);
    }

    @Override
    public Stream<SessionKey> keys() {
        return Stream.iterate(
                        page(FIRST),
                        page -> !page.isEmpty(),
                        page -> page.size() < PAGE ? List.of() : page(after(page.get(page.size() - 1))))
                .flatMap(List::stream)
                .flatMap(member -> Names.parse(member).stream());
    }

    private List<byte[]> page(byte[] from) {
        return redis.members("the sessions cannot be listed", names.index(), from, PAGE);
    }

    private static byte[] after(byte[] member) {
        byte[] from = new byte[member.length + 1];
        from[0] = '(';
        System.arraycopy(member, 0, from, 1, member.length);
        return from;
    }

    @Override
    public List<SessionRecord> claimDue(int most, Duration hold) {
        long millis = (hold.compareTo(LONGEST_HOLD) < 0 ? hold : LONGEST_HOLD).toMillis();
        List<?> claimed = redis.run(
                        "what is due cannot be claimed",
                        Script.CLAIM,
                        List.of(names.due(), names.records()),
                        List.of(Redis.bytes(most), Redis.bytes(Math.max(1, millis))))
                .list();
        List<SessionRecord> all = new ArrayList<>();
        for (int i = 0; i < claimed.size(); i += 4) {
            int at = i;
            Names.parse((byte[]) claimed.get(i))
                    .flatMap(key -> readable(key, claimed.subList(at + 1, at + 4)))
                    .ifPresent(all::add);
        }
        return all;
    }

    /** Makes a record of what a script has found, unless it is damaged; whoever reads that one is told. */
    private Optional<SessionRecord> readable(SessionKey key, List<?> fields) {
        try {
            return Optional.of(records.parse(
                    about(key), (byte[]) fields.get(0), (byte[]) fields.get(1), (byte[]) fields.get(2), parser(key)));
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<StoredNote> note(String name) {
        return notes.read(aboutNote(name), names.note(StoredNote.requireName(name)), noteParser(name));
    }

    @Override
    public boolean compareAndSetNote(long expectedVersion, StoredNote next) {
        next.requireSuccessor(expectedVersion);
        String name = next.name();
        Redis.Reply reply = redis.run(
                aboutNote(name) + " cannot be written",
                Script.WRITE_NOTE,
                List.of(names.note(name)),
                List.of(Redis.bytes(expectedVersion), Redis.bytes(next.version()), next.toJson(), mark()));
        return notes.changed(aboutNote(name), names.note(name), noteParser(name), reply);
    }

    private static String aboutNote(String name) {
        return "the note \"" + name + "\"";
    }

    private static Function<byte[], StoredNote> noteParser(String name) {
        return document -> StoredNote.parse(name, document);
    }

    @Override
    public Instant now() {
        List<?> time = redis.run("Redis does not tell the time", Script.NOW, List.of(names.fence()), List.of())
                .list();
        return Instant.ofEpochSecond(Redis.number(time.get(0)), Redis.number(time.get(1)) * 1_000);
    }

    /**
     * Has somebody told of changes that others make, as Redis publishes them. After each gap, such as a connection that broke,
     * he is told that he may have {@linkplain Watcher#missed missed} something.
     *
     * @throws StoreException if Redis cannot be reached now, or the thread is interrupted
     */
    @Override
    public Watch watch(Watcher watcher) {
        try {
            return watches.watch(watcher);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Kind.INTERRUPTED, "interrupted while connecting to Redis", e);
        }
    }

    /** Ends watches and the renewal of leases, and closes the connections that the store has opened itself. */
    @Override
    public void close() {
        watches.close();
        leases.close();
        redis.close();
    }

    /** Returns what the store's keys begin with. */
    @Override
    public String toString() {
        return "RedisSessionStore[" + names + "]";
    }

    /** Describes a store that is to be opened. Confined to one thread. */
    public static final class Builder {

        private final Redis redis;
        private String prefix = DEFAULT_PREFIX;
        private boolean checkServer = true;
        private Time time = Time.system();
        private RandomGenerator random = new SecureRandom();

        private Builder(Redis redis) {
            this.redis = redis;
        }

        /**
         * Says what the names of the store's keys, and of its channel, begin with. Stores of different prefixes know nothing of
         * each other.
         *
         * @param prefix 1 to 64 of the characters {@code A-Z a-z 0-9 . _ : -}; {@value RedisSessionStore#DEFAULT_PREFIX} if
         *     nothing is said. It is put into braces, so that a cluster keeps all of the store in one slot
         * @return this builder
         */
        public Builder prefix(String prefix) {
            this.prefix = prefix;
            return this;
        }

        /**
         * Says whether to look at the server's settings when the store is opened: a server that throws sessions away when its
         * memory is full is refused, and one that may lose them in a crash is warned of in the log.
         *
         * @param check false to open the store without asking the server anything
         * @return this builder
         */
        public Builder checkServer(boolean check) {
            this.checkServer = check;
            return this;
        }

        /**
         * Brings a clock, by which waits are measured here. What is stored is only ever compared with the clock of Redis.
         *
         * @param time the clock
         * @return this builder
         */
        public Builder time(Time time) {
            this.time = time;
            return this;
        }

        /**
         * Brings chance, which spreads retries and names who has a lease.
         *
         * @param random where it comes from; it must be thread-safe, and differ between stores
         * @return this builder
         */
        public Builder random(RandomGenerator random) {
            this.random = random;
            return this;
        }

        /**
         * Opens the store.
         *
         * @return the store
         * @throws IllegalArgumentException if the prefix has another form
         * @throws StoreException of kind {@link StoreException.Kind#UNSAFE} if the server throws keys away when its memory is
         *     full, or {@link StoreException.Kind#UNAVAILABLE} if it cannot be reached
         */
        public RedisSessionStore open() {
            boolean opened = false;
            try {
                var names = new Names(prefix);
                if (checkServer) {
                    ServerCheck.check(redis);
                }
                var store = new RedisSessionStore(redis, names, time, random);
                opened = true;
                return store;
            } finally {
                if (!opened) {
                    redis.close();
                }
            }
        }
    }
}
