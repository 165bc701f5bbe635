// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.atp4j.session.jdbc.JdbcSessionStore;
import dev.atp4j.session.redis.RedisSessionStore;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.SessionStore;
import java.net.URI;
import java.nio.file.Path;

/** Names a store in one word, so that it can be told to another process. */
final class StoreUrl {

    /** Longer than it takes on a busy machine. */
    private static final int PATIENCE_SECONDS = 30;

    private StoreUrl() {}

    /**
     * A store, and what it stands on.
     *
     * @param beneath what is to be closed after the store
     */
    record Opened(SessionStore store, Runnable beneath) implements AutoCloseable {
        @Override
        public void close() {
            store.close();
            beneath.run();
        }
    }

    /**
     * Opens the store at {@code file:PATH}, {@code sqlite:PATH}, {@code postgresql://HOST:PORT/NAME?SECONDS}, where the number
     * says how long to wait for the database, or {@code redis://HOST:PORT}.
     */
    static Opened open(String url) {
        String rest = url.substring(url.indexOf(':') + 1);
        return switch (url.substring(0, url.indexOf(':'))) {
            case "file" -> new Opened(FileSessionStore.in(Path.of(rest)), () -> {});
            case "sqlite" -> new Opened(JdbcSessionStore.sqlite(Path.of(rest)).build(), () -> {});
            case "postgresql" -> postgresql(URI.create(url));
            case "redis" -> new Opened(RedisSessionStore.at(URI.create(url)), () -> {});
            default -> throw new IllegalArgumentException("no store is known by " + url);
        };
    }

    private static Opened postgresql(URI url) {
        int patience = url.getQuery() == null ? PATIENCE_SECONDS : Integer.parseInt(url.getQuery());
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://" + url.getAuthority() + url.getPath() + "?connectTimeout=" + patience
                + "&socketTimeout=" + patience);
        config.setUsername("postgres");
        config.setMaximumPoolSize(3); // one of them listens
        config.setMinimumIdle(0);
        config.setConnectionTimeout(1000L * patience);
        config.setInitializationFailTimeout(1000L * PATIENCE_SECONDS);
        var pool = new HikariDataSource(config);
        return new Opened(JdbcSessionStore.builder(pool).build(), pool::close);
    }
}
