// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import dev.atp4j.session.jdbc.JdbcSessionStore;
import dev.atp4j.session.store.EncryptedSessionStore;
import dev.atp4j.session.store.EncryptionKey;
import dev.atp4j.session.store.EncryptionKeys;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.SessionStore;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A process that plays the script on a store of this machine while its calls are written down. */
final class Player {

    private Player() {}

    /** The kinds of stores that are files of the process itself. */
    enum Local {
        FILE,
        ENCRYPTED,
        SQLITE;

        /** Opens a store below a folder. */
        SessionStore open(Path root) {
            return switch (this) {
                // Two folders that the store has to make itself.
                case FILE -> FileSessionStore.in(root.resolve("state").resolve("sessions"));
                case ENCRYPTED ->
                    EncryptedSessionStore.over(
                            FileSessionStore.in(root.resolve("state").resolve("sessions")),
                            EncryptionKeys.of(EncryptionKey.of(new byte[32])));
                case SQLITE ->
                    JdbcSessionStore.sqlite(root.resolve("sessions.db")).build();
            };
        }
    }

    /**
     * Plays the script twice, with another opening of the store in between; or only goes on with what is there.
     *
     * @param args which kind of store, below which folder, the tape for the marks, and perhaps {@code on}
     */
    public static void main(String[] args) {
        Local kind = Local.valueOf(args[0]);
        Path root = Path.of(args[1]);
        Consumer<String> marks = text -> Tape.mark(Path.of(args[2]), text);
        if (args.length > 3) {
            try (SessionStore store = kind.open(root)) {
                Script.goOn(store, marks);
            }
        } else {
            for (int i = 0; i < 2; i++) {
                try (SessionStore store = kind.open(root)) {
                    Script.play(store, marks);
                }
            }
        }
        System.exit(0);
    }
}
