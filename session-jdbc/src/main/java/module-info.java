// SPDX-License-Identifier: MIT OR Apache-2.0

/** Keeps sessions in PostgreSQL, for many machines, or in SQLite, for one. */
@org.jspecify.annotations.NullMarked
module dev.atp4j.session.jdbc {
    requires static transitive org.jspecify;
    requires transitive dev.atp4j.session;
    requires transitive java.sql;
    // To hear of changes in PostgreSQL. Whoever uses that has the driver.
    requires static org.postgresql.jdbc;

    exports dev.atp4j.session.jdbc;
}
