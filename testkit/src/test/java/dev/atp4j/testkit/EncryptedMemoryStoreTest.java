// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.testkit;

import dev.atp4j.data.LexMap;
import dev.atp4j.session.store.ClaimingStore;
import dev.atp4j.session.store.EncryptedSessionStore;
import dev.atp4j.session.store.EncryptionKey;
import dev.atp4j.session.store.EncryptionKeys;
import dev.atp4j.session.store.MemorySessionStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;

class EncryptedMemoryStoreTest extends ClaimingStoreContract {

    private final MemorySessionStore memory = new MemorySessionStore();
    private final EncryptionKeys keys = EncryptionKeys.of(EncryptionKey.of(new byte[32]));

    @Override
    protected ClaimingStore open() {
        return EncryptedSessionStore.over(memory, keys);
    }

    /** Puts a record in the place of the sealed one that the storage can read, and the keys cannot open. */
    @Override
    protected boolean damage(SessionKey key) {
        LexMap sealed = memory.read(key).orElseThrow().content();
        return memory.compareAndDelete(key, 1)
                && memory.compareAndSet(
                        key,
                        0,
                        SessionRecord.of(
                                key,
                                1,
                                sealed.with(
                                        "sealed",
                                        sealed.getMap("sealed").orElseThrow().without("nonce"))));
    }
}
