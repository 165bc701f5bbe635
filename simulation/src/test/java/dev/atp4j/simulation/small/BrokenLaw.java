// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.small;

/** Something that must never happen. */
final class BrokenLaw extends RuntimeException {

    private static final long serialVersionUID = 1;

    BrokenLaw(String what) {
        super(what, null, false, false);
    }
}
