// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import dev.atp4j.time.Time;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** Real servers on loopback, started when they are asked for, and stopped at the end of the JVM at the latest. Thread-safe. */
final class Servers implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long GLANCE = Duration.ofMillis(10).toNanos();

    private final Path folder;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable EmbeddedPostgres postgres;
    private @Nullable Process redis;
    private int redisPort;

    Servers(Path folder) {
        this.folder = folder;
    }

    /** Returns the port of a PostgreSQL server, whose database is {@code postgres}. */
    int postgres() {
        lock.lock();
        try {
            if (postgres == null) {
                postgres = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "400")
                        .start();
            }
            return postgres.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be started", e);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the port of a Redis server that loses nothing that it has confirmed. */
    int redis() {
        lock.lock();
        try {
            if (redis == null) {
                redisPort = freePort();
                Process started = startRedis();
                Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly, "stop-redis"));
                redis = started;
                awaitRedis(started);
            }
            return redisPort;
        } catch (IOException e) {
            throw new UncheckedIOException("Redis could not be started", e);
        } finally {
            lock.unlock();
        }
    }

    private Process startRedis() throws IOException {
        Path data = Files.createDirectory(folder.resolve("redis"));
        var program = ExecutableProvider.newJarResourceProvider(data.toFile()).get();
        return new ProcessBuilder(List.of(
                        program.getPath(),
                        "--port",
                        Integer.toString(redisPort),
                        "--bind",
                        HOST,
                        "--dir",
                        data.toString(),
                        "--save",
                        "",
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "always"))
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("log").toFile())
                .start();
    }

    private void awaitRedis(Process started) {
        long end = Time.system().nanos() + PATIENCE.toNanos();
        while (!listens(redisPort)) {
            if (!started.isAlive() || Time.system().nanos() - end > 0) {
                throw new IllegalStateException("Redis does not start");
            }
            LockSupport.parkNanos(GLANCE);
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (redis != null) {
                redis.destroyForcibly();
                redis.onExit().join();
            }
            if (postgres != null) {
                postgres.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
