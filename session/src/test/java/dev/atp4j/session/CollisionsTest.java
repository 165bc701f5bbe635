// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.http.TransportException;
import dev.atp4j.session.kernel.SessionState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the threads of one process share, when they come to it at the same moment. */
@Timeout(120)
class CollisionsTest {

    private static final int ROUNDS = 3_000;

    /** Says of every login that the store is down. */
    private static final Logger LOUD = Logger.getLogger(LoginCounter.class.getName());

    @BeforeAll
    static void hush() {
        LOUD.setLevel(Level.OFF);
    }

    @AfterAll
    static void listenAgain() {
        LOUD.setLevel(null);
    }

    /** A world in which threads come between each other, and tasks whose end can be waited for. */
    private static final class Busy {

        final SmallWorld world = new SmallWorld();
        final Phaser tasks = new Phaser(1);

        final Executor executor = task -> {
            tasks.register();
            Aside.run(() -> {
                try {
                    task.run();
                } finally {
                    tasks.arriveAndDeregister();
                }
            });
        };

        Busy() {
            world.pause = Collision::pause;
        }

        Deadline soon() {
            return Deadline.in(Duration.ofSeconds(5), world);
        }

        /** Waits until no task is left. */
        void settle() {
            while (tasks.getRegisteredParties() > 1) {
                tasks.arriveAndAwaitAdvance();
            }
        }
    }

    @Test
    void whatIsToldOfTheStoreIsLookedAtAndEachGenerationIsRefreshedOnce() {
        Collision.of(3, ROUNDS, random -> new Collision.Round() {
            final Busy busy = new Busy();
            final SmallWorld world = busy.world;
            final PasswordSession session = world.session(world.settings(busy.executor));

            @Override
            public void meet(int thread) {
                Keeper keeper = session.keeper();
                if (thread == 0) {
                    keeper.past(keeper.live().generation(), busy.soon());
                } else if (world.siblingRefreshes()
                        && keeper.told(world.stored().version())) {
                    keeper.look();
                }
            }

            @Override
            public void check() {
                busy.settle();
                SessionState live = session.keeper().live().state();
                assertThat(live.version()).isEqualTo(world.stored().version());
                assertThat(world.newest(live)).isTrue();
            }
        });
    }

    @Test
    void manyWhoMeetAnExpiredTokenAreServedByOneRefresh() {
        Collision.of(4, ROUNDS, random -> new Collision.Round() {
            final Busy busy = new Busy();
            final Keeper keeper =
                    busy.world.session(busy.world.settings(busy.executor)).keeper();
            final long stale = keeper.live().generation();

            @Override
            public void meet(int thread) {
                assertThat(keeper.past(stale, busy.soon()).generation()).isGreaterThan(stale);
            }

            @Override
            public void check() {
                assertThat(busy.world.refreshes).hasValue(1);
            }
        });
    }

    @Test
    void theTimerIsThatOfTheNewestTokens() {
        Collision.of(2, ROUNDS, random -> new Collision.Round() {
            final Busy busy = new Busy();
            final PasswordSession session = busy.world.session(busy.world.settings(busy.executor));

            @Override
            public void meet(int thread) {
                Keeper keeper = session.keeper();
                if (thread == 0) {
                    keeper.past(keeper.live().generation(), busy.soon());
                } else {
                    session.wake();
                }
            }

            @Override
            public void check() {
                busy.settle();
                assertThat(busy.world.timers()).isEqualTo(1);
                int before = busy.world.refreshes.get();
                busy.world.runTimer();
                busy.settle();
                assertThat(busy.world.refreshes).as("refreshes after the timer").hasValue(before + 1);
            }
        });
    }

    @Test
    void anAccountThatIsKeptIsAwakeAndOneThatWasDroppedIsNot() {
        Collision.of(2, ROUNDS, random -> new Collision.Round() {
            final Busy busy = new Busy();
            final Settings settings = busy.world.settings(Runnable::run);
            final PasswordSession session = busy.world.session(settings);
            final Accounts accounts = new Accounts(settings, Duration.ZERO, key -> session);

            {
                accounts.of(SmallWorld.KEY);
                // The session's own timer, which is not to run here, is set after that of all accounts.
                assertThat(busy.world.timers()).isEqualTo(2);
            }

            @Override
            public void meet(int thread) {
                if (thread == 0) {
                    busy.world.runTimer();
                } else {
                    accounts.of(SmallWorld.KEY);
                }
            }

            @Override
            public void check() {
                assertThat(busy.world.timers())
                        .as("timers, with %s kept", accounts.size())
                        .isEqualTo(2 * accounts.size());
            }
        });
    }

    @Test
    void allWhoOpenASessionGetTheSameOne() {
        Collision.of(3, ROUNDS, random -> new Collision.Round() {
            final Busy busy = new Busy();
            final Roster roster = new Roster();
            final ConcurrentHashMap<PasswordSession, Boolean> given = new ConcurrentHashMap<>();

            @Override
            public void meet(int thread) {
                given.put(roster.share(busy.world.session(busy.world.settings(busy.executor))), true);
            }

            @Override
            public void check() {
                assertThat(given).hasSize(1);
                assertThat(roster.current(SmallWorld.KEY)).isIn(given.keySet());
            }
        });
    }

    @Test
    void listenersHearAllOneAtATimeAndEachThreadsEventsInOrder() {
        Collision.of(3, ROUNDS, random -> new Collision.Round() {
            final Busy busy = new Busy();
            final ConcurrentLinkedQueue<Integer> heard = new ConcurrentLinkedQueue<>();
            final AtomicInteger inside = new AtomicInteger();
            final Listeners listeners = Listeners.of(List.of(new SessionListener() {}), busy.executor);

            @Override
            public void meet(int thread) {
                for (int i = 0; i < 3; i++) {
                    int event = 10 * thread + i;
                    listeners.tell(listener -> {
                        assertThat(inside.incrementAndGet()).isEqualTo(1);
                        Collision.pause();
                        heard.add(event);
                        inside.decrementAndGet();
                    });
                }
            }

            @Override
            public void check() {
                listeners.quiet().join();
                assertThat(heard).hasSize(9);
                for (int thread = 0; thread < 3; thread++) {
                    int begin = 10 * thread;
                    assertThat(heard.stream().filter(event -> event / 10 * 10 == begin))
                            .containsExactly(begin, begin + 1, begin + 2);
                }
            }
        });
    }

    @Test
    void oneAccountTriesAServiceThatWasSpared() {
        Collision.of(3, ROUNDS, random -> new Collision.Round() {
            final Busy busy = new Busy();
            final FleetService service = new FleetService(busy.world.settings(Runnable::run));
            final AtomicInteger admitted = new AtomicInteger();

            {
                var trouble = new TransportException(TransportException.Kind.TIMEOUT, true, "no answer", null);
                for (int i = 0; i < 3; i++) {
                    service.heard(false, trouble);
                }
                assertThat(service.admit()).isFalse();
                busy.world.nanos = Duration.ofHours(1).toNanos();
            }

            @Override
            public void meet(int thread) {
                if (service.admit()) {
                    admitted.incrementAndGet();
                }
            }

            @Override
            public void check() {
                assertThat(admitted).hasValue(1);
            }
        });
    }

    @Test
    void loginsThatAreCountedTogetherAreAllCounted() {
        Collision.of(3, ROUNDS, random -> new Collision.Round() {
            final Busy busy = new Busy();
            final LoginCounter counter =
                    new LoginCounter(busy.world.store, busy.world, LoginBudget.of(2, Duration.ofMinutes(5)));
            final AtomicInteger allowed = new AtomicInteger();

            {
                boolean storeIsDown = random.nextBoolean();
                busy.world.store.failingReads.set(storeIsDown ? Integer.MAX_VALUE : 0);
            }

            @Override
            public void meet(int thread) {
                if (counter.take(SmallWorld.SERVICE, "alice.test", false).isZero()) {
                    allowed.incrementAndGet();
                }
            }

            @Override
            public void check() {
                assertThat(allowed).hasValue(2);
            }
        });
    }
}
