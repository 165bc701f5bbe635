// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import dev.atp4j.conformance.World;
import dev.atp4j.conformance.Worlds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tries the public clients and ours on the same faults, each client on servers of its own. */
final class Compare {

    /** What was observed, and what went wrong with the observing. */
    record Observed(Table table, List<String> errors) {}

    private final Path home;
    private final Path node;

    private Compare(Path home, Path node) {
        this.home = home;
        this.node = node;
    }

    /** Makes ready to compare. */
    static Compare in(Path home) throws IOException, InterruptedException {
        Process asked = new ProcessBuilder(home.resolve("with-node").toString(), "node", "--print", "process.execPath")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String node = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (asked.waitFor() != 0) {
            throw new IOException("there is no Node");
        }
        return new Compare(home, Path.of(node));
    }

    /** Returns all scenarios, by the headings under which they are told. */
    static List<Chapter> chapters() {
        return List.of(
                new Chapter("Tokens that run out", Renewing.scenes()),
                new Chapter("Answers that are lost, deaths, disks, clocks", Losing.scenes()),
                new Chapter("Two processes, one saved session", Sharing.scenes()),
                new Chapter("Logout", LoggingOut.scenes()),
                new Chapter("Callbacks", CallingBack.scenes()),
                new Chapter("Login and accounts", LoggingIn.scenes()),
                new Chapter("Where secrets go", Guarding.scenes()));
    }

    /** Scenarios that belong together. */
    record Chapter(String title, List<Scene> scenes) {}

    /**
     * Runs scenarios with every client.
     *
     * @param lanes how many clients are tried at the same time, each on servers of its own
     */
    Observed observe(List<Scene> scenes, Worlds.Factory factory, int lanes) throws InterruptedException {
        var table = new Table();
        var errors = new ConcurrentLinkedQueue<String>();
        ExecutorService threads = Executors.newFixedThreadPool(lanes);
        List<Future<?>> running = new ArrayList<>();
        for (Client client : Client.values()) {
            running.add(threads.submit(() -> observe(client, scenes, factory, table, errors)));
        }
        threads.shutdown();
        for (Future<?> each : running) {
            try {
                each.get();
            } catch (ExecutionException e) {
                errors.add(String.valueOf(e.getCause()));
            }
        }
        return new Observed(table, List.copyOf(errors));
    }

    private void observe(
            Client client,
            List<Scene> scenes,
            Worlds.Factory factory,
            Table table,
            ConcurrentLinkedQueue<String> errors) {
        try (var worlds = new Worlds(factory);
                var drivers = new Drivers(client.command(home, node))) {
            for (Scene scene : scenes) {
                if (scene.without().contains(client)) {
                    continue;
                }
                try {
                    World world = worlds.get(scene.setting());
                    try (var stage = new Stage(world, drivers)) {
                        table.put(scene, client, scene.play().on(stage));
                    } finally {
                        world.noFaults();
                    }
                } catch (Exception e) {
                    errors.add(scene.id() + " with " + client.title() + ": " + e);
                }
            }
        }
    }

    static Stream<Scene> scenes(Predicate<Scene> wanted) {
        return chapters().stream().flatMap(chapter -> chapter.scenes().stream()).filter(wanted);
    }
}
