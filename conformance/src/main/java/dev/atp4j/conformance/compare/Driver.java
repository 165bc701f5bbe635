// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A process that uses a client, as the referee sees it: an order is a line, and so is its answer. */
final class Driver implements AutoCloseable {

    /**
     * Somebody who is alive and has not answered after so many looks will not: twelve seconds on an idle machine, and more
     * on a busy one, since between two looks the process has to answer a ping.
     */
    private static final int LOOKS = 48;

    private static final long BETWEEN_LOOKS_MILLIS = 250;
    private static final long LONGEST_PING_SECONDS = 60;

    private final Process process;
    private final Writer orders;
    private final AtomicLong count = new AtomicLong();
    private final Map<Long, CompletableFuture<Reply>> open = new ConcurrentHashMap<>();
    private volatile boolean ended;
    private volatile boolean spoilt;

    /** An order that was given. */
    record Order(long id, CompletableFuture<Reply> reply) {}

    Driver(ProcessBuilder command) throws IOException {
        process = command.start();
        orders = process.outputWriter(StandardCharsets.UTF_8);
        var reader = new Thread(this::listen, "driver-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private void listen() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                LexMap answer = LexJson.parseMapLenient(line.getBytes(StandardCharsets.UTF_8));
                CompletableFuture<Reply> reply =
                        open.remove(answer.getLong("id").orElseThrow());
                if (reply != null) {
                    reply.complete(Reply.of(answer));
                }
            }
        } catch (IOException e) {
            // It was killed.
        }
        ended = true;
        open.values().forEach(reply -> reply.complete(Reply.ENDED));
    }

    /** Gives an order and does not wait for what comes of it. */
    Order give(String what, LexMap.Builder more) {
        long id = count.incrementAndGet();
        var reply = new CompletableFuture<Reply>();
        open.put(id, reply);
        try {
            orders.write(LexJson.toString(more.put("id", id).put("do", what).build()) + "\n");
            orders.flush();
        } catch (IOException e) {
            reply.complete(Reply.ENDED);
        }
        if (ended) {
            reply.complete(Reply.ENDED);
        }
        return new Order(id, reply);
    }

    /** Waits for what comes of an order. */
    Reply await(Order order) {
        try {
            for (int look = 0; look < LOOKS; look++) {
                try {
                    return order.reply().get(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    give("ping", LexMap.builder()).reply().get(LONGEST_PING_SECONDS, TimeUnit.SECONDS);
                }
            }
            spoilt = true;
            return Reply.SILENT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the program does not even answer a ping", e);
        }
    }

    /** Tells whether another program can be started in it. */
    boolean reusable() {
        return !ended && !spoilt && open.isEmpty();
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        try {
            orders.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (IOException e) {
            kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /** Starts a process. */
    static Driver start(ProcessBuilder command) {
        try {
            return new Driver(command);
        } catch (IOException e) {
            throw new UncheckedIOException("a program could not be started", e);
        }
    }
}
