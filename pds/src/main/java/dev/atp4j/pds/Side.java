// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

/** Which of the servers in the box a call came to. */
public enum Side {
    /** The entryway, which keeps the sessions of the PDSs behind it. */
    ENTRYWAY,
    /** The PDS. */
    PDS,
    /** The second PDS, where accounts move to. */
    OTHER_PDS,
    /** The PLC directory. */
    PLC,
    /** A server somewhere else, seen through a {@link FaultProxy}. */
    UPSTREAM
}
