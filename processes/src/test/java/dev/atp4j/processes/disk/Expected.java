// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which version of each session may be found. A mark {@code begin NAME N} says that version N is asked for (0 to be
 * removed), and {@code done NAME N} that it was confirmed.
 */
final class Expected {

    private final Map<String, Long> confirmed = new HashMap<>();
    private final Map<String, Set<Long>> begun = new HashMap<>();
    private final Map<String, Set<Long>> ever = new HashMap<>();

    void on(Op.Mark mark) {
        String[] words = mark.text().split(" ");
        ever.computeIfAbsent(words[1], name -> new TreeSet<>(Set.of(0L))).add(Long.parseLong(words[2]));
        switch (words[0]) {
            case "begin" ->
                begun.computeIfAbsent(words[1], name -> new TreeSet<>()).add(Long.parseLong(words[2]));
            case "done" -> {
                confirmed.put(words[1], Long.parseLong(words[2]));
                begun.remove(words[1]);
            }
            default -> throw new IllegalArgumentException(mark.text());
        }
    }

    /** Returns the expectation that whatever was asked for at any time may be found. */
    Expected orOlder() {
        var older = new Expected();
        older.begun.putAll(ever);
        return older;
    }

    /** Returns the versions that may be found: what was confirmed last, or what was asked for
     * since; 0 is none. */
    Set<Long> versions(String name) {
        Set<Long> versions = new TreeSet<>();
        versions.add(confirmed.getOrDefault(name, 0L));
        versions.addAll(begun.getOrDefault(name, Set.of()));
        return versions;
    }

    @Override
    public String toString() {
        return "confirmed " + confirmed + ", being written " + begun;
    }
}
