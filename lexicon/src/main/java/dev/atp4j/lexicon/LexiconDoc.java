// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.LexMap;
import dev.atp4j.syntax.Nsid;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A lexicon document of version 1.
 *
 * @param id the document's name
 * @param revision the number that a publisher may count up, or empty
 * @param description what it is for, or null
 * @param defs the definitions by name, in the order of the document
 * @param raw the document as it was read
 */
public record LexiconDoc(
        Nsid id, OptionalLong revision, @Nullable String description, Map<String, Def> defs, LexMap raw) {

    /** Copies the definitions. */
    public LexiconDoc {
        defs = Collections.unmodifiableMap(new LinkedHashMap<>(defs));
    }

    /**
     * Returns the main definition.
     *
     * @return the definition, or empty if there is none, as in a document of shared definitions
     */
    public Optional<Def> main() {
        return Optional.ofNullable(defs.get("main"));
    }
}
