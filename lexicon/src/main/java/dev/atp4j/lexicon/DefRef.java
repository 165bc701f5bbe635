// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.SyntaxException;

/**
 * The full name of a definition: its document and its name there.
 *
 * @param document the NSID of the document
 * @param name the definition's name, {@code main} for the main one
 */
public record DefRef(Nsid document, String name) implements Comparable<DefRef> {

    private static final String MAIN = "main";

    /**
     * Names a document's main definition.
     *
     * @param document the NSID of the document
     * @return the name
     */
    public static DefRef main(Nsid document) {
        return new DefRef(document, MAIN);
    }

    /**
     * Reads a name: {@code #name} within a document, {@code nsid#name}, or {@code nsid} for a main definition.
     *
     * @param text the name as a lexicon spells it
     * @param within the document that it stands in
     * @return the full name
     * @throws SyntaxException if it is none
     */
    public static DefRef parse(String text, Nsid within) {
        int hash = text.indexOf('#');
        if (hash == text.length() - 1) {
            throw new SyntaxException("reference", text, "names no definition");
        }
        Nsid document = hash == 0 ? within : Nsid.parse(hash < 0 ? text : text.substring(0, hash));
        return new DefRef(document, hash < 0 ? MAIN : text.substring(hash + 1));
    }

    /**
     * Tells whether this is a main definition.
     *
     * @return true if it is
     */
    public boolean isMain() {
        return name.equals(MAIN);
    }

    /** Compares by document and then by name. */
    @Override
    public int compareTo(DefRef other) {
        int order = document.value().compareTo(other.document.value());
        return order != 0 ? order : name.compareTo(other.name);
    }

    /** Returns the form that a {@code $type} has: a main definition by its bare NSID. */
    @Override
    public String toString() {
        return isMain() ? document.value() : document.value() + "#" + name;
    }
}
