// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import java.nio.charset.StandardCharsets;

/** Writes JSON for people and version control: indented by two spaces, as the official tools do. */
final class PrettyJson {

    private PrettyJson() {}

    static byte[] write(LexMap document) {
        var json = new StringBuilder();
        append(json, document, "\n");
        return json.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder json, LexValue value, String indent) {
        String inner = indent + "  ";
        if (value instanceof LexMap map && !map.fields().isEmpty()) {
            String before = "{";
            for (var field : map.fields().entrySet()) {
                json.append(before)
                        .append(inner)
                        .append(new LexString(field.getKey()))
                        .append(": ");
                append(json, field.getValue(), inner);
                before = ",";
            }
            json.append(indent).append('}');
        } else if (value instanceof LexList list && list.size() > 0) {
            String before = "[";
            for (LexValue item : list) {
                json.append(before).append(inner);
                append(json, item, inner);
                before = ",";
            }
            json.append(indent).append(']');
        } else {
            json.append(LexJson.toString(value));
        }
    }
}
