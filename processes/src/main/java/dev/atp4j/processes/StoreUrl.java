// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.SessionStore;
import java.nio.file.Path;

/** Names a store in one word, so that it can be told to another process. */
final class StoreUrl {

    private StoreUrl() {}

    /** Opens the store at {@code file:PATH}. */
    static SessionStore open(String url) {
        if (url.startsWith("file:")) {
            return FileSessionStore.in(Path.of(url.substring("file:".length())));
        }
        throw new IllegalArgumentException("no store is known by " + url);
    }
}
