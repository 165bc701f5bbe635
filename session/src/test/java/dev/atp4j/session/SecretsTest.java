// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.CREATE;
import static dev.atp4j.session.World.DELETE;
import static dev.atp4j.session.World.PASSWORD;
import static dev.atp4j.session.World.REFRESH;
import static dev.atp4j.session.World.TIMELINE;
import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.Secret;
import dev.atp4j.http.Headers;
import dev.atp4j.pds.Fault;
import dev.atp4j.session.LoginOutcome.AuthFactorRequired;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole life of sessions, in which everything that can be seen is searched for secrets. */
@Timeout(120)
@Tag("security")
class SecretsTest {

    private static final String WRONG_PASSWORD = "wrong-horse-battery";
    private static final String WRONG_CODE = "QQQQQ-QQQQQ";

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final Logger root = Logger.getLogger("dev.atp4j");
    private final Handler capture = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            seen.add("log: " + formatter.format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    Path folder;

    @BeforeEach
    void capture() {
        capture.setLevel(Level.ALL);
        root.setLevel(Level.ALL);
        root.setUseParentHandlers(false);
        root.addHandler(capture);
    }

    @AfterEach
    void release() {
        root.removeHandler(capture);
        root.setUseParentHandlers(true);
        root.setLevel(null);
    }

    private void see(Object object) {
        seen.add(object.getClass().getSimpleName() + ": " + object);
    }

    private void fails(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            see(e);
            var trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace, true));
            seen.add("trace: " + trace);
            return;
        }
        throw new AssertionError("it was to fail");
    }

    @Test
    @Scenario(63)
    void nothingThatCanBeSeenShowsASecret() throws IOException {
        var secrets = new ArrayList<>(List.of(PASSWORD, WRONG_PASSWORD, WRONG_CODE, "eyJ"));
        try (World world = World.together();
                FileSessionStore store = FileSessionStore.in(folder)) {
            Sessions sessions = world.process()
                    .store(store)
                    .proactiveRefresh(true)
                    .listener(new SessionListener() {
                        @Override
                        public void updated(PasswordSession session, SessionData data) {
                            see(session);
                            see(data);
                            throw new IllegalStateException("a listener's own trouble");
                        }

                        @Override
                        public void updateFailed(PasswordSession session, String why) {
                            see(why);
                        }

                        @Override
                        public void deleteFailed(PasswordSession session, String why) {
                            see(why);
                        }

                        @Override
                        public void storeFailed(PasswordSession session, String why) {
                            see(why);
                        }
                    })
                    .build();
            see(sessions);
            see(store);
            secrets.addAll(logins(world, sessions));
            life(world, sessions, store);
            world.pds.journal().entries().forEach(this::see);
            world.pds.faults().pending().forEach(this::see);
            see(world.alice);
        }
        Thread.getAllStackTraces().keySet().forEach(this::see);
        assertThat(seen).hasSizeGreaterThan(100).anyMatch(text -> text.startsWith("log: "));
        assertThat(seen).allSatisfy(text -> assertThat(text).doesNotContain(secrets));
    }

    private List<String> logins(World world, Sessions sessions) {
        Login wrong = Login.as("alice.test", Secret.of(WRONG_PASSWORD))
                .service(world.pds.url())
                .authFactorToken(Secret.of(WRONG_CODE))
                .build();
        see(wrong);
        see(wrong.password());
        see(sessions.tryLogin(wrong));
        fails(() -> sessions.login(wrong));
        fails(() -> Login.url(Secret.of("https://alice.test:" + WRONG_PASSWORD + "@host/path")));
        fails(() -> Login.url(Secret.of("://" + WRONG_PASSWORD)));
        world.fault(Fault.on(CREATE).answer(200, Headers.empty(), "{\"accessJwt\":\"eyJhbGciOi.eyJ.x\"}"));
        fails(() -> sessions.login(world.asAlice()));
        world.fault(Fault.on(CREATE).resetBeforeProcessing());
        fails(() -> sessions.login(world.asAlice()));
        see(NewAccount.at(world.pds.url(), Handle.parse("new.test"))
                .password(Secret.of(PASSWORD))
                .build());

        world.pds.accounts().requireAuthFactor(world.alice.did());
        var challenge = (AuthFactorRequired) sessions.tryLogin(world.asAlice());
        see(challenge);
        see(challenge.withCode(Secret.of(WRONG_CODE)));
        fails(() -> sessions.login(world.asAlice()));
        String code = world.pds.accounts().latestEmailCode(world.alice.did()).orElseThrow();
        see(challenge.withCode(Secret.of(code)));
        world.pds.accounts().dropAuthFactor(world.alice.did());
        return List.of(code);
    }

    private void life(World world, Sessions sessions, FileSessionStore store) throws IOException {
        PasswordSession session = sessions.resume(world.alice.did());
        SessionData data = session.data();
        see(session);
        see(data);
        see(data.accessJwt());
        see(store.read(world.key()).orElseThrow());
        see(dev.atp4j.session.kernel.StateJson.read(store.read(world.key()).orElseThrow()));
        see(read(session));
        see(World.READ);
        fails(() -> session.send(dev.atp4j.xrpc.XrpcRequest.query(TIMELINE)
                .header("authorization", "Bearer " + data.accessJwt().expose())
                .build()));
        for (Fault fault : List.of(
                Fault.on(TIMELINE).error(401, "BadJwt", "no"),
                Fault.on(TIMELINE).html(500),
                Fault.on(TIMELINE).answer(302, Headers.of("location", "https://evil.example"), ""),
                Fault.on(TIMELINE).answerAfterProcessing(403, Headers.empty(), "{}"))) {
            world.fault(fault);
            fails(() -> read(session));
        }
        for (Fault fault : List.of(
                Fault.on(REFRESH).resetAfterProcessing(),
                Fault.on(REFRESH).cutBodyAfterProcessing(100),
                Fault.on(REFRESH).withoutField("accessJwt"))) {
            world.fault(fault);
            Aside<Boolean> refresh = Aside.run(session::refresh);
            world.time.pass(Duration.ofSeconds(1));
            refresh.get();
        }
        world.fault(Fault.on(REFRESH).wrongDid(Did.parse("did:plc:mmmmmmmmmmmmmmmmmmmmmmmm")));
        fails(session::refresh);
        world.time.advance(Duration.ofMinutes(1));
        world.fault(Fault.on(REFRESH).withoutField("refreshJwt"));
        session.refresh();
        try (Stream<Path> files = Files.list(folder)) {
            Path record = files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(record, "{\"format\":1,\"tokens\":{\"accessJwt\":\"eyJhbGci");
        }
        fails(() -> sessions.resume(world.alice.did()));
        session.refresh();
        world.fault(Fault.on(DELETE).always().html(502));
        fails(session::logout);
        fails(session::refresh);
        fails(session::data);
        see(session);
        fails(() -> sessions.delete(data));
        session.close();
    }
}
