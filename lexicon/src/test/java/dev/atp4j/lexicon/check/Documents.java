// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.check;

import dev.atp4j.lexicon.LexiconDoc;
import dev.atp4j.lexicon.LexiconReader;
import dev.atp4j.lexicon.LexiconReader.Reading;
import java.nio.charset.StandardCharsets;

/** Writes lexicons in short: with single quotes. */
final class Documents {

    private Documents() {}

    static Reading reading(String id, String defs) {
        String json =
                "{'lexicon': 1, 'id': '%s', 'defs': {%s}}".formatted(id, defs).replace('\'', '"');
        return LexiconReader.parseLenient(json.getBytes(StandardCharsets.UTF_8), id);
    }

    static LexiconDoc document(String id, String defs) {
        return reading(id, defs).doc();
    }
}
