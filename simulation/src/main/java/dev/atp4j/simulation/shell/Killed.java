// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

/** Ends a strand of a process that is gone. Whatever such a strand still does on its way out reaches nobody. */
final class Killed extends Error {

    private static final long serialVersionUID = 1L;

    Killed() {
        super("this process is gone", null, false, false);
    }
}
