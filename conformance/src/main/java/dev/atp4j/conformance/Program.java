// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.Secret;
import dev.atp4j.identity.NetworkIdentityResolver;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import dev.atp4j.session.SessionData;
import dev.atp4j.session.SessionListener;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.MemorySessionStore;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.syntax.Did;
import dev.atp4j.xrpc.XrpcRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** A program that uses our sessions, and what its listener heard. Several programs may share one store. */
final class Program {

    /** An authenticated call that neither servers nor sessions treat in a special way. */
    static final String ORDINARY = "com.atproto.server.listAppPasswords";

    static final String REFRESH = "com.atproto.server.refreshSession";
    static final String LOGIN = "com.atproto.server.createSession";
    static final String LOGOUT = "com.atproto.server.deleteSession";

    private final URI service;
    private final Ear ear = new Ear();
    private final Sessions sessions;

    private Program(World world, URI service, SessionStore store, UnaryOperator<Sessions.Builder> wish) {
        this.service = service;
        this.sessions = wish.apply(Sessions.builder()
                        .transport(world.transport())
                        .time(world.time())
                        .store(store)
                        .listener(ear)
                        .proactiveRefresh(false)
                        .timeout(Duration.ofSeconds(10)))
                .build();
    }

    /** A program that keeps its sessions to itself. */
    static Program in(World world) {
        return in(world, wish -> wish);
    }

    static Program in(World world, UnaryOperator<Sessions.Builder> wish) {
        return new Program(world, world.service(), new MemorySessionStore(), wish);
    }

    /**
     * A program whose calls must not take long: shorter than the shortest pause after a failed refresh, and too short for
     * a login, which the reference server slows down on purpose.
     */
    static Program hasty(World world) {
        return in(world, wish -> wish.timeout(Duration.ofMillis(400)));
    }

    /** A program that logs in somewhere else than at the PDS. */
    static Program at(World world, URI service) {
        return new Program(world, service, new MemorySessionStore(), wish -> wish);
    }

    /** A program that shares its sessions with others that use the same folder. */
    static Program sharing(World world, Path folder) {
        return new Program(world, world.service(), FileSessionStore.in(folder), wish -> wish);
    }

    /** A program that can look up where accounts live. */
    static Program withIdentity(World world) {
        return in(
                world,
                wish -> wish.identity(NetworkIdentityResolver.builder(world.transport())
                        .directory(world.plc())
                        .build()));
    }

    Sessions sessions() {
        return sessions;
    }

    Login.Builder login(Account account) {
        return Login.as(account.handle(), Secret.of(account.password())).service(service);
    }

    PasswordSession logIn(Account account) {
        return sessions.login(login(account).build());
    }

    /** Takes the session over that came with an account, without a login. */
    PasswordSession takeOver(Account account) {
        Tokens tokens = account.born();
        var data = SessionData.of(
                service, Did.parse(account.did()), Secret.of(tokens.access()), Secret.of(tokens.refresh()));
        return sessions.resume(data, Resume.LAZY);
    }

    /** Makes the ordinary call. */
    static void call(PasswordSession session) {
        session.send(XrpcRequest.query(ORDINARY).build()).orThrow();
    }

    static void call(PasswordSession session, Duration timeout) {
        session.send(XrpcRequest.query(ORDINARY).timeout(timeout).build()).orThrow();
    }

    static Tokens tokens(SessionData data) {
        return new Tokens(data.toJson());
    }

    /** Returns what the listener heard, as soon as that is so much. */
    List<String> heard(int atLeast) {
        return ear.heard(atLeast);
    }

    /** Returns what the listener has heard so far of the deaths of sessions. */
    List<String> deaths() {
        return ear.heard(0).stream().filter(each -> each.startsWith("deleted")).toList();
    }

    private static final class Ear implements SessionListener {

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition more = lock.newCondition();
        private final List<String> heard = new ArrayList<>();

        private void hear(String what) {
            lock.lock();
            try {
                heard.add(what);
                more.signalAll();
            } finally {
                lock.unlock();
            }
        }

        List<String> heard(int atLeast) {
            lock.lock();
            try {
                long left = TimeUnit.SECONDS.toNanos(20);
                while (heard.size() < atLeast && left > 0) {
                    left = more.awaitNanos(left);
                }
                return List.copyOf(heard);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void updated(PasswordSession session, SessionData data) {
            hear("updated");
        }

        @Override
        public void updateFailed(PasswordSession session, String why) {
            hear("update failed");
        }

        @Override
        public void deleted(PasswordSession session, EndReason reason) {
            hear("deleted " + reason);
        }

        @Override
        public void deleteFailed(PasswordSession session, String why) {
            hear("delete failed");
        }

        @Override
        public void storeFailed(PasswordSession session, String why) {
            hear("store failed");
        }
    }
}
