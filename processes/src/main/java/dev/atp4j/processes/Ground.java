// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What the crowds of one run stand on: a temporary folder, servers for the stores that need some, and a quick way to start
 * processes. Thread-safe.
 */
public final class Ground implements AutoCloseable {

    private final Path folder;
    private final Launch launch;
    private final Servers servers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Kind, Launch> launches = new EnumMap<>(Kind.class);
    private int places;

    private Ground(Path folder) {
        this.folder = folder;
        this.launch = Launch.from(folder);
        this.servers = new Servers(folder);
    }

    /** Makes a ground. What it needs is started when it is needed. */
    public static Ground open() {
        try {
            return new Ground(Files.createTempDirectory("atp4j-processes"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a crowd around a new account, on a store of this kind. */
    public Crowd crowd(Kind kind) {
        String url = url(kind);
        return crowd(kind, url, url);
    }

    /** Opens a crowd whose members see the store another way than the parent does. */
    public Crowd crowd(Kind kind, String url, String view) {
        return new Crowd(launch(kind), url, view);
    }

    /** Returns the URL of a store of this kind. */
    public String url(Kind kind) {
        lock.lock();
        try {
            return switch (kind) {
                case FILE -> "file:" + folder.resolve("store-" + places++);
                case SQLITE -> "sqlite:" + folder.resolve("store-" + places++ + ".db");
                case POSTGRES -> "postgresql://127.0.0.1:" + servers.postgres() + "/postgres";
                case REDIS -> "redis://127.0.0.1:" + servers.redis();
            };
        } finally {
            lock.unlock();
        }
    }

    /**
     * Opens a crowd whose members reach their server by another port, behind which it stands for them; the parent goes
     * straight to it.
     *
     * @param patience how long members wait for the server, where that can be said
     */
    public Crowd crowdBehind(int port, Kind kind, Duration patience) {
        String straight = url(kind);
        String behind = straight.replaceFirst(":\\d+", ":" + port);
        return crowd(kind, kind == Kind.POSTGRES ? behind + "?" + patience.toSeconds() : behind, straight);
    }

    /** Returns where the server of this kind listens. */
    public InetSocketAddress server(Kind kind) {
        URI url = URI.create(url(kind));
        return new InetSocketAddress(url.getHost(), url.getPort());
    }

    /** The first process on a kind of store shows which classes the others will need. */
    private Launch launch(Kind kind) {
        lock.lock();
        try {
            Launch known = launches.get(kind);
            if (known == null) {
                known = rehearse(kind);
                launches.put(kind, known);
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private Launch rehearse(Kind kind) {
        Path archive = folder.resolve(kind + ".jsa");
        String url = url(kind);
        try (var crowd = new Crowd(launch, url, url)) {
            Member first = crowd.rehearse(archive);
            Crowd.awaitReady(first);
            for (String command : new String[] {"call", "refresh", "call", "report"}) {
                String answer = first.ask(command);
                if (!answer.startsWith("ok")) {
                    throw new IllegalStateException("a process on " + kind + " answered " + answer);
                }
            }
        }
        return launch.with(archive);
    }

    @Override
    public void close() {
        try {
            servers.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            sweep();
        }
    }

    private void sweep() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
