// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON list of objects, each field as the text that it has there: what a case has to be is not known before it is read.
 * The file is JSON, which is not checked.
 */
final class RawCases {

    private final String json;
    private int position;

    private RawCases(String json) {
        this.json = json;
    }

    static List<Map<String, String>> of(String json) {
        return new RawCases(json).cases();
    }

    private List<Map<String, String>> cases() {
        List<Map<String, String>> cases = new ArrayList<>();
        while (skipTo("{]") == '{') {
            Map<String, String> fields = new LinkedHashMap<>();
            while (skipTo("\"}") == '"') {
                String name = value();
                skipTo(":");
                position++;
                fields.put(name.substring(1, name.length() - 1), value());
            }
            position++;
            cases.add(fields);
        }
        return cases;
    }

    private char skipTo(String stops) {
        if (json.charAt(position) == '{' && stops.startsWith("\"")) {
            position++;
        }
        while (stops.indexOf(json.charAt(position)) < 0) {
            position++;
        }
        return json.charAt(position);
    }

    /** Takes all up to the end of the value that begins here. */
    private String value() {
        int start = position;
        int depth = 0;
        boolean string = false;
        for (; ; position++) {
            char c = json.charAt(position);
            if (string) {
                if (c == '\\') {
                    position++;
                } else if (c == '"') {
                    string = false;
                }
            } else if (c == '"') {
                string = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && depth-- == 0 || (c == ',' || c == ':') && depth == 0) {
                return json.substring(start, position).strip();
            }
        }
    }
}
