// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.conformance.compare.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Runs the scenarios and the public clients, and prints what came of them. */
public final class Conformance {

    private Conformance() {}

    /** Returns all scenarios, in the order in which they are run. */
    static List<Scenario> scenarios() {
        return Stream.of(
                        SessionMethods.scenarios(),
                        Rotation.scenarios(),
                        Standing.scenarios(),
                        AppPasswords.scenarios(),
                        Mail.scenarios(),
                        Limits.scenarios(),
                        Records.scenarios(),
                        Bluesky.scenarios(),
                        ClientLogin.scenarios(),
                        PdsEndpoint.scenarios(),
                        ClientRefresh.scenarios(),
                        ClientLoss.scenarios(),
                        ClientSharing.scenarios(),
                        ClientLogout.scenarios(),
                        ClientStanding.scenarios(),
                        ClientRecords.scenarios())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Runs what the arguments ask for and exits with 0 if everything passed.
     *
     * @param args the folder of the Node project, then the options of {@code conformance/run}
     * @throws Exception if a server cannot be started
     */
    public static void main(String[] args) throws Exception {
        if (List.of(args).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(run(options));
    }

    private static int run(Options options) throws Exception {
        if (options.compare()) {
            return compareClients(options);
        }
        List<Scenario> wanted = scenarios().stream().filter(options::wants).toList();
        if (options.list()) {
            wanted.forEach(scenario -> System.out.printf("%-34s %s%n", scenario.id(), scenario.sentence()));
            return 0;
        }
        var report = new Report(System.out, options.json());
        if (options.interop() != null) {
            Data.vectors(options.interop(), report);
            return report.close();
        }
        if (wanted.isEmpty()) {
            System.err.println("no scenario of that name; see --list");
            return 2;
        }
        if (options.prove()) {
            Lies.tell(wanted, report);
            return report.close();
        }
        if (options.scenarios()) {
            compare(wanted, options, report);
        }
        if (options.clients()) {
            Clients.run(options.home(), report);
            Moving.run(options.home(), report);
        }
        if (options.data()) {
            Data.beside(options.home(), options.seed(), report);
        }
        return report.close();
    }

    /** Tries the public clients and ours on the same faults. */
    private static int compareClients(Options options) throws Exception {
        var comparison = new Comparison(options.home(), System.out);
        Worlds.Factory embedded = setting -> World.of(new EmbeddedServer(setting));
        return options.only().isEmpty()
                ? comparison.all(
                        options.write(), embedded, setting -> World.of(new RealServer(options.home(), setting)))
                : comparison.some(options::wants, embedded);
    }

    /** Runs the scenarios in both worlds side by side; within a world one after the other, since each moves its clock. */
    private static void compare(List<Scenario> scenarios, Options options, Report report) throws Exception {
        List<Side> sides = new ArrayList<>();
        if (options.real()) {
            sides.add(new Side("real", setting -> {
                var server = new RealServer(options.home(), setting);
                report.real(server.software());
                return World.of(server);
            }));
        }
        sides.add(new Side("embedded", setting -> World.of(new EmbeddedServer(setting))));
        List<String> columns = sides.stream().map(Side::name).toList();
        report.table("Scenarios on the reference PDS (real) and on the embedded one", columns);
        try {
            List<List<CompletableFuture<Outcome>>> pending = new ArrayList<>();
            for (Side side : sides) {
                pending.add(side.start(scenarios));
            }
            for (int i = 0; i < scenarios.size(); i++) {
                List<Outcome> outcomes = new ArrayList<>();
                for (List<CompletableFuture<Outcome>> side : pending) {
                    outcomes.add(side.get(i).join());
                }
                report.row(scenarios.get(i).id(), scenarios.get(i).sentence(), columns, outcomes);
            }
        } finally {
            sides.forEach(side -> side.worlds().close());
        }
    }

    /** One kind of server and a thread that tries the scenarios on it. */
    private record Side(String name, Worlds worlds) {

        Side(String name, Worlds.Factory factory) {
            this(name, new Worlds(factory));
        }

        List<CompletableFuture<Outcome>> start(List<Scenario> scenarios) {
            var thread = Executors.newSingleThreadExecutor(task -> {
                var daemon = new Thread(task, name);
                daemon.setDaemon(true);
                return daemon;
            });
            List<CompletableFuture<Outcome>> outcomes = scenarios.stream()
                    .map(scenario -> CompletableFuture.supplyAsync(() -> Outcome.of(scenario, worlds), thread))
                    .toList();
            thread.shutdown();
            return outcomes;
        }
    }
}
