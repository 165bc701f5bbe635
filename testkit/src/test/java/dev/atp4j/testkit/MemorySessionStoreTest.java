// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.testkit;

import dev.atp4j.session.store.MemorySessionStore;
import dev.atp4j.session.store.SessionStore;

class MemorySessionStoreTest extends SessionStoreContract {

    private final MemorySessionStore store = new MemorySessionStore();

    @Override
    protected SessionStore open() {
        return store;
    }
}
