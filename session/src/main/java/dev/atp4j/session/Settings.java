// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.http.HttpTransport;
import dev.atp4j.identity.IdentityResolver;
import dev.atp4j.session.kernel.Origins;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.time.Time;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What all sessions of one {@link Sessions} share.
 *
 * @param clients the clients on that transport
 * @param identity how handles and DIDs are followed
 * @param identityChosen whether somebody chose that; else it is the public network's way
 * @param timeout how long a call may take in all
 * @param refreshTimeout how long one refreshSession or deleteSession may take
 * @param logins counts logins
 * @param credentials where sessions that are over get passwords from, or null if they do not log in by themselves
 */
record Settings(
        HttpTransport transport,
        Clients clients,
        SessionStore store,
        IdentityResolver identity,
        boolean identityChosen,
        Time time,
        Executor executor,
        RandomGenerator random,
        Duration timeout,
        Duration refreshTimeout,
        boolean proactive,
        ClosePolicy closePolicy,
        List<SessionListener> listeners,
        LoginCounter logins,
        @Nullable CredentialsProvider credentials) {

    /** Returns how to follow the accounts of a service, or null: those of a service on loopback are not public. */
    @Nullable
    IdentityResolver identityFor(URI service) {
        return identityChosen || !Origins.loopback(service) ? identity : null;
    }

    /** Returns the same for sessions that somebody else refreshes in time. */
    Settings withoutTimers() {
        return new Settings(
                transport,
                clients,
                store,
                identity,
                identityChosen,
                time,
                executor,
                random,
                timeout,
                refreshTimeout,
                false,
                ClosePolicy.KEEP,
                listeners,
                logins,
                credentials);
    }
}
