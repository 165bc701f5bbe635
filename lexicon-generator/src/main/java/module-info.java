// SPDX-License-Identifier: MIT OR Apache-2.0

/** Writes Java for lexicons. */
@org.jspecify.annotations.NullMarked
module dev.atp4j.lexicon.generator {
    requires static transitive org.jspecify;
    requires transitive dev.atp4j.lexicon;
    requires com.palantir.javapoet;
    requires java.compiler;

    exports dev.atp4j.lexicon.generator;
}
