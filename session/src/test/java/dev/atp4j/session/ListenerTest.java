// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.DELETE;
import static dev.atp4j.session.World.REFRESH;
import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.pds.Fault;
import dev.atp4j.session.store.EndReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners are told everything in order, and can hurt nobody. */
@Timeout(120)
class ListenerTest {

    private static final Duration LONG = Duration.ofHours(3);

    /** Does one thing on every event. */
    private record Always(Consumer<PasswordSession> action) implements SessionListener {
        @Override
        public void updated(PasswordSession session, SessionData data) {
            action.accept(session);
        }

        @Override
        public void updateFailed(PasswordSession session, String why) {
            action.accept(session);
        }

        @Override
        public void deleted(PasswordSession session, EndReason reason) {
            action.accept(session);
        }

        @Override
        public void deleteFailed(PasswordSession session, String why) {
            action.accept(session);
        }

        @Override
        public void storeFailed(PasswordSession session, String why) {
            action.accept(session);
        }
    }

    @Tag("M4")
    @Test
    @Scenario({43, 47})
    void aListenerThatThrowsChangesNothing() {
        try (World world = World.together()) {
            var thrown = new AtomicInteger();
            PasswordSession session = world.process()
                    .listener(new Always(s -> {
                        if (thrown.incrementAndGet() % 2 == 0) {
                            throw new AssertionError("disk full");
                        }
                        throw new IllegalStateException("disk full");
                    }))
                    .build()
                    .login(world.asAlice());
            for (int i = 0; i < 3; i++) {
                world.time.advance(LONG);
                assertThat(read(session).status()).isEqualTo(200);
            }
            assertThat(world.refreshes()).isEqualTo(3);
            world.fault(Fault.on(DELETE).html(500));
            assertThatThrownBy(session::logout).isInstanceOf(LogoutUnconfirmedException.class);
            session.logout();
            assertThat(world.count(DELETE)).isGreaterThanOrEqualTo(2);
            assertThat(world.liveTokens()).isEmpty();
            assertThat(session.destroyed()).isTrue();
            session.close();
            assertThat(thrown.get()).isEqualTo(world.heard.all().size());
        }
    }

    @Tag("M5")
    @Test
    @Scenario(44)
    void aListenerThatBlocksHoldsUpNothingAndHearsTheRestInOrder() {
        try (World world = World.together()) {
            var block = new CountDownLatch(1);
            var inside = new AtomicInteger();
            var overlap = new AtomicBoolean();
            List<String> order = new ArrayList<>();
            SessionListener slow = new SessionListener() {
                @Override
                public void updated(PasswordSession session, SessionData data) {
                    if (inside.incrementAndGet() > 1) {
                        overlap.set(true);
                    }
                    await(block);
                    order.add("updated " + data.accessJwt().expose());
                    inside.decrementAndGet();
                }

                @Override
                public void deleted(PasswordSession session, EndReason reason) {
                    order.add("deleted");
                }
            };
            PasswordSession session = world.process().listener(slow).build().login(world.asAlice());
            var expected = new ArrayList<String>();
            expected.add("updated " + session.data().accessJwt().expose());
            for (int i = 0; i < 3; i++) {
                world.time.advance(LONG);
                assertThat(read(session).status()).isEqualTo(200);
                expected.add("updated " + session.data().accessJwt().expose());
            }
            session.logout();
            expected.add("deleted");
            assertThat(world.liveTokens()).isEmpty();
            block.countDown();
            session.close();
            assertThat(order).isEqualTo(expected);
            assertThat(overlap).isFalse();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @Scenario(45)
    void aListenerMayCallRefreshLogOutAndClose() {
        try (World world = World.together()) {
            var step = new AtomicInteger();
            var done = new CompletableFuture<Boolean>();
            SessionListener meddler = new SessionListener() {
                @Override
                public void updated(PasswordSession session, SessionData data) {
                    switch (step.incrementAndGet()) {
                        case 1 -> session.refresh();
                        case 2 -> read(session);
                        default -> {}
                    }
                    if (step.get() == 2) {
                        session.logout();
                    }
                }

                @Override
                public void deleted(PasswordSession session, EndReason reason) {
                    session.close();
                    done.complete(true);
                }
            };
            world.process().listener(meddler).build().login(world.asAlice());
            Aside.call(done::get).get();
            assertThat(world.refreshes()).isEqualTo(1);
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @Test
    @Scenario(46)
    void whenAListenerHearsOfItTheStoreIsWrittenAndTheStateIsVisible() {
        try (World world = World.together()) {
            var mismatches = new ArrayList<String>();
            var checked = new Semaphore(0);
            SessionListener checker = new SessionListener() {
                @Override
                public void updated(PasswordSession session, SessionData data) {
                    if (!world.stored().current().refreshJwt().equals(data.refreshJwt())) {
                        mismatches.add("store");
                    }
                    if (!session.data().equals(data)) {
                        mismatches.add("session");
                    }
                    checked.release();
                }

                @Override
                public void deleted(PasswordSession session, EndReason reason) {
                    if (world.stored().active() || world.stored().reason() != reason) {
                        mismatches.add("store after death");
                    }
                    if (!session.destroyed()) {
                        mismatches.add("session after death");
                    }
                }
            };
            PasswordSession session = world.process().listener(checker).build().login(world.asAlice());
            for (int i = 1; i <= 3; i++) {
                checked.acquireUninterruptibly();
                session.refresh();
            }
            checked.acquireUninterruptibly();
            world.pds.accounts().resetPassword(world.alice.did(), "another-password");
            assertThatThrownBy(session::refresh).isInstanceOf(SessionOverException.class);
            session.close();
            assertThat(world.heard.all())
                    .containsExactly("updated", "updated", "updated", "updated", "deleted REVOKED");
            assertThat(mismatches).isEmpty();
        }
    }

    @Test
    void anExecutorThatTakesNothingAnyMoreStopsNoCall() {
        try (World world = World.together()) {
            var shut = new AtomicBoolean();
            PasswordSession session = world.process()
                    .executor(task -> {
                        if (shut.get()) {
                            throw new RejectedExecutionException("shut down");
                        }
                        new Thread(task).start();
                    })
                    .build()
                    .login(world.asAlice());
            world.heard.await("updated", 1);
            shut.set(true);
            for (int i = 1; i <= 2; i++) {
                world.time.advance(LONG);
                assertThat(read(session).status()).isEqualTo(200);
                assertThat(world.refreshes()).isEqualTo(i);
            }
            session.logout();
            session.close();
            assertThat(world.heard.all()).containsExactly("updated", "updated", "updated", "deleted LOGGED_OUT");
        }
    }

    @Test
    void anExecutorThatFailsOnceLeavesTheSessionUsable() {
        try (World world = World.together()) {
            var failing = new AtomicBoolean();
            PasswordSession session = world.process()
                    .executor(task -> {
                        if (failing.getAndSet(false)) {
                            throw new OutOfMemoryError("unable to create native thread");
                        }
                        new Thread(task).start();
                    })
                    .build()
                    .login(world.asAlice());
            world.heard.await("updated", 1);
            failing.set(true);
            assertThatThrownBy(session::refresh).hasRootCauseInstanceOf(OutOfMemoryError.class);
            session.refresh();
            assertThat(world.calls(REFRESH)).hasSize(1);
        }
    }

    @Test
    void aListenerHearsWhyARefreshFailed() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.fault(Fault.on(REFRESH).html(401));
            Aside<Boolean> refresh = Aside.run(session::refresh);
            world.time.pass(Duration.ofSeconds(1));
            refresh.get();
            session.close();
            assertThat(world.heard.all())
                    .containsExactly("updated", "updateFailed status 401 a page instead of an answer", "updated");
        }
    }
}
