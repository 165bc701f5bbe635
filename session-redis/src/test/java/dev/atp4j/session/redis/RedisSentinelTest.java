// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexMap;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.syntax.Did;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisSentinelClient;

/** A failover as Sentinel makes it: the master dies, and its replica takes over. */
@Timeout(120)
class RedisSentinelTest {

    private static final SessionKey ALICE = SessionKey.of(Did.parse("did:plc:alice"));

    @Test
    void afterAFailoverTheStoreGoesOnAtTheNewMaster(@TempDir Path folder) throws Exception {
        try (RedisProcess master = RedisProcess.durable(Files.createDirectory(folder.resolve("master")));
                RedisProcess replica = RedisProcess.with(
                        Files.createDirectory(folder.resolve("replica")),
                        "--replicaof",
                        "127.0.0.1",
                        "" + master.port())) {
            while (!replica.admin().info("replication").contains("master_link_status:up")) {
                Thread.onSpinWait();
            }
            try (RedisProcess sentinel =
                            RedisProcess.sentinel(Files.createDirectory(folder.resolve("sentinel")), "bots", master);
                    RedisSentinelClient client = RedisSentinelClient.builder()
                            .masterName("bots")
                            .sentinels(Set.of(new HostAndPort("127.0.0.1", sentinel.port())))
                            .clientConfig(DefaultJedisClientConfig.builder()
                                    .timeoutMillis(5_000)
                                    .blockingSocketTimeoutMillis(30_000)
                                    .build())
                            .build();
                    RedisSessionStore store = RedisSessionStore.builder(client).open()) {
                var heard = new LinkedBlockingQueue<String>();
                store.watch(new SessionStore.Watcher() {
                    @Override
                    public void changed(SessionKey key, long version) {
                        heard.add("version " + version);
                    }

                    @Override
                    public void missed() {
                        heard.add("missed");
                    }
                });
                assertThat(store.compareAndSet(ALICE, 0, SessionRecord.of(ALICE, 1, LexMap.empty())))
                        .isTrue();
                assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("version 1");
                while (!replica.admin().exists("{atp4j}:session:" + ALICE)) {
                    Thread.onSpinWait();
                }
                master.kill();

                while (!written(store, SessionRecord.of(ALICE, 2, LexMap.empty()))) {
                    Thread.onSpinWait();
                }
                assertThat(store.read(ALICE).orElseThrow().version()).isEqualTo(2);
                try (RedisSessionStore there = RedisSessionStore.at(replica.uri())) {
                    assertThat(there.read(ALICE).orElseThrow().version()).isEqualTo(2);
                }
                assertThat(store.lease(ALICE, Duration.ZERO)).isPresent();
                assertThat(heard.poll(30, TimeUnit.SECONDS)).isIn("missed", "version 2");
            }
        }
    }

    private static boolean written(SessionStore store, SessionRecord record) {
        try {
            assertThat(store.compareAndSet(ALICE, record.version() - 1, record)).isTrue();
            return true;
        } catch (StoreException e) {
            assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
            return false;
        }
    }
}
