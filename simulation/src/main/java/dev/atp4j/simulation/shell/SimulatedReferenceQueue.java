// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import org.jspecify.annotations.Nullable;

/**
 * Stands in for {@link java.lang.ref.ReferenceQueue} in rewired classes. It stays empty.
 *
 * @param <T> what its references would refer to
 */
public final class SimulatedReferenceQueue<T> {

    /** Creates a queue. */
    public SimulatedReferenceQueue() {}

    /**
     * Returns what was collected.
     *
     * @return null, for nothing ever is
     */
    public @Nullable SimulatedReference<? extends T> poll() {
        return null;
    }
}
