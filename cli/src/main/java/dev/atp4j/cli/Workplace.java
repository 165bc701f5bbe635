// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.identity.DidDocument;
import dev.atp4j.identity.IdentityResolver;
import dev.atp4j.identity.NetworkIdentityResolver;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.time.Time;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The user's stored sessions, and what it takes to work with them. Closing it waits for what sessions have begun to do in
 * the background.
 */
final class Workplace implements AutoCloseable {

    private final FileSessionStore store;
    private final Wire wire;
    private final Background background = new Background();
    private final Time time;
    private final @Nullable URI directory;

    /** Needs nobody but the stored sessions' own services. */
    private final Sessions sessions;

    Workplace(Surroundings surroundings, Consumer<Wire.Exchange> wiretap) {
        this.time = surroundings.time();
        this.store = open(surroundings);
        this.wire = new Wire(time, wiretap);
        this.directory =
                surroundings.variable("ATP_PLC_URL").map(Workplace::directory).orElse(null);
        this.sessions = with(null);
    }

    private static FileSessionStore open(Surroundings surroundings) {
        String home = surroundings.variable("ATP_HOME").orElse(null);
        try {
            return home == null ? FileSessionStore.inDefaultFolder() : FileSessionStore.in(Path.of(home));
        } catch (InvalidPathException e) {
            throw Failure.usage("ATP_HOME is no path", "name a folder, or unset it");
        }
    }

    private static URI directory(String url) {
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

    private Sessions with(@Nullable IdentityResolver identity) {
        var builder = Sessions.builder()
                .store(store)
                .transport(wire)
                .time(time)
                .executor(background)
                // A command is over before a token runs out, and the next one refreshes when it has to.
                .proactiveRefresh(false);
        return identity == null ? builder.build() : builder.identity(identity).build();
    }

    private IdentityResolver resolver() {
        var resolver = NetworkIdentityResolver.builder(wire).time(time);
        if (directory != null) {
            resolver.directory(directory).endpointRule(DidDocument.EndpointRule.forService(directory));
        }
        return resolver.build();
    }

    /** Returns the stored sessions, to be listed or resumed without a call. */
    Sessions sessions() {
        return sessions;
    }

    /**
     * Returns sessions at a service, or at one that is yet to be found. The accounts of a service on this machine are not
     * asked for in the public directory, which cannot know them.
     */
    Sessions at(Optional<URI> service) {
        boolean loopback = service.filter(
                        uri -> DidDocument.EndpointRule.forService(uri) == DidDocument.EndpointRule.LOOPBACK_TOO)
                .isPresent();
        return loopback && directory == null ? sessions : with(resolver());
    }

    /** Resumes a stored session. */
    PasswordSession resume(SessionKey key, Resume how) {
        PasswordSession stored = sessions.resume(key, Resume.LAZY);
        return at(Optional.of(stored.service())).resume(key, how);
    }

    FileSessionStore store() {
        return store;
    }

    Background background() {
        return background;
    }

    @Override
    public void close() {
        background.awaitQuiet();
        background.stop();
        wire.close();
    }
}
