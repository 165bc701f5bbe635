// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.Secret;
import dev.atp4j.http.JdkHttpTransport;
import dev.atp4j.pds.Account;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.xrpc.XrpcRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol;

/** Sessions whose server loses what it has confirmed. */
@Timeout(120)
class RedisRollbackTest {

    private static final String PASSWORD = "correct-horse-battery";
    private static final String REFRESH = "com.atproto.server.refreshSession";
    private static final XrpcRequest READ =
            XrpcRequest.query("app.bsky.feed.getTimeline").build();

    @TempDir
    Path folder;

    @Test
    void aRunningSessionPutsItsNewerTokensBackIntoAServerThatLostThem() {
        try (EmbeddedPds pds = EmbeddedPds.builder().start();
                RedisProcess server = RedisProcess.with(folder);
                RedisSessionStore store = RedisSessionStore.at(server.uri());
                RedisSessionStore other = RedisSessionStore.at(server.uri())) {
            Account alice = pds.createAccount("alice.test", PASSWORD);
            SessionKey key = SessionKey.of(alice.did());
            PasswordSession session = process(pds, store)
                    .login(Login.as("alice.test", Secret.of(PASSWORD))
                            .service(pds.url())
                            .build());
            server.ask(Protocol.Command.SAVE);
            long saved = store.read(key).orElseThrow().version();
            session.refresh();
            session.refresh();
            assertThat(store.read(key).orElseThrow().version()).isGreaterThan(saved);

            server.restart();
            assertThat(store.read(key).orElseThrow().version()).isEqualTo(saved);

            assertThat(session.send(READ).status()).isEqualTo(200);
            session.refresh();
            assertThat(pds.journal().count(REFRESH)).isEqualTo(3);
            assertThat(refreshJwt(store.read(key).orElseThrow()))
                    .isEqualTo(session.data().refreshJwt().expose());
            PasswordSession sibling = process(pds, other).resume(key, Resume.LAZY);
            assertThat(sibling.send(READ).status()).isEqualTo(200);
            sibling.refresh();
            assertThat(session.send(READ).status()).isEqualTo(200);
        }
    }

    @Test
    void anOlderRecordIsEnoughForANewProcessWithinTheGrace() {
        try (EmbeddedPds pds = EmbeddedPds.builder().start();
                RedisProcess server = RedisProcess.with(folder);
                RedisSessionStore store = RedisSessionStore.at(server.uri())) {
            Account alice = pds.createAccount("alice.test", PASSWORD);
            SessionKey key = SessionKey.of(alice.did());
            try (Sessions dying = process(pds, store)) {
                PasswordSession session = dying.login(Login.as("alice.test", Secret.of(PASSWORD))
                        .service(pds.url())
                        .build());
                server.ask(Protocol.Command.SAVE);
                session.refresh();
            }
            server.restart();
            pds.time().advance(Duration.ofMinutes(90));
            PasswordSession next = process(pds, store).resume(key, Resume.LAZY);
            next.refresh();
            assertThat(next.send(READ).status()).isEqualTo(200);
        }
    }

    @Test
    void aServerThatLostEverythingIsFilledAgainByTheSessionsThatRun() {
        try (EmbeddedPds pds = EmbeddedPds.builder().start();
                RedisProcess server = RedisProcess.with(folder);
                RedisSessionStore store = RedisSessionStore.at(server.uri())) {
            Account alice = pds.createAccount("alice.test", PASSWORD);
            SessionKey key = SessionKey.of(alice.did());
            PasswordSession session = process(pds, store)
                    .login(Login.as("alice.test", Secret.of(PASSWORD))
                            .service(pds.url())
                            .build());
            server.restart();
            assertThat(store.read(key)).isEmpty();
            session.refresh();
            assertThat(refreshJwt(store.read(key).orElseThrow()))
                    .isEqualTo(session.data().refreshJwt().expose());
            assertThat(store.keys()).containsExactly(key);
        }
    }

    private static Sessions process(EmbeddedPds pds, RedisSessionStore store) {
        return Sessions.builder()
                .store(store)
                .transport(new JdkHttpTransport())
                .time(pds.time())
                .proactiveRefresh(false)
                .build();
    }

    private static String refreshJwt(SessionRecord record) {
        return record.content()
                .getMap("tokens")
                .orElseThrow()
                .getString("refreshJwt")
                .orElseThrow();
    }
}
