// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Shows that each scenario can fail: at least one lie has to be noticed by it. */
final class Lies {

    private Lies() {}

    static void tell(List<Scenario> scenarios, Report report) {
        Map<Lie, Worlds> worlds = new EnumMap<>(Lie.class);
        for (Lie lie : Lie.values()) {
            worlds.put(lie, new Worlds(setting -> World.of(new EmbeddedServer(setting), lie)));
        }
        List<String> columns = List.of("noticed");
        report.table("Scenarios on servers that lie, and which lies they noticed", columns);
        for (Scenario scenario : scenarios) {
            List<Lie> noticed = new ArrayList<>();
            Map<Lie, Outcome> outcomes = atOnce(scenario, worlds);
            for (Lie lie : Lie.values()) {
                if (!Objects.requireNonNull(outcomes.get(lie)).passed()) {
                    noticed.add(lie);
                }
            }
            Outcome outcome = new Outcome(noticed.isEmpty() ? "no lie was noticed" : null);
            report.row(scenario.id(), noticed.toString(), columns, List.of(outcome));
        }
        worlds.values().forEach(Worlds::close);
    }

    /** Tries a scenario in all worlds at the same time; each has a server of its own. */
    private static Map<Lie, Outcome> atOnce(Scenario scenario, Map<Lie, Worlds> worlds) {
        Map<Lie, CompletableFuture<Outcome>> pending = new EnumMap<>(Lie.class);
        worlds.forEach((lie, lying) ->
                pending.put(lie, CompletableFuture.supplyAsync(() -> Outcome.of(scenario, lying), task -> {
                    var thread = new Thread(task, lie.name());
                    thread.setDaemon(true);
                    thread.start();
                })));
        Map<Lie, Outcome> outcomes = new EnumMap<>(Lie.class);
        pending.forEach((lie, outcome) -> outcomes.put(lie, outcome.join()));
        return outcomes;
    }
}
