// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.redis;

import dev.atp4j.session.store.ClaimingStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.testkit.ClaimingStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on a real server. */
class RedisSessionStoreTest extends ClaimingStoreContract {

    @TempDir
    static Path folder;

    private static RedisProcess server;

    @BeforeAll
    static void startServer() {
        server = RedisProcess.durable(folder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void empty() {
        server.admin().flushAll();
    }

    @Override
    protected ClaimingStore open() {
        return RedisSessionStore.at(server.uri());
    }

    @Override
    protected boolean damage(SessionKey key) {
        String name = "{atp4j}:session:" + key;
        String document = server.admin().hget(name, "document");
        server.admin().hset(name, "document", document.substring(0, document.length() / 2));
        return true;
    }
}
