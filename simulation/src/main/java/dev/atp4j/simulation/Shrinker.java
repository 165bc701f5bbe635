// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

import java.util.Arrays;
import java.util.function.Predicate;

/** Makes a tape shorter and calmer for as long as something still holds of its history. */
public final class Shrinker {

    private static final int MOST_TRIES = 20_000;

    private final Predicate<int[]> holds;
    private int tries;
    private int[] best;

    private Shrinker(int[] tape, Predicate<int[]> holds) {
        this.best = tape;
        this.holds = holds;
    }

    /**
     * Shrinks a tape.
     *
     * @param tape a tape of which it holds
     * @param holds tells whether it holds
     * @return a tape of which it holds too, and of which no part can be cut, or choice be made calmer, so that it still does
     */
    public static int[] shrink(int[] tape, Predicate<int[]> holds) {
        var shrinker = new Shrinker(tape, holds);
        int[] before;
        do {
            before = shrinker.best;
            shrinker.cutEnd();
            shrinker.cut();
            shrinker.calm();
            shrinker.lower();
        } while (!Arrays.equals(before, shrinker.best) && shrinker.tries < MOST_TRIES);
        return shrinker.best;
    }

    private boolean accept(int[] tape) {
        if (tries++ >= MOST_TRIES || !holds.test(tape)) {
            return false;
        }
        best = tape;
        return true;
    }

    private void cutEnd() {
        int low = 0;
        int high = best.length;
        while (low < high) {
            int middle = (low + high) / 2;
            if (accept(Arrays.copyOf(best, middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
    }

    private void cut() {
        for (int length = Math.max(1, best.length / 2); length >= 1; length /= 2) {
            for (int at = best.length - length; at >= 0; at -= length) {
                if (at + length <= best.length) {
                    var shorter = new int[best.length - length];
                    System.arraycopy(best, 0, shorter, 0, at);
                    System.arraycopy(best, at + length, shorter, at, best.length - at - length);
                    accept(shorter);
                }
            }
        }
    }

    private void calm() {
        for (int length = Math.max(1, best.length / 2); length >= 1; length /= 2) {
            for (int at = 0; at < best.length; at += length) {
                int[] calmer = best.clone();
                Arrays.fill(calmer, at, Math.min(at + length, best.length), 0);
                if (!Arrays.equals(calmer, best)) {
                    accept(calmer);
                }
            }
        }
    }

    private void lower() {
        for (int at = 0; at < best.length; at++) {
            for (int value = best[at] / 2; value > 0; value /= 2) {
                int[] lower = best.clone();
                lower[at] -= value;
                accept(lower);
            }
        }
    }
}
