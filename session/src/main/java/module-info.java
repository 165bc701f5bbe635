// SPDX-License-Identifier: MIT OR Apache-2.0

/** Password sessions that do not die. */
@org.jspecify.annotations.NullMarked
module dev.atp4j.session {
    requires static transitive org.jspecify;
    requires transitive dev.atp4j.core;

    exports dev.atp4j.session;
    exports dev.atp4j.session.store;
}
