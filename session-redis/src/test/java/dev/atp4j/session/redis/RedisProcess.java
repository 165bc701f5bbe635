// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/** A real Redis server on this machine, which can be killed, and started again with what is on its disk. */
final class RedisProcess implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The server's program, unpacked once. */
    private static final class Program {
        static final String PATH = unpack();

        private static String unpack() {
            try {
                return ExecutableProvider.newJarResourceProvider().get().getPath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final Path folder;
    private final int port;
    private final List<String> command;
    private Process process;
    private RedisClient admin;

    private RedisProcess(Path folder, int port, List<String> command) {
        this.folder = folder;
        this.port = port;
        this.command = command;
        start();
    }

    /** Starts a server that loses nothing that it has confirmed. */
    static RedisProcess durable(Path folder) {
        return with(folder, "--appendonly", "yes", "--appendfsync", "always");
    }

    /** Starts a server that saves when it is told to. */
    static RedisProcess with(Path folder, String... settings) {
        int port = freePort();
        List<String> command = new ArrayList<>(
                List.of(Program.PATH, "--port", "" + port, "--bind", HOST, "--dir", folder.toString(), "--save", ""));
        command.addAll(List.of(settings));
        return new RedisProcess(folder, port, command);
    }

    /** Starts a sentinel, which alone decides when the server that it watches is to be replaced. */
    static RedisProcess sentinel(Path folder, String name, RedisProcess master) throws IOException {
        int port = freePort();
        Path settings = folder.resolve("sentinel.conf");
        Files.writeString(settings, """
                port %d
                bind %s
                dir %s
                sentinel monitor %s %s %d 1
                sentinel down-after-milliseconds %s 500
                sentinel failover-timeout %s 3000
                """.formatted(port, HOST, folder, name, HOST, master.port, name, name));
        return new RedisProcess(folder, port, List.of(Program.PATH, settings.toString(), "--sentinel"));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, again on the same port and folder, and waits until it answers. */
    void start() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis-" + port + ".log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        admin = client(10_000);
        long start = System.nanoTime();
        while (!answers()) {
            if (System.nanoTime() - start > PATIENCE.toNanos() || !process.isAlive()) {
                kill();
                throw new IllegalStateException("the Redis server does not start; see its log in " + folder);
            }
            Thread.onSpinWait();
        }
    }

    private boolean answers() {
        try {
            admin.ping();
            return true;
        } catch (JedisException e) {
            return false;
        }
    }

    /** Kills it as a power cut would. */
    void kill() {
        admin.close();
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void restart() {
        kill();
        start();
    }

    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    URI uri() {
        return URI.create("redis://" + HOST + ":" + port);
    }

    /** Returns a client to look behind the store's back with. */
    RedisClient admin() {
        return admin;
    }

    /** Sends any command. */
    Object ask(Protocol.Command command, String... arguments) {
        return admin.executeCommand(new CommandArguments(command).addObjects((Object[]) arguments));
    }

    RedisClient client(int timeoutMillis) {
        return RedisClient.builder()
                .hostAndPort(new HostAndPort(HOST, port))
                .clientConfig(DefaultJedisClientConfig.builder()
                        .resp2()
                        .timeoutMillis(timeoutMillis)
                        .blockingSocketTimeoutMillis(30_000)
                        .build())
                .build();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
