// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import org.jspecify.annotations.Nullable;

/**
 * Stands in for {@link java.lang.ref.WeakReference} in rewired classes. It is a strong one: what becomes of a history must not
 * depend on when garbage is collected.
 *
 * @param <T> what it refers to
 */
public class SimulatedReference<T> {

    private final T referent;

    /**
     * Creates a reference.
     *
     * @param referent what it refers to
     */
    public SimulatedReference(T referent) {
        this.referent = referent;
    }

    /**
     * Creates a reference.
     *
     * @param referent what it refers to
     * @param queue where nothing will ever be put
     */
    public SimulatedReference(T referent, SimulatedReferenceQueue<? super T> queue) {
        this(referent);
    }

    /**
     * Returns what it refers to.
     *
     * @return the referent
     */
    public @Nullable T get() {
        return referent;
    }
}
