// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import dev.atp4j.simulation.Choices;

/**
 * What a history is about: which kinds of trouble it knows. Most know few of them, so that each is met with and without each
 * other.
 *
 * @param programs how many programs share the session
 * @param calmness at one point in so many another thread goes on, though nothing keeps the one that runs; 0 for never
 * @param network how often requests fail, in percent
 * @param store how often the store fails, in percent
 * @param deaths how often a process dies at a point, in percent
 * @param outages whether network or store are gone for some time
 * @param stops whether processes are stopped, or sleep
 * @param clocks whether wall clocks are wrong
 * @param logouts whether somebody logs out
 * @param ends whether the server ends sessions
 * @param moves whether the account moves behind its service
 * @param logins whether somebody logs in again
 * @param nastyListeners whether listeners throw, are slow, or use the session
 * @param healing whether sessions log in by themselves
 * @param interrupts whether callers are interrupted
 */
record Theme(
        int programs,
        int calmness,
        int network,
        int store,
        int deaths,
        boolean outages,
        boolean stops,
        boolean clocks,
        boolean logouts,
        boolean ends,
        boolean moves,
        boolean logins,
        boolean nastyListeners,
        boolean healing,
        boolean interrupts) {

    static Theme drawn(Choices choices) {
        return new Theme(
                1 + choices.pick(20, 40, 40),
                new int[] {0, 64, 16, 4}[choices.below(4)],
                new int[] {0, 10, 40}[choices.below(3)],
                new int[] {0, 5, 20}[choices.pick(60, 20, 20)],
                choices.chance(30) ? 1 : 0,
                choices.chance(30),
                choices.chance(30),
                choices.chance(30),
                choices.chance(35),
                choices.chance(25),
                choices.chance(10),
                choices.chance(20),
                choices.chance(30),
                choices.chance(25),
                choices.chance(20));
    }

    /** Tells whether nothing goes wrong in it, and nobody ends the session. */
    boolean calm() {
        return network == 0 && store == 0 && deaths == 0 && !outages && !stops && !clocks && !ends && !moves;
    }
}
