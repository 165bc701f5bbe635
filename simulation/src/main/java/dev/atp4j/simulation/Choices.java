// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

import java.util.Arrays;

/**
 * Where a history gets its decisions from: all of them, one after the other, so that the same choices make the same history.
 *
 * <p>They come from a seed or from a tape, and are written to a tape as they are made. On a tape 0 is the calm choice: nothing
 * fails, the first in line is next. What a tape does not tell any more is 0, so a tape can be cut anywhere, and any list of
 * numbers is a tape.
 */
public final class Choices {

    private static final int[] NONE = {};

    private final int[] given;
    private final boolean drawing;
    private long state;
    private int[] taken = new int[256];
    private int[] bounds = new int[256];
    private int size;

    private Choices(int[] given, boolean drawing, long seed) {
        this.given = given;
        this.drawing = drawing;
        this.state = seed;
    }

    /** Returns choices that are drawn from a seed, the same ones on every Java. */
    public static Choices seeded(long seed) {
        return new Choices(NONE, true, seed * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L);
    }

    /** Returns the choices of a tape. */
    public static Choices of(int... tape) {
        return new Choices(tape.clone(), false, 0);
    }

    /** Chooses a number from 0 (inclusive) to the bound (exclusive). */
    public int below(int bound) {
        return took(drawing ? draw(bound) : given(bound), bound);
    }

    /** Chooses whether something happens that does so in this part of a hundred. That it does not is the calm choice. */
    public boolean chance(int percent) {
        return took(drawing ? draw(100) < percent ? 1 : 0 : given(2), 2) == 1;
    }

    /** Chooses an index, each as often as its weight says. One without weight is never chosen; the first is the calm choice. */
    public int pick(int... weights) {
        int chosen = 0;
        if (drawing) {
            int sum = 0;
            for (int weight : weights) {
                sum += weight;
            }
            int left = sum == 0 ? 0 : draw(sum);
            while (sum > 0 && left >= weights[chosen]) {
                left -= weights[chosen++];
            }
        } else {
            chosen = given(weights.length);
            chosen = weights[chosen] == 0 ? 0 : chosen;
        }
        return took(chosen, weights.length);
    }

    /** Chooses a number from 0 (inclusive) to 1 (exclusive), one of four. */
    public double dice() {
        return below(4) / 4.0;
    }

    /** Returns the choices made so far: the tape of this history. */
    public int[] tape() {
        return Arrays.copyOf(taken, size);
    }

    /** Returns how many choices there were each time, as {@link #tape()} says which. */
    public int[] bounds() {
        return Arrays.copyOf(bounds, size);
    }

    /** Returns how many choices were made. */
    public int size() {
        return size;
    }

    private int given(int bound) {
        return size < given.length ? Math.floorMod(given[size], bound) : 0;
    }

    private int took(int chosen, int bound) {
        if (size == taken.length) {
            taken = Arrays.copyOf(taken, 2 * size);
            bounds = Arrays.copyOf(bounds, 2 * size);
        }
        taken[size] = chosen;
        bounds[size++] = bound;
        return chosen;
    }

    /** SplitMix64, and the high half of a product in place of a division. */
    private int draw(int bound) {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (int) (((z >>> 33) * bound) >>> 31);
    }
}
