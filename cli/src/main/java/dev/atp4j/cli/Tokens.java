// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.Secret;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.SessionData;
import dev.atp4j.session.SessionListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Collects, as a thief would, every token that a session ever has. Thread-safe. */
final class Tokens implements SessionListener {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Secret> refresh = new ArrayList<>();
    private final List<Secret> access = new ArrayList<>();

    @Override
    public void updated(PasswordSession session, SessionData data) {
        lock.lock();
        try {
            if (!refresh.contains(data.refreshJwt())) {
                refresh.add(data.refreshJwt());
            }
            access.add(data.accessJwt());
        } finally {
            lock.unlock();
        }
    }

    /** Returns the refresh tokens, oldest first. */
    List<Secret> refresh() {
        lock.lock();
        try {
            return List.copyOf(refresh);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the newest access token. */
    Secret lastAccess() {
        lock.lock();
        try {
            return access.get(access.size() - 1);
        } finally {
            lock.unlock();
        }
    }
}
