// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

/** The databases in which sessions can be kept. */
public enum Dialect {
    /** PostgreSQL, version 12 or newer, for many machines. */
    POSTGRESQL("PostgreSQL"),
    /** SQLite, version 3.42 or newer, for the processes of one machine. */
    SQLITE("SQLite");

    private final String product;

    Dialect(String product) {
        this.product = product;
    }

    /** Returns the name by which drivers call the database. */
    String product() {
        return product;
    }
}
