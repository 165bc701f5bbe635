// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.check;

/** A place in a document. */
record Where(String document, String path) {

    static Where in(String document) {
        return new Where(document, "$");
    }

    Where field(String name) {
        return new Where(document, path + "." + Findings.shown(name));
    }

    Where item(int index) {
        return new Where(document, path + "[" + index + "]");
    }
}
