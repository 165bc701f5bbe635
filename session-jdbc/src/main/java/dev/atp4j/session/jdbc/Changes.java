// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.SessionStore.Watch;
import dev.atp4j.session.store.SessionStore.Watcher;

/** Finds out what others change, as long as somebody wants to know. Thread-safe. */
interface Changes {

    /** Begins to tell; what is changed after the return is told. */
    Watch watch(Watcher watcher);

    /** Ends all watches. */
    void close();
}
