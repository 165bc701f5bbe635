// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts {@link Must#SECRET} where documents have their secrets, so that it can be looked for where it must not be. */
final class Planted {

    private static final int PART = 4;

    private Planted() {}

    /** Puts the secret in place of every token and password, and takes it away wherever else it stands. */
    static LexValue in(LexValue value) {
        return in(value, false);
    }

    private static LexValue in(LexValue value, boolean secret) {
        if (value instanceof LexMap map) {
            Map<String, LexValue> fields = new LinkedHashMap<>();
            map.fields().forEach((name, field) -> fields.put(without(name), in(field, isSecret(name))));
            return LexMap.of(fields);
        }
        if (value instanceof LexList list) {
            List<LexValue> items = new ArrayList<>();
            list.forEach(item -> items.add(in(item, secret)));
            return new LexList(items);
        }
        if (value instanceof LexString text) {
            return new LexString(secret ? planted(text.value()) : without(text.value()));
        }
        return value;
    }

    /** Keeps what a reader may look at first: how long it is, and whether it can be a token at all. */
    private static String planted(String text) {
        return text.length() < Must.SECRET.length() ? Must.SECRET : Must.SECRET + text.substring(Must.SECRET.length());
    }

    /** Takes every part of the secret away that could be taken for it. */
    static String without(String text) {
        String left = text;
        for (int from = 0; from + PART <= Must.SECRET.length(); from++) {
            if (left.contains(Must.SECRET.substring(from, from + PART))) {
                left = left.replace(Must.SECRET.substring(from, from + PART), "");
                from = -1; // what is left may have come together to another part
            }
        }
        return left;
    }

    private static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("jwt") || lower.contains("token") || lower.contains("password");
    }
}
