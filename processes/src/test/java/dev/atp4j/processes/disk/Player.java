// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import dev.atp4j.session.jdbc.JdbcSessionStore;
import dev.atp4j.session.store.EncryptedSessionStore;
import dev.atp4j.session.store.EncryptionKey;
import dev.atp4j.session.store.EncryptionKeys;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.SessionStore;
import java.nio.file.Path;

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
     * Plays the script twice, with another opening of the store in between.
     *
     * @param args which kind of store, below which folder, and the tape for the marks
     */
    public static void main(String[] args) {
        Path tape = Path.of(args[2]);
        for (int i = 0; i < 2; i++) {
            try (SessionStore store = Local.valueOf(args[0]).open(Path.of(args[1]))) {
                Script.play(store, text -> Tape.mark(tape, text));
            }
        }
        System.exit(0);
    }
}
