// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.AtpException;
import dev.atp4j.session.kernel.Breaker;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.xrpc.XrpcResponseException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a fleet knows of one service: its time, and whether it is to be spared. Thread-safe. */
final class FleetService {

    private final Settings settings;
    private final ServerClock clock;
    private final AtomicReference<Breaker> breaker = new AtomicReference<>(Breaker.CLOSED);

    FleetService(Settings settings) {
        this.settings = settings;
        this.clock = new ServerClock(settings.time());
    }

    ServerClock clock() {
        return clock;
    }

    /** Lets one account of the service in, to be followed by {@link #heard}; returns false if it has to wait. */
    boolean admit() {
        long now = settings.time().nanos();
        while (true) {
            Breaker before = breaker.get();
            if (!before.admits(now)) {
                return false;
            }
            if (breaker.compareAndSet(before, before.admitting())) {
                return true;
            }
        }
    }

    /**
     * Learns from what came of the work on an account.
     *
     * @param answered whether the service answered as it should
     * @param problem what the last call met, or null
     */
    void heard(boolean answered, @Nullable AtpException problem) {
        if (answered) {
            breaker.set(Breaker.CLOSED);
        } else if (problem != null && problem.retryable() && !(problem instanceof StoreException)) {
            Duration asked = problem instanceof XrpcResponseException response
                    ? response.retryAfter(settings.time().now()).orElse(Duration.ZERO)
                    : Duration.ZERO;
            double dice = settings.random().nextDouble();
            breaker.updateAndGet(b -> b.troubled(settings.time().nanos(), asked, dice));
        } else {
            breaker.updateAndGet(Breaker::unsure);
        }
    }
}
