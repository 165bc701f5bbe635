// SPDX-License-Identifier: MIT OR Apache-2.0

/** A typed client for any AT Protocol service. */
@org.jspecify.annotations.NullMarked
module dev.atp4j.client {
    requires static transitive org.jspecify;
    requires transitive dev.atp4j.core;
    requires transitive dev.atp4j.lexicon;

    exports dev.atp4j.client;
}
