// SPDX-License-Identifier: MIT OR Apache-2.0

/** Bluesky, typed: feeds, profiles, chats, and rich text. */
@org.jspecify.annotations.NullMarked
module dev.atp4j.bluesky {
    requires static transitive org.jspecify;
    requires transitive dev.atp4j.client;

    exports dev.atp4j.bluesky;

    // Generated, as the compiler would say if one were missing.
    exports dev.atp4j.api.app.bsky.actor;
    exports dev.atp4j.api.app.bsky.ageassurance;
    exports dev.atp4j.api.app.bsky.bookmark;
    exports dev.atp4j.api.app.bsky.contact;
    exports dev.atp4j.api.app.bsky.draft;
    exports dev.atp4j.api.app.bsky.embed;
    exports dev.atp4j.api.app.bsky.feed;
    exports dev.atp4j.api.app.bsky.graph;
    exports dev.atp4j.api.app.bsky.labeler;
    exports dev.atp4j.api.app.bsky.notification;
    exports dev.atp4j.api.app.bsky.richtext;
    exports dev.atp4j.api.app.bsky.unspecced;
    exports dev.atp4j.api.app.bsky.video;
    exports dev.atp4j.api.chat.bsky.actor;
    exports dev.atp4j.api.chat.bsky.convo;
    exports dev.atp4j.api.chat.bsky.embed;
    exports dev.atp4j.api.chat.bsky.group;
    exports dev.atp4j.api.chat.bsky.moderation;
    exports dev.atp4j.api.chat.bsky.notification;
}
