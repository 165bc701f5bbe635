// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoredNote;
import dev.atp4j.time.Time;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps nothing, and makes up what it is asked for, so that only the sessions themselves are weighed. */
final class ForgetfulStore implements SessionStore {

    private final URI service;

    /** Creates a store that holds a session at this service for every account. */
    ForgetfulStore(URI service) {
        this.service = service;
    }

    @Override
    public Optional<SessionRecord> read(SessionKey key) {
        return Optional.of(Fixtures.record(service, key.did()));
    }

    @Override
    public boolean compareAndSet(SessionKey key, long expectedVersion, SessionRecord next) {
        return true;
    }

    @Override
    public boolean compareAndDelete(SessionKey key, long expectedVersion) {
        return false;
    }

    @Override
    public Optional<Lease> lease(SessionKey key, Duration wait) {
        return Optional.of(new Lease() {
            @Override
            public boolean held() {
                return true;
            }

            @Override
            public void close() {}
        });
    }

    @Override
    public Stream<SessionKey> keys() {
        return Stream.of();
    }

    @Override
    public Optional<StoredNote> note(String name) {
        return Optional.empty();
    }

    @Override
    public boolean compareAndSetNote(long expectedVersion, StoredNote next) {
        return true;
    }

    @Override
    public Instant now() {
        return Time.system().now();
    }
}
