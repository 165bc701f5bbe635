// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionStore.Watcher;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who want to be told of changes. Whatever one of them throws, the others are told. Thread-safe. */
final class Watchers {

    private static final System.Logger LOG = System.getLogger(Watchers.class.getName());

    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    void add(Watcher watcher) {
        watchers.add(watcher);
    }

    void remove(Watcher watcher) {
        watchers.remove(watcher);
    }

    boolean isEmpty() {
        return watchers.isEmpty();
    }

    void clear() {
        watchers.clear();
    }

    void changed(SessionKey key, long version) {
        tell(watcher -> watcher.changed(key, version));
    }

    void missed() {
        tell(Watcher::missed);
    }

    private void tell(Consumer<Watcher> news) {
        for (Watcher watcher : watchers) {
            try {
                news.accept(watcher);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "a watcher failed", e);
            }
        }
    }
}
