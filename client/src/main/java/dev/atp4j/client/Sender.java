// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.AtpException;
import dev.atp4j.http.TransportException;
import dev.atp4j.time.Time;
import dev.atp4j.xrpc.Agent;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sends requests, and again after a pause if that may help. Thread-safe. */
final class Sender {

    private final Agent agent;
    private final Time time;
    private final RandomGenerator random;

    Sender(Agent agent, Time time, RandomGenerator random) {
        this.agent = agent;
        this.time = time;
        this.random = random;
    }

    Agent agent() {
        return agent;
    }

    /** Sends a request whose repetition does no harm. */
    XrpcResponse send(XrpcRequest request, Retries retries) {
        if (retries.most() == 0 || !request.body().replayable()) {
            return agent.send(request);
        }
        var tries = new Tries(request, retries);
        while (true) {
            try {
                return agent.send(tries.next());
            } catch (AtpException e) {
                tries.failed(e);
            }
        }
    }

    Tries tries(XrpcRequest request, Retries retries) {
        return new Tries(request, retries);
    }

    /** Waits. */
    void pause(Duration wait, @Nullable AtpException reason) {
        var over = new CountDownLatch(1);
        Time.Timer timer = time.after(wait, over::countDown);
        try {
            over.await();
        } catch (InterruptedException e) {
            timer.cancel();
            Thread.currentThread().interrupt();
            throw new TransportException(
                    TransportException.Kind.INTERRUPTED, true, "interrupted before another try", reason);
        }
    }

    Duration chance(Duration most) {
        return Duration.ofNanos((long) (most.toNanos() * random.nextDouble()));
    }

    /** The tries of one request. Confined to one thread. */
    final class Tries {

        private final XrpcRequest request;
        private final Retries retries;
        private final @Nullable Duration whole;
        private final long start = time.nanos();
        private @Nullable Duration left;
        private int failures;

        Tries(XrpcRequest request, Retries retries) {
            this.request = request;
            this.retries = retries;
            this.whole = request.timeout();
        }

        /** Returns the request with the time that is left for it. */
        XrpcRequest next() {
            return left == null ? request : request.toBuilder().timeout(left).build();
        }

        /**
         * Waits until the next try.
         *
         * @throws AtpException the trouble itself if there is to be no other try
         */
        void failed(AtpException trouble) {
            Duration wait = retries.pause(trouble, failures, time.now(), random).orElseThrow(() -> trouble);
            failures++;
            if (!leaves(wait)) {
                throw trouble;
            }
            pause(wait, trouble);
            if (!leaves(Duration.ZERO)) {
                throw trouble;
            }
        }

        private boolean leaves(Duration wait) {
            if (whole == null) {
                return true;
            }
            left = whole.minusNanos(time.nanos() - start).minus(wait);
            return !left.isNegative() && !left.isZero();
        }
    }
}
