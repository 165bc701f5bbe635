// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import dev.atp4j.time.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Keeps each session in a JSON file of its own, in a folder that nobody but its owner can look into. Any number of
 * threads, stores and processes of one machine can share a folder. Thread-safe.
 *
 * <p>Beside a session's {@code .json} file lie two empty files, {@code .lock} and {@code .lease}, whose locks let
 * processes write and {@linkplain #lease refresh} one after the other; they stay when the session goes, and must not be
 * deleted while a program runs. A write is durable when it returns, and a crash or a full disk leaves the old session
 * or the new one. Reads and writes are not cut short by an interrupt; only waiting for a lease is.
 *
 * <p>The folder must be on a local disk: network file systems show changes late, and not all have locks. Threads of one
 * JVM are given a lease first come, first served; among processes the order is that of chance.
 */
public final class FileSessionStore implements SessionStore {

    private static final System.Logger LOG = System.getLogger(FileSessionStore.class.getName());

    static final String RECORD = ".json";
    private static final String WRITE_LOCK = ".lock";
    private static final String LEASE_LOCK = ".lease";
    private static final String NOTE = ".note";

    /** A write takes milliseconds. Who waits longer has met a stopped process or a dying disk. */
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);

    private final PrivateFolder folder;
    private final LockFile.Opener opener;
    private final Duration longestWrite;
    private final FileWatchers watchers;

    FileSessionStore(PrivateFolder folder, LockFile.Opener opener, Duration longestWrite) {
        this.folder = folder;
        this.opener = opener;
        this.longestWrite = longestWrite;
        this.watchers = new FileWatchers(folder);
    }

    /**
     * Opens the store in a folder. The folder, and those above it, are created if they are missing, and then only for
     * this user.
     *
     * @param folder where the sessions are
     * @return the store
     * @throws StoreException of kind {@link StoreException.Kind#UNSAFE} if the folder is a symbolic link, open to other
     *     users or another user's, or {@link StoreException.Kind#UNAVAILABLE} if it cannot be created
     */
    public static FileSessionStore in(Path folder) {
        try {
            PrivateFolder opened = PrivateFolder.open(folder);
            var store = new FileSessionStore(opened, opened::openToLock, LONGEST_WRITE);
            store.sweep();
            return store;
        } catch (IOException e) {
            throw unavailable("sessions cannot be kept in " + folder, e);
        }
    }

    /**
     * Opens the store in the folder named by the environment variable {@code ATP_HOME} or, if there is none, where the
     * platform keeps such things: {@code $XDG_STATE_HOME/atp4j} or {@code ~/.local/state/atp4j}, on macOS
     * {@code ~/Library/Application Support/atp4j}, on Windows {@code %LOCALAPPDATA%\atp4j}.
     *
     * @return the store
     * @throws StoreException as {@link #in} does, and if there is no home folder either
     */
    public static FileSessionStore inDefaultFolder() {
        return in(DefaultFolder.find());
    }

    /**
     * Returns where the sessions are.
     *
     * @return the folder's real path
     */
    public Path folder() {
        return folder.path();
    }

    @Override
    public Optional<SessionRecord> read(SessionKey key) {
        String name = RecordName.of(key) + RECORD;
        try {
            return folder.read(name).map(json -> parse(name, () -> SessionRecord.parse(key, json)));
        } catch (IOException e) {
            throw unavailable("the session of " + key + " cannot be read", e);
        }
    }

    @Override
    public boolean compareAndSet(SessionKey key, long expectedVersion, SessionRecord next) {
        next.requireSuccessor(key, expectedVersion);
        byte[] json = next.toJson();
        return change(key, expectedVersion, name -> folder.write(name, json));
    }

    @Override
    public boolean compareAndDelete(SessionKey key, long expectedVersion) {
        return expectedVersion > 0 && change(key, expectedVersion, folder::delete);
    }

    @Override
    public Optional<Lease> lease(SessionKey key, Duration wait) {
        try {
            return lock(RecordName.of(key) + LEASE_LOCK, wait);
        } catch (IOException e) {
            throw unavailable("there is no waiting for a turn at " + key, e);
        } catch (InterruptedException e) {
            throw StoreException.interrupted(key, e);
        }
    }

    @Override
    public Stream<SessionKey> keys() {
        try {
            return folder.names().stream().flatMap(name -> key(name).stream());
        } catch (IOException e) {
            throw unavailable("the sessions cannot be listed", e);
        }
    }

    @Override
    public Optional<StoredNote> note(String name) {
        String file = StoredNote.requireName(name) + NOTE;
        try {
            return folder.read(file).map(json -> parse(file, () -> StoredNote.parse(name, json)));
        } catch (IOException e) {
            throw unavailable("the note " + file + " cannot be read", e);
        }
    }

    @Override
    public boolean compareAndSetNote(long expectedVersion, StoredNote next) {
        next.requireSuccessor(expectedVersion);
        String file = next.name() + NOTE;
        try {
            return locked(file, () -> {
                if (note(next.name()).map(StoredNote::version).orElse(0L) != expectedVersion) {
                    return false;
                }
                folder.write(file, next.toJson());
                return true;
            });
        } catch (IOException e) {
            throw unavailable("the note " + file + " cannot be written", e);
        }
    }

    /** Returns the time of this machine, the only one that a folder should be used from. */
    @Override
    public Instant now() {
        return Time.system().now();
    }

    /**
     * {@inheritDoc}
     *
     * <p>As long as somebody watches, a thread looks at the folder five times a second, so that a change is told, without its
     * version, within some 200 milliseconds; none is missed. Only what stores write is noticed for certain, not what is
     * written into a file by other means.
     */
    @Override
    public Watch watch(Watcher watcher) {
        return watchers.add(watcher);
    }

    /** Ends all watches. The store can still be used. */
    @Override
    public void close() {
        watchers.close();
    }

    /** Returns the folder. */
    @Override
    public String toString() {
        return "FileSessionStore[" + folder.path() + "]";
    }

    /** Removes what is left of writes in whose middle a process died. */
    private void sweep() {
        try {
            for (String name : folder.names()) {
                if (name.endsWith(PrivateFolder.UNFINISHED)) {
                    String file = withoutEnd(name, PrivateFolder.UNFINISHED);
                    if (key(file).isPresent()) {
                        sweep(file, withoutEnd(file, RECORD) + WRITE_LOCK);
                    } else if (isNote(file)) {
                        sweep(file, file + WRITE_LOCK);
                    }
                }
            }
        } catch (IOException e) {
            // A place where nothing can be written may still be read; and the next write removes them too.
            LOG.log(System.Logger.Level.DEBUG, "unfinished files in {0} were left: {1}", folder.path(), e);
        }
    }

    private void sweep(String file, String lockFile) throws IOException {
        Lease lock = PrivateFolder.toTheEnd(() -> lock(lockFile, Duration.ZERO)).orElse(null);
        if (lock == null) {
            return; // It is being written just now.
        }
        try {
            folder.deleteUnfinished(file);
        } finally {
            lock.close();
        }
    }

    private static boolean isNote(String file) {
        return file.endsWith(NOTE) && StoredNote.isName(withoutEnd(file, NOTE));
    }

    private interface Change {
        void make(String name) throws IOException;
    }

    private boolean change(SessionKey key, long expectedVersion, Change change) {
        String name = RecordName.of(key);
        try {
            return locked(name, () -> {
                if (read(key).map(SessionRecord::version).orElse(0L) != expectedVersion) {
                    return false;
                }
                change.make(name + RECORD);
                return true;
            });
        } catch (IOException e) {
            throw unavailable("the session of " + key + " cannot be written", e);
        }
    }

    private interface Write {
        boolean make() throws IOException;
    }

    /** Reads again and writes while no other process can write in between. */
    private boolean locked(String name, Write write) throws IOException {
        Lease lock = PrivateFolder.toTheEnd(() -> lock(name + WRITE_LOCK, longestWrite))
                .orElseThrow(() -> new IOException(
                        "another process has been writing it for " + longestWrite.toSeconds() + " seconds"));
        try {
            return write.make();
        } finally {
            lock.close();
        }
    }

    private Optional<Lease> lock(String name, Duration wait) throws IOException, InterruptedException {
        return LockFile.take(folder.path().resolve(name), wait, opener);
    }

    private <T> T parse(String file, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (StoreException e) {
            throw new StoreException(
                    e.kind(),
                    e.getMessage()
                            + "; its file was left as it is, and a new one can be kept once it is moved away: "
                            + folder.path().resolve(file),
                    null);
        }
    }

    /** Returns whose record a file is, or empty if it is something else. */
    static Optional<SessionKey> key(String file) {
        return file.endsWith(RECORD) ? RecordName.parse(withoutEnd(file, RECORD)) : Optional.empty();
    }

    private static String withoutEnd(String name, String end) {
        return name.substring(0, name.length() - end.length());
    }

    static StoreException unavailable(String what, IOException cause) {
        return new StoreException(StoreException.Kind.UNAVAILABLE, what + " (" + cause + ")", cause);
    }
}
