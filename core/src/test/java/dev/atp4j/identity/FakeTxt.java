// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A DNS of a few names. */
final class FakeTxt implements TxtLookup {

    final List<String> asked = new ArrayList<>();
    private final Map<String, List<String>> records = new HashMap<>();
    private final Set<String> silent = new HashSet<>();

    void record(String name, String... texts) {
        records.put(name, List.of(texts));
    }

    void silence(String name) {
        silent.add(name);
    }

    @Override
    public List<String> texts(String name) {
        asked.add(name);
        if (silent.contains(name)) {
            throw new IdentityException(IdentityException.Kind.UNAVAILABLE, "DNS gave no answer for " + name, null);
        }
        return records.getOrDefault(name, List.of());
    }
}
