// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.atp4j.data.LexMap;
import dev.atp4j.processes.Ground;
import dev.atp4j.processes.Kind;
import dev.atp4j.session.jdbc.JdbcSessionStore;
import dev.atp4j.session.redis.RedisSessionStore;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.SessionStore;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a store takes for its two most frequent operations: to read a record, and to put its successor in its place. */
final class StoreLatency {

    private static final int WRITERS = 100;
    private static final int PAIRS = 60;
    private static final int WARM_UP = 10;

    /** Each writer makes a pair about this often: a hundred accounts, each of them far busier than a session ever is. */
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int CONNECTIONS = 16;
    private static final int FILES = 400;

    private StoreLatency() {}

    static void run() throws Exception {
        try (Ground ground = Ground.open()) {
            URI postgres = URI.create(ground.url(Kind.POSTGRES));
            try (var pool = pool(postgres);
                    var store = JdbcSessionStore.builder(pool).build()) {
                measure("PostgreSQL", store);
            }
            try (var store = RedisSessionStore.at(URI.create(ground.url(Kind.REDIS)))) {
                measure("Redis", store);
            }
        }
        files();
    }

    private static HikariDataSource pool(URI url) {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:" + url);
        config.setUsername("postgres");
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }

    private static void measure(String name, SessionStore store) throws Exception {
        double[] paced = percentiles(store, EVERY_NANOS);
        Report.row(
                name + ": read + compareAndSet, p99 of " + WRITERS + " writers, ms",
                paced[1],
                "<= 5",
                paced[1] <= 5,
                String.format("median %.2f; each writer twice a second", paced[0]));
        double[] pressed = percentiles(store, 0);
        System.out.printf(
                "%-72s %12.3f   %-9s %-6s median %.2f%n",
                name + ": the same with no pause between, ms", pressed[1], "", "", pressed[0]);
    }

    /** Returns median and 99th percentile in milliseconds. */
    private static double[] percentiles(SessionStore store, long every) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Callable<long[]>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                SessionKey key = SessionKey.of(Fixtures.did(i));
                writers.add(() -> write(store, key, every));
            }
            var all = new ArrayList<long[]>();
            for (Future<long[]> writer : threads.invokeAll(writers)) {
                all.add(writer.get());
            }
            double[] sorted = all.stream()
                    .flatMapToLong(Arrays::stream)
                    .sorted()
                    .mapToDouble(nanos -> nanos / 1e6)
                    .toArray();
            return new double[] {sorted[sorted.length / 2], sorted[sorted.length * 99 / 100]};
        } finally {
            threads.shutdownNow();
        }
    }

    private static long[] write(SessionStore store, SessionKey key, long every) throws InterruptedException {
        var times = new long[PAIRS];
        for (int i = -WARM_UP; i < PAIRS; i++) {
            if (every > 0) {
                TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(2 * every));
            }
            long begin = System.nanoTime();
            long version = store.read(key).map(SessionRecord::version).orElse(0L);
            if (!store.compareAndSet(key, version, record(key, version + 1))) {
                throw new IllegalStateException("somebody else wrote " + key);
            }
            if (i >= 0) {
                times[i] = System.nanoTime() - begin;
            }
        }
        return times;
    }

    /** A record as large as those of sessions. */
    private static SessionRecord record(SessionKey key, long version) {
        return SessionRecord.of(
                key,
                version,
                LexMap.builder()
                        .put("dueMillis", 6_600_000L)
                        .put("padding", "x".repeat(1500))
                        .build());
    }

    /** A durable write to a folder, and what it takes the disk at the least: write, fsync, rename. */
    private static void files() throws IOException {
        Path folder = Files.createTempDirectory("atp4j-benchmark");
        try (var store = FileSessionStore.in(folder.resolve("store"))) {
            SessionKey key = SessionKey.of(Fixtures.did(1));
            Path raw = Files.createDirectory(folder.resolve("raw"));
            List<Double> stored = new ArrayList<>();
            List<Double> written = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (int i = -WARM_UP; i < FILES; i++) {
                SessionRecord record =
                        record(key, store.read(key).map(SessionRecord::version).orElse(0L) + 1);
                long begin = System.nanoTime();
                write(raw, record.toJson());
                long middle = System.nanoTime();
                store.compareAndSet(key, record.version() - 1, record);
                long end = System.nanoTime();
                if (i >= 0) {
                    written.add((middle - begin) / 1e6);
                    stored.add((end - middle) / 1e6);
                    ratios.add((double) (end - middle) / (middle - begin));
                }
            }
            double ratio = Report.median(ratios);
            Report.row(
                    "file: compareAndSet / (write + fsync + rename)",
                    ratio,
                    "<= 3",
                    ratio <= 3,
                    String.format("medians %.3f and %.3f ms", Report.median(stored), Report.median(written)));
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void write(Path folder, byte[] bytes) throws IOException {
        Path unfinished = folder.resolve("record.tmp");
        try (FileChannel file = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            file.write(ByteBuffer.wrap(bytes));
            file.force(true);
        }
        Files.move(unfinished, folder.resolve("record"), StandardCopyOption.ATOMIC_MOVE);
    }
}
