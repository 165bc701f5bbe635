// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import dev.atp4j.Secret;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import dev.atp4j.identity.NetworkIdentityResolver;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import dev.atp4j.session.SessionData;
import dev.atp4j.session.SessionListener;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.syntax.Did;
import dev.atp4j.time.Time;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One program that uses our sessions, with a file store. It has no timers: like the others, it finds out by a call that a
 * token has run out.
 */
final class OurProgram implements AutoCloseable {

    /** A call may take no longer; so nobody waits half a minute for what the others give up at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final URI service;
    private final List<String> home;
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<String> strays = new CopyOnWriteArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final Map<String, String> hooks = new ConcurrentHashMap<>();
    private final HttpTransport way = HttpTransport.create();
    private final Sessions sessions;
    private volatile boolean diskFails;
    private volatile @Nullable PasswordSession session;

    OurProgram(LexMap order, Time time) {
        service = URI.create(text(order, "service"));
        home = order.getList("home").orElseThrow().items().stream()
                .map(origin -> ((LexString) origin).value())
                .toList();
        HttpTransport transport = watched(way);
        Sessions.Builder builder = Sessions.builder()
                .store(brittle(FileSessionStore.in(Path.of(text(order, "folder")))))
                .transport(transport)
                .time(time)
                .identity(NetworkIdentityResolver.builder(transport)
                        .directory(URI.create(text(order, "plc")))
                        .time(time)
                        .build())
                .proactiveRefresh(false)
                .timeout(PATIENCE)
                .listener(new Ear());
        order.getString("vault")
                .ifPresent(password -> builder.credentials(account -> Optional.of(Secret.of(password))));
        sessions = builder.build();
    }

    private static String text(LexMap order, String name) {
        return order.getString(name).orElseThrow(() -> new IllegalArgumentException("no " + name));
    }

    /** What would carry a secret to a host that is none of the account's own is noted, and does not leave. */
    private HttpTransport watched(HttpTransport transport) {
        return new HttpTransport() {
            @Override
            public TransportResponse send(TransportRequest request) {
                String origin = request.origin();
                if (home.contains(origin) || origin.startsWith("http://127.0.0.1:")) {
                    try {
                        return transport.send(request);
                    } finally {
                        answers.incrementAndGet();
                    }
                }
                if (request.headers().contains("authorization")) {
                    strays.add(origin);
                }
                return new Nothing();
            }

            @Override
            public void close() {
                transport.close();
            }
        };
    }

    /** The answer of hosts that are not reached. */
    private static final class Nothing implements TransportResponse {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public Headers headers() {
            return Headers.of("content-type", "application/json");
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
    }

    /** A store on a disk that may be full. */
    private SessionStore brittle(SessionStore store) {
        return (SessionStore) Proxy.newProxyInstance(
                SessionStore.class.getClassLoader(), new Class<?>[] {SessionStore.class}, (proxy, method, args) -> {
                    if (diskFails && method.getName().startsWith("compareAnd")) {
                        throw new StoreException(StoreException.Kind.UNAVAILABLE, "no space left on device", null);
                    }
                    try {
                        return method.invoke(store, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    LexMap done(String what, LexMap order) {
        switch (what) {
            case "login" -> {
                Login.Builder login = Login.as(text(order, "identifier"), Secret.of(text(order, "password")))
                        .service(service);
                if (order.getBoolean("allowTakendown").orElse(false)) {
                    login.allowTakendown();
                }
                order.getString("code").ifPresent(code -> login.authFactorToken(Secret.of(code)));
                return opened(
                        order.getString("saved").isPresent()
                                ? sessions.open(login.build())
                                : sessions.login(login.build()));
            }
            case "loginUrl" -> {
                return opened(sessions.login(Login.url(Secret.of(text(order, "url")))));
            }
            case "resume" -> {
                return opened(sessions.resume(SessionKey.of(Did.parse(text(order, "did"))), Resume.TOLERANT));
            }
            case "call" -> {
                return call(order);
            }
            case "refresh" -> session().refresh();
            case "logout" -> session().logout();
            case "disk" -> diskFails = order.getBoolean("fails").orElseThrow();
            case "hook" -> hooks.put(text(order, "event"), text(order, "does"));
            default -> throw new IllegalArgumentException(what);
        }
        return LexMap.empty();
    }

    private LexMap opened(PasswordSession opened) {
        session = opened;
        return LexMap.builder().put("did", opened.key().did().value()).build();
    }

    private PasswordSession session() {
        PasswordSession current = session;
        if (current == null) {
            throw new IllegalStateException("no session");
        }
        return current;
    }

    /** Paths are for those who take them; here one names a method or nothing. */
    private LexMap call(LexMap order) {
        String path = text(order, "path");
        String nsid = path.startsWith("/xrpc/") ? path.substring("/xrpc/".length()) : path;
        XrpcRequest.Builder request =
                order.getString("method").isEmpty() ? XrpcRequest.query(nsid) : XrpcRequest.procedure(nsid);
        order.getLong("patience").ifPresent(millis -> request.timeout(Duration.ofMillis(millis)));
        order.getMap("json").ifPresent(json -> {
            byte[] bytes = LexJson.write(json);
            request.body(
                    order.getBoolean("stream").orElse(false)
                            ? RequestBody.once(new ByteArrayInputStream(bytes), bytes.length, "application/json")
                            : RequestBody.bytes(bytes, "application/json"));
        });
        try (XrpcResponse answer = session().send(request.build())) {
            return LexMap.builder()
                    .put("status", answer.status())
                    .put("error", answer.error().map(error -> error.name()).orElse(null))
                    .put(
                            "uri",
                            answer.status() == 200
                                    ? answer.json().getString("uri").orElse(null)
                                    : null)
                    .build();
        }
    }

    boolean alive() {
        PasswordSession current = session;
        return current != null && !current.destroyed();
    }

    /** Returns whose session this is, in its own words. */
    String did() {
        return session().data().did().value();
    }

    List<String> events() {
        return events;
    }

    List<String> strays() {
        return strays;
    }

    /** Returns how many of its requests have come to an end. */
    int answers() {
        return answers.get();
    }

    /** Returns which tokens show when the session is printed. */
    List<String> shown() {
        SessionData data = session().data();
        String shown = session() + String.valueOf(data);
        return Stream.of(Map.entry("accessJwt", data.accessJwt()), Map.entry("refreshJwt", data.refreshJwt()))
                .filter(token -> shown.contains(token.getValue().expose()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void close() {
        sessions.close();
        way.close();
    }

    private final class Ear implements SessionListener {

        private void heard(String event) {
            events.add(event);
            switch (hooks.getOrDefault(event, "nothing")) {
                case "throw" -> throw new IllegalStateException("a callback of the program failed");
                case "hang" -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                case "call" ->
                    session()
                            .send(XrpcRequest.query("com.atproto.server.listAppPasswords")
                                    .build())
                            .close();
                default -> {}
            }
        }

        @Override
        public void updated(PasswordSession updated, SessionData data) {
            heard("updated");
        }

        @Override
        public void updateFailed(PasswordSession failed, String why) {
            heard("updateFailed");
        }

        @Override
        public void deleted(PasswordSession over, EndReason reason) {
            heard("deleted");
        }

        @Override
        public void deleteFailed(PasswordSession over, String why) {
            heard("deleteFailed");
        }
    }
}
