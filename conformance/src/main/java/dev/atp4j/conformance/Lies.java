// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Shows that each scenario can fail: at least one lie has to be noticed by it. */
final class Lies {

    private Lies() {}

    static void tell(List<Scenario> scenarios, Report report) {
        List<String> columns = List.of("noticed");
        report.table("Scenarios on servers that lie, and which lies they noticed", columns);
        for (Scenario scenario : scenarios) {
            List<Lie> noticed = noticed(scenario);
            Outcome outcome = new Outcome(noticed.isEmpty() ? "no lie was noticed" : null);
            report.row(scenario.id(), noticed.toString(), columns, List.of(outcome));
        }
    }

    /** Tries a scenario with all lies at the same time, each in a world of its own. */
    private static List<Lie> noticed(Scenario scenario) {
        Map<Lie, CompletableFuture<Outcome>> pending = new EnumMap<>(Lie.class);
        for (Lie lie : Lie.values()) {
            pending.put(lie, CompletableFuture.supplyAsync(() -> tried(scenario, lie), task -> {
                var thread = new Thread(task, lie.name());
                thread.setDaemon(true);
                thread.start();
            }));
        }
        List<Lie> noticed = new ArrayList<>();
        pending.forEach((lie, outcome) -> {
            if (!outcome.join().passed()) {
                noticed.add(lie);
            }
        });
        return noticed;
    }

    private static Outcome tried(Scenario scenario, Lie lie) {
        try (var worlds = new Worlds(setting -> World.of(new EmbeddedServer(setting), lie))) {
            return Outcome.of(scenario, worlds);
        }
    }
}
