// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/** A Redis server on a folder, which ends as by {@code kill -9}. */
final class RedisServer implements AutoCloseable {

    private static final InetAddress HOST = InetAddress.getLoopbackAddress();

    private final Process process;
    private final int port;

    private RedisServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Unpacks the server's program. */
    static Path program(Path folder) throws IOException {
        return ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
    }

    /** Starts a server on what is in a folder; returns empty if it refuses to run on that. */
    static Optional<RedisServer> start(Path program, Path folder, String force, Map<String, String> environment)
            throws IOException {
        int port = freePort();
        var command = new ProcessBuilder(
                program.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                HOST.getHostAddress(),
                "--dir",
                folder.toString(),
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                force);
        command.environment().putAll(environment);
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        var server = new RedisServer(command.start(), port);
        while (server.process.isAlive()) {
            if (server.answers()) {
                return Optional.of(server);
            }
            Thread.onSpinWait();
        }
        return Optional.empty();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, HOST)) {
            return socket.getLocalPort();
        }
    }

    /** A server that is still loading listens already, and says so. */
    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(HOST, port));
            socket.getOutputStream().write(new byte[] {'P', 'I', 'N', 'G', '\r', '\n'});
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    /** Cuts off what a server refuses to read of its append-only file, as its operator would. */
    static void repair(Path program, Path folder) throws IOException, InterruptedException {
        // The server's program is this one too, under another name.
        Path repair = Files.createSymbolicLink(folder.resolve("redis-check-aof"), program);
        Process process = new ProcessBuilder(
                        repair.toString(),
                        "--fix",
                        folder.resolve("appendonly.aof").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream answer = process.getOutputStream()) {
            answer.write('y');
        }
        if (process.waitFor() != 0) {
            throw new IOException("the append-only file cannot be repaired");
        }
        Files.delete(repair);
    }

    URI uri() {
        return URI.create("redis://" + HOST.getHostAddress() + ":" + port);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
