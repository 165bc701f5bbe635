// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An account's preferences as they were read. Immutable and thread-safe. It holds what this library does not know as well.
 *
 * @param raw all entries as the server gave them
 */
public record PreferenceList(LexList raw) {

    /**
     * Finds the one entry of a kind, such as {@code MutedWordsPref.TYPE}.
     *
     * @param type the kind
     * @return the last entry of it, which is the one that counts, or empty
     * @param <T> the kind's class
     */
    public <T extends LexObject> Optional<T> find(ObjectType<T> type) {
        List<T> all = all(type);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /**
     * Finds all entries of a kind that there may be several of, such as {@code ContentLabelPref.TYPE}.
     *
     * @param type the kind
     * @return the entries in their order
     * @param <T> the kind's class
     */
    public <T extends LexObject> List<T> all(ObjectType<T> type) {
        List<T> found = new ArrayList<>();
        for (LexValue entry : raw.items()) {
            if (is(entry, type)) {
                found.add(type.fromMap((LexMap) entry));
            }
        }
        return List.copyOf(found);
    }

    static boolean is(LexValue entry, ObjectType<?> type) {
        return entry instanceof LexMap map
                && map.getString("$type").filter(type::isNamed).isPresent();
    }
}
