// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.testkit;

import dev.atp4j.session.store.ClaimingStore;
import dev.atp4j.session.store.MemorySessionStore;

class MemorySessionStoreTest extends ClaimingStoreContract {

    private final MemorySessionStore store = new MemorySessionStore();

    @Override
    protected ClaimingStore open() {
        return store;
    }
}
