// SPDX-License-Identifier: MIT OR Apache-2.0

/** Moderation with Ozone, typed. */
@org.jspecify.annotations.NullMarked
module dev.atp4j.ozone {
    requires static transitive org.jspecify;
    requires transitive dev.atp4j.bluesky;

    exports dev.atp4j.ozone;

    // Generated, as the compiler would say if one were missing.
    exports dev.atp4j.api.tools.ozone.communication;
    exports dev.atp4j.api.tools.ozone.hosting;
    exports dev.atp4j.api.tools.ozone.moderation;
    exports dev.atp4j.api.tools.ozone.queue;
    exports dev.atp4j.api.tools.ozone.report;
    exports dev.atp4j.api.tools.ozone.safelink;
    exports dev.atp4j.api.tools.ozone.server;
    exports dev.atp4j.api.tools.ozone.set;
    exports dev.atp4j.api.tools.ozone.setting;
    exports dev.atp4j.api.tools.ozone.signature;
    exports dev.atp4j.api.tools.ozone.team;
    exports dev.atp4j.api.tools.ozone.verification;
}
