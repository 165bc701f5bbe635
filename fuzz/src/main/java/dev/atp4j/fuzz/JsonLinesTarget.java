// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.data.DataException;
import dev.atp4j.data.JsonLines;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON objects, one a line: the same as those of the lines read one by one, up to the first that is none. */
final class JsonLinesTarget implements Target {

    @Override
    public void accept(byte[] input) throws IOException {
        String whole = new String(input, StandardCharsets.ISO_8859_1);
        try (var lines = new JsonLines(new ByteArrayInputStream(input))) {
            for (String line : whole.split("\n", -1)) {
                if (line.chars().allMatch(c -> c == ' ' || c == '\t' || c == '\r')) {
                    continue;
                }
                LexMap alone;
                try {
                    alone = LexJson.parseMapLenient(line.getBytes(StandardCharsets.ISO_8859_1));
                } catch (DataException e) {
                    refused(lines, e);
                    return;
                }
                Must.agree(lines.next(), alone, "a line among others and alone");
            }
            Must.hold(lines.next() == null, "after the last line there is nothing");
        }
    }

    private static void refused(JsonLines lines, DataException alone) throws IOException {
        try {
            lines.next();
        } catch (DataException e) {
            Must.agree(e.rule(), alone.rule(), "why a line is refused");
            return;
        }
        throw new Broken("a line that is no object was read");
    }
}
