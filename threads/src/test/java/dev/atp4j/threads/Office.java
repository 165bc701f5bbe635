// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.threads;

import dev.atp4j.Secret;
import dev.atp4j.client.AtpClient;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.pds.Account;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.SessionData;
import dev.atp4j.session.SessionListener;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.SessionStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/** A PDS on loopback, and one client of one session on it that many threads share. Its clock is moved by hand. */
final class Office implements AutoCloseable {

    private static final String REFRESH = "com.atproto.server.refreshSession";

    private final EmbeddedPds pds =
            EmbeddedPds.builder().time(VirtualTime.running()).start();
    private final Account alice = pds.createAccount("alice.test", "password");
    private final HttpTransport transport;
    private final SessionStore store;
    private final Sessions sessions;
    private final Queue<String> updates = new ConcurrentLinkedQueue<>();

    final PasswordSession session;
    final AtpClient client;

    Office(Wire wire, Shelf shelf, Path folder, Executor executor) {
        transport = wire.open();
        store = shelf.open(folder);
        sessions = Sessions.builder()
                .store(store)
                .transport(transport)
                .time(pds.time())
                .executor(executor)
                .proactiveRefresh(false)
                .listener(new SessionListener() {
                    @Override
                    public void updated(PasswordSession session, SessionData data) {
                        updates.add(data.did().value());
                    }
                })
                .build();
        session = sessions.login(
                Login.as("alice.test", Secret.of("password")).service(pds.url()).build());
        client = AtpClient.of(session);
    }

    /** Has so many threads write so many records each, at once, with an access token that has run out. */
    Set<String> writeWithExpiredToken(Executor threads, int count, int each) {
        pds.time().advance(Duration.ofHours(3));
        Set<String> keys = ConcurrentHashMap.newKeySet();
        var start = new CountDownLatch(1);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(CompletableFuture.runAsync(
                    () -> {
                        await(start);
                        for (int n = 0; n < each; n++) {
                            String key = client.newKey();
                            keys.add(key);
                            write(key);
                        }
                    },
                    threads));
        }
        start.countDown();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        return keys;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String key) {
        client.post(
                "com.atproto.repo.createRecord",
                LexMap.builder()
                        .put("repo", alice.did().value())
                        .put("collection", "com.example.note")
                        .put("rkey", key)
                        .put(
                                "record",
                                LexMap.builder()
                                        .put("$type", "com.example.note")
                                        .build())
                        .build());
    }

    int refreshes() {
        return pds.journal().count(REFRESH);
    }

    /** Returns how many records were written, by the server's journal. */
    long written() {
        return pds.journal().entries("com.atproto.repo.createRecord").stream()
                .filter(call -> call.status() == 200)
                .count();
    }

    int updates() {
        return updates.size();
    }

    @Override
    public void close() {
        session.close();
        sessions.close();
        store.close();
        transport.close();
        pds.close();
    }
}
