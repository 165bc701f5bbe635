// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.REFRESH;
import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.pds.Gate;
import dev.atp4j.session.store.EndReason;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Refreshes, logouts, closes and listeners in each other's way; and sessions that nobody wants any more. */
@Timeout(240)
class RacesTest {

    /** Keeps tasks until the test runs them, in whatever order it likes. */
    private static final class Stepping implements Executor {
        private final ReentrantLock lock = new ReentrantLock();
        private final Queue<Runnable> tasks = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            lock.lock();
            try {
                tasks.add(task);
            } finally {
                lock.unlock();
            }
        }

        boolean runOne() {
            Runnable task;
            lock.lock();
            try {
                task = tasks.poll();
            } finally {
                lock.unlock();
            }
            if (task != null) {
                task.run();
            }
            return task != null;
        }

        int waiting() {
            lock.lock();
            try {
                return tasks.size();
            } finally {
                lock.unlock();
            }
        }
    }

    @Test
    void aRefreshThatHasNotBegunYetIsJoinedByAll() {
        try (World world = World.together()) {
            var executor = new Stepping();
            PasswordSession session = world.process().executor(executor).build().login(world.asAlice());
            while (executor.runOne()) {
                // tells of the login
            }
            List<Aside<Boolean>> callers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                callers.add(Aside.run(session::refresh));
            }
            world.time.awaitTimers(10);
            assertThat(executor.waiting()).as("one task for ten callers").isEqualTo(1);
            executor.runOne();
            callers.forEach(Aside::get);
            assertThat(world.refreshes()).isEqualTo(1);
        }
    }

    @Test
    void aRefreshThatBeginsAfterTheLogoutSendsNothing() {
        try (World world = World.together()) {
            var executor = new Stepping();
            PasswordSession session = world.process().executor(executor).build().login(world.asAlice());
            while (executor.runOne()) {
                // tells of the login
            }
            Aside<Boolean> refresh = Aside.run(session::refresh);
            world.time.awaitTimers(1);
            session.logout();
            while (executor.runOne()) {
                // the refresh, and what the listeners are to hear
            }
            assertThat(refresh.failure()).isInstanceOf(SessionOverException.class);
            assertThat(world.refreshes()).isZero();
            assertThat(world.liveTokens()).isEmpty();
            assertThat(world.heard.all()).containsExactly("updated", "deleted LOGGED_OUT");
        }
    }

    @Test
    void listenersHearInOrderHoweverTheExecutorRunsThem() {
        try (World world = World.together()) {
            var executor = new Stepping();
            PasswordSession session = world.process().executor(executor).build().login(world.asAlice());
            session.logout();
            assertThat(world.heard.all()).isEmpty();
            assertThat(executor.waiting()).as("one task for two events").isEqualTo(1);
            executor.runOne();
            assertThat(world.heard.all()).containsExactly("updated", "deleted LOGGED_OUT");
        }
    }

    @Test
    void aTimerThatComesDueInTheLastInstantsOfARefreshStartsTheNextOne() {
        try (World world = World.together()) {
            var store = new TroubledStore(world.store);
            world.process().store(store).proactiveRefresh(true).build().login(world.asAlice());
            var ended = new CompletableFuture<Boolean>();
            store.afterLease = ended::join;
            world.time.advance(Duration.ofMinutes(110));
            world.heard.await("updated", 2);
            world.time.advance(Duration.ofMinutes(110));
            ended.complete(true);
            world.heard.await("updated", 3);
            assertThat(world.refreshes()).isEqualTo(2);
        }
    }

    @Test
    void aCloseDuringARefreshLeavesTheRefreshToItsCaller() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            Gate gate = world.hold(REFRESH, 1);
            Aside<Boolean> refresh = Aside.run(session::refresh);
            gate.awaitArrivals(1);
            session.close();
            gate.open();
            refresh.get();
            assertThat(world.stored().current().refreshJwt())
                    .isEqualTo(session.data().refreshJwt());
        }
    }

    @Test
    void whateverMeetsWhateverNothingHangsAndTheLastLogoutWins() {
        for (long seed = 1; seed <= 40; seed++) {
            race(seed);
        }
    }

    private static void race(long seed) {
        var random = new Random(seed);
        try (World world = World.together()) {
            var inside = new AtomicInteger();
            var overlap = new AtomicBoolean();
            var deaths = new AtomicInteger();
            boolean meddling = random.nextBoolean();
            SessionListener meddler = new SessionListener() {
                @Override
                public void updated(PasswordSession session, SessionData data) {
                    overlap.compareAndSet(false, inside.incrementAndGet() > 1);
                    if (meddling && deaths.get() == 0) {
                        attempt(() -> read(session));
                    }
                    inside.decrementAndGet();
                }

                @Override
                public void deleted(PasswordSession session, EndReason reason) {
                    deaths.incrementAndGet();
                    if (meddling) {
                        attempt(session::logout);
                        attempt(session::close);
                    }
                }
            };
            PasswordSession one = world.process().listener(meddler).build().login(world.asAlice());
            PasswordSession two = random.nextBoolean() ? world.sibling() : one;
            List<Aside<Boolean>> crowd = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                PasswordSession session = random.nextBoolean() ? one : two;
                Runnable action = switch (random.nextInt(10)) {
                    case 0, 1, 2 -> session::refresh;
                    case 3, 4, 5, 6 -> () -> read(session);
                    case 7 -> session::close;
                    default -> session::logout;
                };
                crowd.add(Aside.run(() -> attempt(action)));
            }
            crowd.forEach(Aside::get);
            attempt(one::logout);
            // Of two closes only the first waits for the listeners.
            world.heard.await("deleted", 1);
            one.close();
            two.close();
            assertThat(one.destroyed()).as("seed %s", seed).isTrue();
            assertThat(world.liveTokens()).as("seed %s", seed).isEmpty();
            assertThat(overlap).as("seed %s", seed).isFalse();
            assertThat(deaths.get()).as("seed %s", seed).isLessThanOrEqualTo(1);
            assertThat(world.heard.count("deleted")).as("seed %s", seed).isEqualTo(1);
        }
    }

    private static void attempt(Runnable action) {
        try {
            action.run();
        } catch (SessionException e) {
            assertThat(e).isInstanceOfAny(SessionOverException.class, LogoutUnconfirmedException.class);
        }
    }

    @Test
    void aSessionThatNobodyHoldsIsCollectedThoughItsTimerIsSet() {
        try (World world = World.together()) {
            Sessions sessions = world.process().proactiveRefresh(true).build();
            var forgotten = new WeakReference<>(sessions.login(world.asAlice()));
            world.heard.await("updated", 1);
            assertThat(world.pds.time().timers()).isPositive();
            for (int i = 0; forgotten.get() != null; i++) {
                assertThat(i).as("collections").isLessThan(200);
                System.gc();
                Aside.run(() -> {}).get();
            }
            world.time.advance(Duration.ofHours(2));
            assertThat(world.refreshes()).isZero();
        }
    }

    @Test
    void aSessionThatIsIdleOccupiesNoThread() {
        try (World world = World.together()) {
            var running = new AtomicInteger();
            Executor counting = task -> {
                running.incrementAndGet();
                CompletableFuture.runAsync(task).whenComplete((done, failure) -> running.decrementAndGet());
            };
            PasswordSession session = world.process()
                    .executor(counting)
                    .proactiveRefresh(true)
                    .build()
                    .login(world.asAlice());
            session.refresh();
            session.close();
            Aside.run(() -> {
                        while (running.get() > 0) {
                            Thread.onSpinWait();
                        }
                    })
                    .get();
            assertThat(world.time.due(Duration.ofDays(1))).as("closed").isZero();
        }
    }
}
