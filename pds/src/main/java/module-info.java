// SPDX-License-Identifier: MIT OR Apache-2.0

/** A PDS in a box: for tests, demonstrations and experiments on one machine. */
@org.jspecify.annotations.NullMarked
module dev.atp4j.pds {
    requires static transitive org.jspecify;
    requires transitive dev.atp4j.core;

    exports dev.atp4j.pds;
}
