// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import static dev.atp4j.cli.Story.check;
import static dev.atp4j.cli.Story.told;

import dev.atp4j.AtpException;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.time.Time;
import dev.atp4j.xrpc.XrpcRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** What can be shown at a service that others use too: login, getSession, refresh, logout. */
final class ServiceDemo implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Login login;
    private final Time time;
    private final Wire wire;
    private final Background background = new Background();
    private final Sessions sessions;
    private final Story story;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Story.Call> calls = new ArrayList<>();

    /**
     * Sets the scene.
     *
     * @param folder where the session may be stored
     */
    ServiceDemo(Login login, Path folder, Time time, Output output) {
        this.login = login;
        this.time = time;
        this.wire = new Wire(time, this::note);
        this.sessions = Sessions.builder()
                .store(FileSessionStore.in(folder))
                .transport(wire)
                .time(time)
                .executor(background)
                .proactiveRefresh(false)
                .build();
        this.story = new Story(output, this::calls, time.now());
    }

    Story story() {
        return story;
    }

    private void note(Wire.Exchange exchange) {
        lock.lock();
        try {
            calls.add(new Story.Call(exchange.call(), exchange.status(), time.now()));
        } finally {
            lock.unlock();
        }
    }

    private List<Story.Call> calls() {
        lock.lock();
        try {
            return List.copyOf(calls);
        } finally {
            lock.unlock();
        }
    }

    /** Tells the story to its end. */
    void tell() throws Story.Broken {
        PasswordSession session = story.step("login", () -> {
            PasswordSession opened = sessions.login(login);
            return new Story.Told<>(opened, "logged in as " + SessionReport.name(opened) + " at " + opened.service());
        });
        try {
            story.step("session", () -> {
                String did = session.send(XrpcRequest.query("com.atproto.server.getSession")
                                .build())
                        .json()
                        .getString("did")
                        .orElse("");
                check(did.equals(session.key().did().value()), "the session is the account's own");
                return told("the account's server knows the session");
            });
            story.step("refresh", () -> {
                session.refresh();
                check(!session.destroyed(), "the session goes on");
                return told("got new tokens");
            });
        } catch (Story.Broken e) {
            // Nothing that was opened for a demonstration stays open.
            try {
                session.logout();
            } catch (AtpException unconfirmed) {
                e.addSuppressed(unconfirmed);
            }
            throw e;
        }
        story.step("logout", () -> {
            session.logout();
            check(session.destroyed(), "the session is over");
            return told("logged out, and the service has confirmed it");
        });
    }

    @Override
    public void close() {
        background.awaitQuiet(PATIENCE);
        background.stop();
        wire.close();
    }
}
