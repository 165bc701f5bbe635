// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import dev.atp4j.data.LexBytes;
import dev.atp4j.lexicon.LexiconException;
import dev.atp4j.lexicon.LexiconReader;

/**
 * A file that should be a lexicon document. Nobody has read it yet.
 *
 * @param name what problems call it: its path, its entry, its address
 * @param json its content
 */
public record LexiconFile(String name, LexBytes json) {

    /**
     * Reads the document leniently.
     *
     * @return the document and what is wrong with it
     * @throws LexiconException if there is no document in it at all
     */
    public LexiconReader.Reading read() {
        return LexiconReader.parseLenient(json.value(), name);
    }
}
