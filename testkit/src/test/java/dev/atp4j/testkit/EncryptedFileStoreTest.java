// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.testkit;

import dev.atp4j.session.store.EncryptedSessionStore;
import dev.atp4j.session.store.EncryptionKey;
import dev.atp4j.session.store.EncryptionKeys;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EncryptedFileStoreTest extends SessionStoreContract {

    @TempDir
    private Path temporary;

    private final EncryptionKeys keys = EncryptionKeys.of(EncryptionKey.of(new byte[32]));

    @Override
    protected SessionStore open() {
        return EncryptedSessionStore.over(FileSessionStore.in(temporary.resolve("sessions")), keys);
    }

    /** Changes one character of what is sealed. */
    @Override
    protected boolean damage(SessionKey key) {
        Path file =
                temporary.resolve("sessions").resolve(key.did().value().replace(':', '_') + "." + key.slot() + ".json");
        try {
            String json = Files.readString(file);
            int middle = json.lastIndexOf("$bytes") + 20;
            char other = json.charAt(middle) == 'A' ? 'B' : 'A';
            Files.writeString(file, json.substring(0, middle) + other + json.substring(middle + 1));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
