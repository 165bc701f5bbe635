// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

/** Ends what stands for a process: whatever it does from then on comes to nothing. */
final class Death extends Error {

    private static final long serialVersionUID = 1;

    Death() {
        super("killed");
    }
}
