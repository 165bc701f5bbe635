// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.check;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** How definitions and fields should be called. */
final class Names {

    static final String ADVICE = "a name is in camel case: ASCII letters and digits, starting with a small letter";

    private static final Pattern CAMEL_CASE = Pattern.compile("[a-z][a-zA-Z0-9]*+");

    private Names() {}

    static boolean camelCase(String name) {
        return CAMEL_CASE.matcher(name).matches();
    }

    static void differ(Where where, Set<String> names, Findings findings) {
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            String other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                findings.add(
                        Rule.CASE_COLLISION,
                        where.field(name),
                        "differs from " + Findings.shown(other) + " in upper and lower case only");
            }
        }
    }
}
