// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.small;

import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Step;
import org.jspecify.annotations.Nullable;

/**
 * One process. Immutable.
 *
 * @param held what it holds, or null if it was killed and has not been started again
 * @param step where its flow stands, or null if it is in none
 * @param turn what it has of the lease
 * @param sent whether its request is on the wire
 * @param refreshes how many refreshes it has yet to make
 */
record Process(@Nullable Held held, @Nullable Step step, Turn turn, boolean sent, int refreshes) {

    /** What a process has of the lease. */
    enum Turn {
        NONE,
        HELD,
        LOST
    }

    SessionState state() {
        return held.state();
    }

    Process in(Step next) {
        return new Process(next.held(), next, turn, false, refreshes);
    }

    Process with(Turn turn) {
        return new Process(held, step, turn, sent, refreshes);
    }

    Process sending() {
        return new Process(held, step, turn, true, refreshes);
    }

    /** Returns it after its flow; one that is over refreshes no more. */
    Process idle(boolean refreshed) {
        int left = refreshed ? refreshes - 1 : refreshes;
        return new Process(held, null, Turn.NONE, false, state().active() ? left : 0);
    }

    Process killed() {
        return new Process(null, null, Turn.NONE, false, refreshes);
    }

    static Process started(SessionState stored, int refreshes) {
        return new Process(Held.inStore(stored), null, Turn.NONE, false, stored.active() ? refreshes : 0);
    }
}
