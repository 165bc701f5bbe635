// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import dev.atp4j.simulation.Choices;
import java.time.Duration;

/** What may go wrong between processes, network and store at the moment. */
final class Weather {

    private static final Duration[] LATENCIES = {
        Duration.ofMillis(20),
        Duration.ofMillis(1),
        Duration.ofMillis(300),
        Duration.ofSeconds(3),
        Duration.ofSeconds(19),
        Duration.ofSeconds(45)
    };

    /** What becomes of a request. */
    enum Fate {
        ANSWERED,
        REFUSED,
        LOST_BEFORE,
        LOST_AFTER,
        CUT,
        TWICE,
        LATE,
        OVERLOADED,
        LIMITED,
        CAPTIVE
    }

    /** What becomes of a use of the store. */
    enum StoreFate {
        DONE,
        DOWN_BEFORE,
        DOWN_AFTER,
        SLOW,
        STALLED
    }

    private final Choices choices;

    /** How often the network fails, in percent; 0 for never. */
    int network;

    /** How often the store fails, in percent. */
    int store;

    /** Whether nobody reaches any server. */
    boolean offline;

    /** Whether nobody reaches the store. */
    boolean storeDown;

    /** How often a process dies in the middle of a call, in percent. */
    int deaths;

    Weather(Choices choices) {
        this.choices = choices;
    }

    void calm() {
        network = 0;
        store = 0;
        deaths = 0;
        offline = false;
        storeDown = false;
    }

    Fate request() {
        if (offline) {
            return choices.below(2) == 0 ? Fate.REFUSED : Fate.LOST_BEFORE;
        }
        if (network == 0 || !choices.chance(network)) {
            return Fate.ANSWERED;
        }
        return Fate.values()[choices.pick(0, 2, 2, 4, 2, 1, 1, 2, 1, 1)];
    }

    Duration latency() {
        return LATENCIES[network == 0 ? choices.below(3) : choices.pick(30, 10, 10, 5, 2, 1)];
    }

    StoreFate use() {
        if (storeDown) {
            return StoreFate.DOWN_BEFORE;
        }
        if (store == 0 || !choices.chance(store)) {
            return StoreFate.DONE;
        }
        return StoreFate.values()[choices.pick(0, 2, 2, 2, 1)];
    }

    boolean death() {
        return deaths > 0 && choices.chance(deaths);
    }
}
