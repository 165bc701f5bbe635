// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own: one that prints its port, and stops when its standard input ends. */
final class ServerProcess implements AutoCloseable {

    private final Process process;
    private final URI origin;

    private ServerProcess(Process process, URI origin) {
        this.process = process;
        this.origin = origin;
    }

    static ServerProcess start(Class<?> server) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), server.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new ServerProcess(process, URI.create("http://127.0.0.1:" + reader.readLine()));
    }

    URI origin() {
        return origin;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
