// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Has threads do things at the same moment, again and again, each time to something new. What the first of them finds wrong
 * ends it.
 */
final class Collision {

    private static final int BUSY = 200;

    private Collision() {}

    /** What threads do to one new thing, and what has to hold then. */
    interface Round {

        /** What each thread does; the index is its own. */
        void meet(int thread) throws Exception;

        /** Checks, when all are done. */
        void check() throws Exception;
    }

    /** Makes what the threads of one round meet at. */
    interface Maker {
        Round make(Random random) throws Exception;
    }

    static void of(int threads, int rounds, Maker maker) {
        var next = new Round[1];
        var start = new CyclicBarrier(threads);
        List<Aside<Boolean>> crowd = new ArrayList<>();
        var random = new Random(rounds);
        for (int i = 0; i < threads; i++) {
            int me = i;
            crowd.add(Aside.call(() -> {
                for (int round = 0; round < rounds; round++) {
                    if (me == 0) {
                        next[0] = maker.make(random);
                    }
                    try {
                        start.await();
                        next[0].meet(me);
                    } finally {
                        start.await();
                    }
                    if (me == 0) {
                        next[0].check();
                    }
                }
                return true;
            }));
        }
        crowd.forEach(Aside::get);
    }

    /** Lets others come between, or not. */
    static void pause() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        switch (random.nextInt(4)) {
            case 0 -> Thread.yield();
            case 1 -> {
                for (int i = random.nextInt(BUSY); i > 0; i--) {
                    Thread.onSpinWait();
                }
            }
            default -> {}
        }
    }
}
