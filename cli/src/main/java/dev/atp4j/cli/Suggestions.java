// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that somebody may have meant who wrote another. */
final class Suggestions {

    private static final int MOST = 3;
    private static final int FAR = 4;

    private Suggestions() {}

    /** Returns the names closest to what was written, at most three, the best first. */
    static List<String> of(String written, List<String> names) {
        return names.stream()
                .filter(name -> distance(written, name) <= FAR)
                .sorted(Comparator.<String>comparingInt(name -> distance(written, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** Returns how far apart two names are: nothing if one ends like the other, else how many letters to change. */
    private static int distance(String written, String name) {
        String a = written.toLowerCase(Locale.ROOT);
        String b = name.toLowerCase(Locale.ROOT);
        if (b.endsWith("." + a.substring(a.lastIndexOf('.') + 1))) {
            return a.indexOf('.') < 0 ? 0 : 1;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int before = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = before + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                before = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
