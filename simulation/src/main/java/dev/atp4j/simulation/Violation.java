// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

/** A broken law. */
public final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Law law;

    /** Makes one. */
    public Violation(Law law, String what) {
        super(law + ": " + what, null, false, false);
        this.law = law;
    }

    /** Returns which law it is. */
    public Law law() {
        return law;
    }
}
