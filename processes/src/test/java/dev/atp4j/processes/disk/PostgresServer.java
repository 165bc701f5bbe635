// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A PostgreSQL server on a folder, set up as it comes, which ends as by {@code kill -9}. */
final class PostgresServer implements AutoCloseable {

    private static final InetAddress HOST = InetAddress.getLoopbackAddress();

    private static final long GLANCE = Duration.ofMillis(5).toNanos();

    private final Process process;
    private final int port;

    private PostgresServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Makes an empty database in a folder, and returns the server's program. */
    static Path make(Path folder) throws IOException {
        EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .start()
                .close();
        // The command by which it was started.
        return Path.of(Files.readString(folder.resolve("postmaster.opts")).split(" ")[0]);
    }

    /** Starts a server on what is in a folder. */
    static PostgresServer start(Path program, Path folder, boolean forces, Map<String, String> environment)
            throws IOException {
        Files.deleteIfExists(folder.resolve("postmaster.pid")); // another process may have that number by now
        int port = freePort();
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U")); // it does not run as the superuser
        }
        command.addAll(List.of(
                program.toString(),
                "-D",
                folder.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=" + HOST.getHostAddress(),
                "-c",
                "unix_socket_directories=",
                "-c",
                "dynamic_shared_memory_type=mmap", // in the folder, so that nothing is left when it is killed
                "-c",
                "fsync=" + (forces ? "on" : "off")));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Path.of("target", "postgres.log").toFile()));
        return new PostgresServer(builder.start(), port);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, HOST)) {
            return socket.getLocalPort();
        }
    }

    /** Connects, as soon as the server takes connections. */
    HikariDataSource connect() {
        String url = "jdbc:postgresql://" + HOST.getHostAddress() + ":" + port + "/postgres?user=postgres";
        while (!takesConnections(url)) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the server does not run on what it found; see target/postgres.log");
            }
            LockSupport.parkNanos(GLANCE);
        }
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(2);
        return new HikariDataSource(config);
    }

    private static boolean takesConnections(String url) {
        try {
            DriverManager.getConnection(url).close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
