// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.identity.DidDocument;
import dev.atp4j.identity.NetworkIdentityResolver;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.EncryptedSessionStore;
import dev.atp4j.session.store.EncryptionKeys;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.SessionStore;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The user's stored sessions, and what it takes to work with them. Closing it waits for what sessions have begun to do in
 * the background.
 */
final class Workplace implements AutoCloseable {

    /** What is not done by then is in the store, for the next command to finish. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FileSessionStore files;
    private final Wire wire;
    private final Background background = new Background();
    private final Sessions sessions;

    Workplace(Surroundings surroundings, Consumer<Wire.Exchange> wiretap) {
        this.files = open(surroundings);
        this.wire = new Wire(surroundings.time(), wiretap);
        var builder = Sessions.builder()
                .store(sealed(files, surroundings))
                .transport(wire)
                .time(surroundings.time())
                .executor(background)
                // A command is over before a token runs out, and the next one refreshes when it has to.
                .proactiveRefresh(false);
        surroundings
                .variable("ATP_PLC_URL")
                .map(Workplace::directory)
                .ifPresent(directory -> builder.identity(NetworkIdentityResolver.builder(wire)
                        .directory(directory)
                        .endpointRule(DidDocument.EndpointRule.forService(directory))
                        .build()));
        this.sessions = builder.build();
    }

    private static FileSessionStore open(Surroundings surroundings) {
        String home = surroundings.variable("ATP_HOME").orElse(null);
        try {
            return home == null ? FileSessionStore.inDefaultFolder() : FileSessionStore.in(Path.of(home));
        } catch (InvalidPathException e) {
            throw Failure.usage("ATP_HOME is no path", "name a folder, or unset it");
        }
    }

    private static SessionStore sealed(FileSessionStore store, Surroundings surroundings) {
        String keys = surroundings.variable("ATP_STORE_KEY_FILE").orElse(null);
        try {
            return keys == null ? store : EncryptedSessionStore.over(store, EncryptionKeys.fromFile(Path.of(keys)));
        } catch (InvalidPathException e) {
            throw Failure.usage("ATP_STORE_KEY_FILE is no path", "name a file of keys, or unset it");
        }
    }

    /** Reads the address of a PLC directory. */
    static URI directory(String url) {
        try {
            URI directory = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
            if (directory.getHost() != null && directory.getUserInfo() == null) {
                return directory;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without a quotation.
        }
        throw Failure.usage("ATP_PLC_URL is no address of a PLC directory", "unset it to use the public one");
    }

    /** Returns the stored sessions, and the way to new ones. */
    Sessions sessions() {
        return sessions;
    }

    /** Returns where the sessions are. */
    Path folder() {
        return files.folder();
    }

    /** Waits until what was set off in the background is done, as far as that takes a bearable time. */
    void settle() {
        background.awaitQuiet(PATIENCE);
    }

    @Override
    public void close() {
        settle();
        background.stop();
        wire.close();
    }
}
