// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one history of the real code. Known on both sides of {@link Rewired}.
 *
 * @param story what happened, line by line
 * @param law which law was broken, or null
 * @param violation how, or null
 * @param tape the choices made
 * @param steps how often one thread could have made way for another
 * @param switches how often it did
 * @param faults how much went wrong, beside requests and uses of the store
 */
@SuppressWarnings("ArrayRecordComponent") // Tapes that nobody compares or changes.
public record ShellReport(
        List<String> story,
        @Nullable String law,
        @Nullable String violation,
        int[] tape,
        long steps,
        long switches,
        int faults) {

    /**
     * Which history it is to be.
     *
     * @param seed where the choices come from
     * @param tape the choices themselves, or null
     * @param sabotage what is broken on purpose
     */
    public record Order(long seed, int @Nullable [] tape, Sabotage sabotage) {}

    /** Something broken on purpose, to see the laws at work. */
    public enum Sabotage {
        /** Nothing. */
        NONE,
        /** The store gives everybody a turn. */
        TURNS_FOR_ALL,
        /** The store says of some writes that they are done, and does not do them. */
        WRITES_FORGOTTEN,
        /** The store takes every write, whatever it holds. */
        WRITES_UNCHECKED,
        /** Timers that are set for minutes or more never ring. */
        TIMERS_DEAF
    }
}
