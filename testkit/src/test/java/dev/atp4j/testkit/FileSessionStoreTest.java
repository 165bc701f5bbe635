// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.testkit;

import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class FileSessionStoreTest extends SessionStoreContract {

    @TempDir
    private Path temporary;

    @Override
    protected SessionStore open() {
        return FileSessionStore.in(temporary.resolve("sessions"));
    }

    @Override
    protected boolean damage(SessionKey key) {
        try (Stream<Path> files = Files.list(temporary.resolve("sessions"))) {
            for (Path file : files.toList()) {
                String json = Files.readString(file);
                if (json.contains(key.did().value())) {
                    Files.writeString(file, json.substring(0, json.length() / 2));
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
