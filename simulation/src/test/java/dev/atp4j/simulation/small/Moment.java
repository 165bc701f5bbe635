// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.small;

import dev.atp4j.data.LexMap;
import dev.atp4j.session.kernel.Grant;
import dev.atp4j.session.kernel.Profile;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Tokens;
import dev.atp4j.session.store.SessionKey;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is to be known of the small world at one moment. Immutable.
 *
 * @param stored the store's record
 * @param server the server
 * @param one a process
 * @param other the other one
 * @param logout whether somebody logs out
 * @param fault what went wrong, or null if it has yet to
 * @param late a request that has yet to arrive, or null
 * @param ends how often the end was told
 */
record Moment(
        SessionState stored,
        SmallServer server,
        Process one,
        Process other,
        Logout logout,
        @Nullable Fault fault,
        @Nullable Late late,
        int ends) {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** Whether somebody logs out. */
    enum Logout {
        NEVER,
        WANTED,
        BEGUN
    }

    /** A request that has yet to arrive. */
    record Late(boolean refresh, int token) {}

    /** After a login, with two processes that share its session. */
    static Moment first(int refreshes, boolean logout, boolean faults) {
        Grant grant = SmallServer.grant(0);
        SessionState opened = SessionState.opened(
                        SessionKey.of(SmallServer.DID),
                        URI.create("https://pds.example.com"),
                        null,
                        Profile.read(LexMap.empty()),
                        new Tokens(1, grant.accessJwt(), grant.refreshJwt(), NOW))
                .asVersion(1);
        Process process = Process.started(opened, refreshes);
        return new Moment(
                opened,
                SmallServer.FIRST,
                process,
                process,
                logout ? Logout.WANTED : Logout.NEVER,
                faults ? null : Fault.BUSY,
                null,
                0);
    }

    Process process(int i) {
        return i == 0 ? one : other;
    }

    /** Tells whether nobody has the lease, or only somebody who lost it. */
    boolean leaseIsFree() {
        return one.turn() != Process.Turn.HELD && other.turn() != Process.Turn.HELD;
    }

    Moment with(int i, Process process) {
        return new Moment(stored, server, i == 0 ? process : one, i == 0 ? other : process, logout, fault, late, ends);
    }

    Moment with(SmallServer next) {
        return new Moment(stored, next, one, other, logout, fault, late, ends);
    }

    Moment storing(SessionState next) {
        return new Moment(next, server, one, other, logout, fault, late, ends);
    }

    Moment with(Fault happened) {
        return new Moment(stored, server, one, other, logout, happened, late, ends);
    }

    Moment late(@Nullable Late request) {
        return new Moment(stored, server, one, other, logout, fault, request, ends);
    }

    Moment loggingOut() {
        return new Moment(stored, server, one, other, Logout.BEGUN, fault, late, ends);
    }

    Moment ended() {
        return new Moment(stored, server, one, other, logout, fault, late, ends + 1);
    }
}
