// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoginCounterTest {

    private static final LoginBudget ONE = LoginBudget.of(1, Duration.ofMinutes(5));

    private final SmallWorld world = new SmallWorld();

    @Test
    void loginsThatAreCountedAtTheSameMomentWhileTheStoreIsDownAreAllCounted() {
        world.store.failingReads.set(Integer.MAX_VALUE);
        var meanwhile = new AtomicReference<Runnable>(() -> {});
        var counter = new LoginCounter(
                world.store,
                new Time() {
                    @Override
                    public Instant now() {
                        meanwhile.getAndSet(() -> {}).run();
                        return SmallWorld.NOW;
                    }

                    @Override
                    public long nanos() {
                        return 0;
                    }

                    @Override
                    public Timer after(Duration delay, Runnable task) {
                        throw new UnsupportedOperationException("counting takes no timers");
                    }
                },
                ONE);
        meanwhile.set(() -> assertThat(take(counter)).isZero());
        assertThat(take(counter)).isPositive();
    }

    @Test
    void loginsThatOnlyThisProcessCountedSurviveOneThatIsStoredMeanwhile() {
        var counter = new LoginCounter(world.store, world, LoginBudget.of(2, Duration.ofMinutes(5)));
        // The first one reads the store; then it is down for two more; then the first one writes.
        world.store.beforeNote = () -> {
            world.store.beforeNote = () -> {};
            world.store.failingReads.set(2);
            assertThat(take(counter)).isZero();
            assertThat(take(counter)).isZero();
        };
        assertThat(take(counter)).isZero();
        world.store.failingReads.set(Integer.MAX_VALUE);
        assertThat(take(counter)).isPositive();
    }

    private static Duration take(LoginCounter counter) {
        return counter.take(SmallWorld.SERVICE, "alice.test", false);
    }
}
