// SPDX-License-Identifier: MIT OR Apache-2.0

/** The language of lexicons: its model, validation, comparison and checks. */
@org.jspecify.annotations.NullMarked
module dev.atp4j.lexicon {
    requires static transitive org.jspecify;
    requires transitive dev.atp4j.core;

    exports dev.atp4j.lexicon;
    exports dev.atp4j.lexicon.check;
    exports dev.atp4j.lexicon.source;
}
