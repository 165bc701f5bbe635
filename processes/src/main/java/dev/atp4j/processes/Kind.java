// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import java.util.Locale;

/** The kinds of stores that processes can share. */
public enum Kind {
    /** A folder of one machine. */
    FILE(1),
    /** A database file of one machine. */
    SQLITE(6),
    /** A database server. */
    POSTGRES(6),
    /** A server of keys and values. */
    REDIS(6);

    private final int crowds;

    Kind(int crowds) {
        this.crowds = crowds;
    }

    /**
     * Returns how many crowds should be in a storm at the same time: where the lease of a process that died lasts for some
     * seconds, others have work meanwhile.
     */
    int crowds() {
        return crowds;
    }

    /** Returns the kind of this name, in whatever case. */
    static Kind of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Returns the name as it is written on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
