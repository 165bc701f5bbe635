// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import java.util.Locale;

/** The comparison of media types. */
final class MediaTypes {

    private static final int SHOWN = 100;

    private MediaTypes() {}

    /** Tells whether a type is of a pattern, such as {@code image/*}, parameters aside. */
    static boolean fits(String pattern, String type) {
        if (pattern.equals(type) || pattern.equals("*/*")) {
            return true;
        }
        String wanted = essence(pattern);
        String given = essence(type);
        return wanted.endsWith("/*")
                ? given.startsWith(wanted.substring(0, wanted.length() - 1))
                : given.equals(wanted);
    }

    /** Returns a type without its parameters, fit to be shown. */
    static String essence(String type) {
        int end = type.indexOf(';');
        String bare = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        String shown = bare.replaceAll("[^\\x21-\\x7e]", "?");
        return shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown;
    }
}
