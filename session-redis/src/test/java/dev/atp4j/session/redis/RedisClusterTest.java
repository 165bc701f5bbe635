// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.redis;

import dev.atp4j.session.store.ClaimingStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.testkit.ClaimingStoreContract;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClusterClient;

/** The contract on a cluster of one, which refuses, as every cluster does, what touches keys of several slots. */
class RedisClusterTest extends ClaimingStoreContract {

    @TempDir
    static Path folder;

    private static RedisProcess server;
    private static RedisClusterClient client;

    @BeforeAll
    static void startCluster() {
        server = RedisProcess.with(folder, "--cluster-enabled", "yes");
        server.ask(
                Protocol.Command.CLUSTER,
                IntStream.range(-1, 16_384)
                        .mapToObj(slot -> slot < 0 ? "ADDSLOTS" : "" + slot)
                        .toArray(String[]::new));
        while (!new String((byte[]) server.ask(Protocol.Command.CLUSTER, "INFO")).contains("cluster_state:ok")) {
            Thread.onSpinWait();
        }
        client = RedisClusterClient.builder()
                .nodes(Set.of(new HostAndPort("127.0.0.1", server.port())))
                .clientConfig(DefaultJedisClientConfig.builder()
                        .timeoutMillis(5_000)
                        .blockingSocketTimeoutMillis(30_000)
                        .build())
                .build();
    }

    @AfterAll
    static void stopCluster() {
        client.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        server.admin().flushAll();
    }

    @Override
    protected ClaimingStore open() {
        return RedisSessionStore.builder(client).checkServer(false).open();
    }

    @Override
    protected boolean damage(SessionKey key) {
        server.admin().hset("{atp4j}:session:" + key, "document", "{");
        return true;
    }
}
