// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

/** Something that has to hold does not. */
public final class Broken extends AssertionError {

    private static final long serialVersionUID = 1L;

    Broken(String what) {
        super(what);
    }
}
