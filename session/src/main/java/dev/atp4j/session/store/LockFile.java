// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import dev.atp4j.time.Time;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets threads and processes take turns, by a lock on a file. The operating system frees the lock of a process that ends,
 * however it ends. The file is never deleted: whoever waits for the lock of a deleted file would have a turn beside the
 * one who locks its successor.
 *
 * <p>A file lock belongs to the whole JVM, so its threads queue up before they ask for it. Among processes the order is
 * that of chance.
 */
final class LockFile {

    /** Opens a file to be locked, and creates it if there is none. */
    interface Opener {
        FileChannel open(Path path) throws IOException;
    }

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(16);

    private static final Time TIME = Time.system();

    private static final Turns<Path> THREADS = new Turns<>(TIME);

    /**
     * Files that were opened for a lock that was not to be had. POSIX drops every lock that a process has on a file as
     * soon as the process closes that file once, so only the lock's holder may close it; and the holder may be a copy of
     * this class in another class loader. A file here serves the next attempt.
     */
    private static final ConcurrentHashMap<Path, LockFile> WAITING = new ConcurrentHashMap<>();

    private final Path path;
    private final FileChannel channel;
    private final @Nullable Object identity;

    private LockFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.identity = identity(path);
    }

    /**
     * Waits for a turn.
     *
     * @param path the file's real path, the same for everybody
     * @param wait how long to wait; not positive to try once
     * @throws IOException if the file cannot be opened
     * @throws StoreException if its file system has no locks
     */
    static Optional<SessionStore.Lease> take(Path path, Duration wait, Opener opener)
            throws IOException, InterruptedException {
        long end = TIME.nanos() + Turns.bounded(wait).toNanos();
        SessionStore.Lease thread = THREADS.take(path, wait).orElse(null);
        if (thread == null) {
            return Optional.empty();
        }
        LockFile file = null;
        boolean taken = false;
        try {
            file = open(path, opener);
            taken = file.locksUntil(end);
            return taken ? Optional.of(file.new Turn(thread)) : Optional.empty();
        } finally {
            if (!taken) {
                if (file != null) {
                    WAITING.put(path, file);
                }
                thread.close();
            }
        }
    }

    private static LockFile open(Path path, Opener opener) throws IOException {
        LockFile waiting = WAITING.remove(path);
        if (waiting != null) {
            if (waiting.isStillThere()) {
                return waiting;
            }
            waiting.channel.close();
        }
        return new LockFile(path, opener.open(path));
    }

    private boolean locksUntil(long end) throws IOException, InterruptedException {
        for (long pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
            if (tryLock()) {
                if (isStillThere()) {
                    return true;
                }
                throw new IOException(path + " was deleted while processes use it");
            }
            long left = end - TIME.nanos();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(Math.min(pause, left));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private boolean tryLock() {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Kind.UNSAFE,
                    "processes cannot take turns on " + path + " because its file system gives no locks ("
                            + e.getMessage() + "); keep the sessions on a local disk, or in another kind of store",
                    e);
        }
    }

    private boolean isStillThere() throws IOException {
        try {
            return Objects.equals(identity, identity(path));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static @Nullable Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    private final class Turn implements SessionStore.Lease {

        private final SessionStore.Lease thread;
        private volatile boolean held = true;

        Turn(SessionStore.Lease thread) {
            this.thread = thread;
        }

        @Override
        public boolean held() {
            return held;
        }

        @Override
        public void close() {
            held = false;
            try {
                channel.close();
            } catch (IOException e) {
                // The operating system has freed the lock all the same.
                System.getLogger(LockFile.class.getName())
                        .log(System.Logger.Level.WARNING, "closing " + path + " failed", e);
            } finally {
                thread.close();
            }
        }
    }
}
