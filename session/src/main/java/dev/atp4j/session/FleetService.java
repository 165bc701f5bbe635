// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.AtpException;
import dev.atp4j.session.kernel.Breaker;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.xrpc.XrpcResponseException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a fleet knows of one service: its time, and whether it is to be spared. Thread-safe. */
final class FleetService {

    private final Settings settings;
    private final ServerClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Breaker breaker = Breaker.CLOSED;

    FleetService(Settings settings) {
        this.settings = settings;
        this.clock = new ServerClock(settings.time());
    }

    ServerClock clock() {
        return clock;
    }

    /** Lets one account of the service in, to be followed by {@link #heard}; returns false if it has to wait. */
    boolean admit() {
        lock.lock();
        try {
            boolean admitted = breaker.admits(settings.time().nanos());
            if (admitted) {
                breaker = breaker.admitting();
            }
            return admitted;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Learns from what came of the work on an account.
     *
     * @param answered whether the service answered as it should
     * @param problem what the last call met, or null
     */
    void heard(boolean answered, @Nullable AtpException problem) {
        lock.lock();
        try {
            breaker = after(answered, problem);
        } finally {
            lock.unlock();
        }
    }

    private Breaker after(boolean answered, @Nullable AtpException problem) {
        if (answered) {
            return Breaker.CLOSED;
        } else if (problem != null && problem.retryable() && !(problem instanceof StoreException)) {
            Duration asked = problem instanceof XrpcResponseException response
                    ? response.retryAfter(settings.time().now()).orElse(Duration.ZERO)
                    : Duration.ZERO;
            return breaker.troubled(
                    settings.time().nanos(), asked, settings.random().nextDouble());
        }
        return breaker.unsure();
    }
}
