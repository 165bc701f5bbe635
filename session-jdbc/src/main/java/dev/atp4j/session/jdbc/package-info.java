// SPDX-License-Identifier: MIT OR Apache-2.0

/** Keeps sessions in a database: PostgreSQL for many machines, SQLite for one. Begin with {@code JdbcSessionStore}. */
@org.jspecify.annotations.NullMarked
package dev.atp4j.session.jdbc;
