// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.threads;

import dev.atp4j.session.jdbc.JdbcSessionStore;
import dev.atp4j.session.store.EncryptedSessionStore;
import dev.atp4j.session.store.EncryptionKey;
import dev.atp4j.session.store.EncryptionKeys;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.MemorySessionStore;
import dev.atp4j.session.store.SessionStore;
import java.nio.file.Path;

/** Where sessions are kept. */
enum Shelf {
    MEMORY,
    FILES,
    SEALED_FILES,
    SQLITE;

    SessionStore open(Path folder) {
        return switch (this) {
            case MEMORY -> new MemorySessionStore();
            case FILES -> FileSessionStore.in(folder.resolve("sessions"));
            case SEALED_FILES ->
                EncryptedSessionStore.over(
                        FileSessionStore.in(folder.resolve("sessions")),
                        EncryptionKeys.of(EncryptionKey.of(new byte[32])));
            case SQLITE ->
                JdbcSessionStore.sqlite(folder.resolve("sessions.db")).build();
        };
    }
}
