// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What was observed of each client in each scenario, on one kind of server. Thread-safe. */
final class Table {

    private record Cell(String scene, Client client) {}

    private final Map<Cell, Finding> findings = new ConcurrentHashMap<>();

    void put(Scene scene, Client client, Finding finding) {
        findings.put(new Cell(scene.id(), client), finding);
    }

    /** Returns what was observed, or null if it was not tried. */
    @Nullable
    Finding get(Scene scene, Client client) {
        return findings.get(new Cell(scene.id(), client));
    }

    /** Takes over what was observed another time, in place of what was before. */
    void take(Table later) {
        findings.putAll(later.findings);
    }
}
