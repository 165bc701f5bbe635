// SPDX-License-Identifier: MIT OR Apache-2.0

/** For tests of programs that use atp4j: a fresh PDS for each test, and the contract of session stores. */
@org.jspecify.annotations.NullMarked
module dev.atp4j.testkit {
    requires static transitive org.jspecify;
    requires transitive dev.atp4j.pds;
    requires transitive dev.atp4j.session;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;

    exports dev.atp4j.testkit;
}
