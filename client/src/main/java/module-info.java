// SPDX-License-Identifier: MIT OR Apache-2.0

/** A typed client for any AT Protocol service. */
@org.jspecify.annotations.NullMarked
module dev.atp4j.client {
    requires static transitive org.jspecify;
    requires transitive dev.atp4j.core;
    requires transitive dev.atp4j.lexicon;

    exports dev.atp4j.client;

    // Generated, as the compiler would say if one were missing.
    exports dev.atp4j.api.com.atproto.admin;
    exports dev.atp4j.api.com.atproto.identity;
    exports dev.atp4j.api.com.atproto.label;
    exports dev.atp4j.api.com.atproto.lexicon;
    exports dev.atp4j.api.com.atproto.moderation;
    exports dev.atp4j.api.com.atproto.repo;
    exports dev.atp4j.api.com.atproto.server;
    exports dev.atp4j.api.com.atproto.sync;
    exports dev.atp4j.api.com.atproto.temp;
}
