// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import dev.atp4j.time.Time;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Those who want to be told of changes in a folder of sessions. The folder is looked at as long as there are any. */
final class FileWatchers implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FileWatchers.class.getName());

    private final PrivateFolder folder;
    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable FolderWatch watch;

    FileWatchers(PrivateFolder folder) {
        this.folder = folder;
    }

    SessionStore.Watch add(SessionStore.Watcher watcher) {
        var entry = new Entry(watcher);
        // The first look may take long, so nobody waits for it; it is in vain if somebody watches already.
        FolderWatch mine;
        try {
            mine = new FolderWatch(folder, FileSessionStore.RECORD, Time.system(), this::changed);
        } catch (IOException e) {
            throw FileSessionStore.unavailable(folder.path() + " cannot be watched", e);
        }
        lock.lock();
        try {
            entries.add(entry);
            if (watch == null) {
                watch = mine;
                mine.start();
            }
        } finally {
            lock.unlock();
        }
        return entry;
    }

    private void changed(String file) {
        FileSessionStore.key(file).ifPresent(key -> entries.forEach(entry -> entry.tell(key)));
    }

    private void remove(List<Entry> some) {
        lock.lock();
        try {
            entries.removeAll(some);
            if (entries.isEmpty() && watch != null) {
                watch.close();
                watch = null;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        remove(List.copyOf(entries));
    }

    private final class Entry implements SessionStore.Watch {

        private final SessionStore.Watcher watcher;

        Entry(SessionStore.Watcher watcher) {
            this.watcher = watcher;
        }

        void tell(SessionKey key) {
            try {
                watcher.changed(key, 0);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a watcher failed", e);
            }
        }

        @Override
        public void close() {
            remove(List.of(this));
        }
    }
}
