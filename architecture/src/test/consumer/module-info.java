// SPDX-License-Identifier: MIT OR Apache-2.0

/** Somebody else's program. */
module consumer {
    requires dev.atp4j.session;
    requires dev.atp4j.session.redis;
}
