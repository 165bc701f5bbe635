// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import dev.atp4j.fuzz.Must;
import dev.atp4j.fuzz.Target;
import dev.atp4j.lexicon.LexiconException;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Archives of lexicons from anywhere: one is read or refused as its interface declares, on every JDK; each document is named after
 * the archive and no larger than a document may be; and it can be read, or says why not.
 */
public final class ArchiveTarget implements Target {

    @Override
    public void accept(byte[] input) {
        if (!Archive.isOne(input)) {
            return;
        }
        try {
            for (LexiconFile file : Archive.read("it.zip", new ByteArrayInputStream(input))) {
                Must.hold(file.name().startsWith("it.zip!/"), "a document is named after its archive");
                Must.hold(
                        file.json().value().length <= LexiconSource.MAX_DOCUMENT,
                        "a document is no larger than one may be");
                look(file);
            }
        } catch (IOException | SourceException e) {
            // As it declares.
        }
    }

    private static void look(LexiconFile file) {
        try {
            file.read();
        } catch (LexiconException e) {
            Must.hold(!e.problems().isEmpty(), "a refusal names a problem");
        }
    }
}
