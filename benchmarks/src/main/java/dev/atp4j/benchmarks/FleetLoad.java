// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import dev.atp4j.session.jdbc.JdbcSessionStore;
import dev.atp4j.session.store.SessionRecord;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes per second of four worker processes on one PostgreSQL, all accounts being overdue, against a server in another
 * process; and beside it what the database does when pgbench sends it the same statements, without Java and without refreshes.
 * The two take turns on the same tables, on the same number of connections. Measured twice: all sharing all processors, and
 * with a processor that the database has for itself, as it would have on a machine of its own.
 */
final class FleetLoad {

    private static final int ACCOUNTS = Integer.getInteger("accounts", 200_000);
    private static final int WORKERS = 4;
    private static final int CONNECTIONS = 8;
    private static final int AT_ONCE = 16;
    private static final int ROUNDS = Integer.getInteger("rounds", 3);

    /** Before anything is measured, since four JVMs compile on the processors that they measure. */
    private static final int WARM_UPS = Integer.getInteger("warmups", 4);

    private static final int WARM_UP_SECONDS = 50;
    private static final int BEFORE_SECONDS = 5;
    private static final int SECONDS = 15;

    private FleetLoad() {}

    static void run() throws Exception {
        Path pgbench = pgbench();
        Path data = Files.createTempDirectory("atp4j-fleet");
        try (ServerProcess server = ServerProcess.start(RefreshServer.class);
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("shared_buffers", "1GB")
                        .setServerConfig("max_wal_size", "8GB")
                        // As in earnest: what is committed is on the disk.
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .start()) {
            try (JdbcSessionStore store = JdbcSessionStore.builder(postgres.getPostgresDatabase())
                            .build();
                    Workers workers = new Workers()) {
                fill(postgres, server.origin());
                workers.start(url(postgres));
                for (int i = 0; i < WARM_UPS; i++) {
                    allOverdue(postgres);
                    workers.measured(WARM_UP_SECONDS);
                }
                compare(workers, pgbench, postgres, "all on all processors", List.of());
                List<Integer> processors = Processors.available();
                if (processors.size() > 1) {
                    List<Integer> others = processors.subList(1, processors.size());
                    Processors.pin(postmaster(data), processors.subList(0, 1));
                    Processors.pin(server.handle(), others);
                    for (Process worker : workers.processes) {
                        Processors.pin(worker.toHandle(), others);
                    }
                    compare(workers, pgbench, postgres, "the database on one of its own", others);
                }
                if (store.now().getEpochSecond() == 0) {
                    throw new IllegalStateException("the store was not kept open");
                }
            }
        }
    }

    private static ProcessHandle postmaster(Path data) throws IOException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static void compare(
            Workers workers, @Nullable Path pgbench, EmbeddedPostgres postgres, String how, List<Integer> processors)
            throws Exception {
        List<Load> fleets = new ArrayList<>();
        List<Double> alone = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            allOverdue(postgres);
            fleets.add(workers.measured(SECONDS));
            if (pgbench != null) {
                allOverdue(postgres);
                alone.add(pgbench(pgbench, postgres, processors));
            }
        }
        report(how, fleets, alone);
    }

    /**
     * What a fleet did.
     *
     * @param perSecond refreshes per second
     * @param millis processor time of the workers for each of them
     */
    private record Load(double perSecond, double millis) {}

    private static void report(String how, List<Load> fleets, List<Double> alone) {
        String accounts = String.format("%,d accounts, %d processes", ACCOUNTS, WORKERS);
        double rate = Report.median(fleets.stream().map(Load::perSecond).toList());
        double millis = Report.median(fleets.stream().map(Load::millis).toList());
        if (alone.isEmpty()) {
            Report.row(
                    "refreshes per second of a fleet; " + how,
                    rate,
                    "-",
                    true,
                    accounts + "; no pgbench to compare with");
            return;
        }
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < fleets.size(); i++) {
            ratios.add(fleets.get(i).perSecond() / alone.get(i));
        }
        double ratio = Report.median(ratios);
        Report.row(
                "fleet / the database's statements alone; " + how,
                ratio,
                ">= 0.8",
                ratio >= 0.8,
                String.format(
                        "%s; fleet: %,.0f/s, %.2f ms of processor time of the workers for each; pgbench: %,.0f/s",
                        accounts, rate, millis, Report.median(alone)));
    }

    private static String url(EmbeddedPostgres postgres) {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    // ---- the accounts

    /** The account of this number; in SQL it is made alike. */
    private static String did(int number) {
        String digits = String.format("%24d", number).replace(' ', 'a');
        return "did:plc:" + digits;
    }

    private static void fill(EmbeddedPostgres postgres, URI service) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO atp4j_sessions (did, slot, version, content, seal, due_at, written_at)
                        SELECT did, slot, version, content,
                            sha256(convert_to(did || '#' || slot || ' ' || version || ' ', 'UTF8') || content), now(), now()
                        FROM (VALUES (?, 'default', 1::bigint, ?::bytea)) AS made (did, slot, version, content)""")) {
            connection.setAutoCommit(false);
            for (int i = 1; i <= ACCOUNTS; i++) {
                SessionRecord stored = Fixtures.record(service, dev.atp4j.syntax.Did.parse(did(i)));
                insert.setString(1, did(i));
                insert.setBytes(2, stored.toJson());
                insert.addBatch();
                if (i % 1000 == 0 || i == ACCOUNTS) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
        }
        execute(postgres, "VACUUM ANALYZE");
    }

    private static void allOverdue(EmbeddedPostgres postgres) throws SQLException {
        execute(postgres, "UPDATE atp4j_sessions SET due_at = now() - random() * interval '1 hour'");
        execute(postgres, "VACUUM ANALYZE atp4j_sessions");
        execute(postgres, "CHECKPOINT");
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    // ---- the fleets

    /** Worker processes. */
    private static final class Workers implements AutoCloseable {

        private final List<Process> processes = new ArrayList<>();
        private final List<BufferedReader> readers = new ArrayList<>();

        void start(String url) throws IOException {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            for (int i = 0; i < WORKERS; i++) {
                Process process = new ProcessBuilder(
                                java,
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                FleetWorker.class.getName(),
                                url,
                                Integer.toString(CONNECTIONS),
                                Integer.toString(AT_ONCE))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                processes.add(process);
                readers.add(
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
            }
        }

        /** Has all of them work, and measures how much they do in a time that begins a little later. */
        Load measured(int seconds) throws IOException, InterruptedException {
            refreshed(FleetWorker.WORK);
            Thread.sleep(BEFORE_SECONDS * 1000L);
            long begin = System.nanoTime();
            long before = refreshed(FleetWorker.TELL);
            long busyBefore = processorMillis();
            Thread.sleep(seconds * 1000L);
            double refreshed = refreshed(FleetWorker.TELL) - before;
            long busy = processorMillis() - busyBefore;
            var load = new Load(refreshed / ((System.nanoTime() - begin) / 1e9), busy / refreshed);
            refreshed(FleetWorker.PAUSE);
            return load;
        }

        private long processorMillis() {
            return processes.stream()
                    .flatMap(process -> process.info().totalCpuDuration().stream())
                    .mapToLong(Duration::toMillis)
                    .sum();
        }

        /** Orders something, and returns how many sessions all of them have refreshed. */
        private long refreshed(char order) throws IOException {
            for (Process process : processes) {
                OutputStream out = process.getOutputStream();
                out.write(order);
                out.flush();
            }
            long sum = 0;
            for (BufferedReader reader : readers) {
                String line = reader.readLine();
                if (line == null) {
                    throw new IllegalStateException("a worker has died");
                }
                String[] numbers = line.split(" ");
                if (!numbers[1].equals("0")) {
                    throw new IllegalStateException("a worker could not refresh, or not alone: " + line);
                }
                sum += Long.parseLong(numbers[0]);
            }
            return sum;
        }

        @Override
        public void close() {
            processes.forEach(Process::destroyForcibly);
        }
    }

    // ---- the database alone

    /** What the store sends for one claim. */
    private static final String CLAIM = """
            WITH due AS MATERIALIZED (SELECT did, slot, due_at FROM atp4j_sessions WHERE due_at <= clock_timestamp() \
            ORDER BY due_at LIMIT 8 FOR UPDATE SKIP LOCKED) UPDATE atp4j_sessions AS s SET due_at = clock_timestamp() + \
            120000 * interval '1 millisecond' FROM due WHERE s.did = due.did AND s.slot = due.slot RETURNING s.did, s.slot, \
            s.version, s.content, s.seal, due.due_at AS was_due;
            """;

    /** What the store sends for one refresh: lease, read, attempt, result, end of the lease; each a transaction of its own.
     * The notices of changes, which the store sends many at once, are left out. */
    private static final String REFRESH = "\\set n random(1, %d)\n" + """
            INSERT INTO atp4j_leases AS held (did, slot, owner, fence, until)
            SELECT {did}, 'default', {owner}, 1, clock_timestamp() + 8000 * interval '1 millisecond'
            WHERE NOT EXISTS (SELECT 1 FROM atp4j_leases AS busy WHERE did = {did} AND slot = 'default' AND owner <> {owner}
            AND until > clock_timestamp() AND until <= clock_timestamp() + 8000 * interval '1 millisecond')
            ON CONFLICT (did, slot) DO UPDATE
            SET owner = excluded.owner, fence = held.fence + 1, until = clock_timestamp() + 8000 * interval '1 millisecond'
            WHERE held.until <= clock_timestamp() OR held.until > clock_timestamp() + 8000 * interval '1 millisecond'
            OR held.owner = excluded.owner
            RETURNING fence;
            SELECT version, content, seal FROM atp4j_sessions WHERE did = {did} AND slot = 'default' \\gset
            """ + write(0, 1) + write(1, 0) + """
            UPDATE atp4j_leases SET until = clock_timestamp()
            WHERE did = {did} AND slot = 'default' AND owner = {owner} AND until > clock_timestamp();
            """;

    /** One that puts another version in the place of one. The last has the one that the document names, which stays as it is. */
    private static String write(int before, int after) {
        return """
            UPDATE atp4j_sessions
            SET version = :version::bigint + AFTER, content = :content::bytea, seal = sha256(convert_to(
            did || '#' || slot || ' ' || (:version::bigint + AFTER) || ' ', 'UTF8') || :content::bytea),
            due_at = clock_timestamp() + 6600000 * interval '1 millisecond', written_at = clock_timestamp()
            WHERE did = {did} AND slot = 'default' AND version = :version::bigint + BEFORE
            AND seal = sha256(convert_to(did || '#' || slot || ' ' || version || ' ', 'UTF8') || content);
            """.replace("AFTER", Integer.toString(after)).replace("BEFORE", Integer.toString(before));
    }

    private static final Pattern TPS =
            Pattern.compile("refresh\\.sql.*?- (\\d+) transactions \\([^)]*tps = ([0-9.]+)", Pattern.DOTALL);

    /** Returns how many refreshes per second the database can take from a client on these processors, or on any. */
    private static double pgbench(Path pgbench, EmbeddedPostgres postgres, List<Integer> processors)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("atp4j-pgbench");
        Path claim = Files.writeString(folder.resolve("claim.sql"), CLAIM);
        Path refresh = Files.writeString(
                folder.resolve("refresh.sql"),
                REFRESH.replace("%d", Integer.toString(ACCOUNTS))
                        .replace("{did}", "'did:' || 'plc:' || lpad(:n::bigint::text, 24, 'a')")
                        .replace("{owner}", ":client_id::bigint::text"));
        List<String> command = new ArrayList<>(Processors.on(processors));
        command.addAll(List.of(
                pgbench.toString(),
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + WORKERS * CONNECTIONS,
                "--jobs=2",
                "--time=" + SECONDS,
                "--file=" + claim + "@1",
                "--file=" + refresh + "@" + AT_ONCE / 2,
                "--host=127.0.0.1",
                "--port=" + postgres.getPort(),
                "--username=postgres",
                "postgres"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var tps = TPS.matcher(output);
        if (process.waitFor() != 0 || !tps.find()) {
            throw new IllegalStateException(output);
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
        return Double.parseDouble(tps.group(2));
    }

    /** Finds the program, which comes with PostgreSQL's server or its contributions; returns null if it is not installed. */
    private static @Nullable Path pgbench() throws IOException {
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, "pgbench"))) {
                return Path.of(folder, "pgbench");
            }
        }
        Path debian = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(debian)) {
            return null;
        }
        try (Stream<Path> versions = Files.list(debian)) {
            return versions.map(version -> version.resolve("bin/pgbench"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElse(null);
        }
    }
}
