// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import java.util.regex.Pattern;

/**
 * Writes SQL for one database and one set of tables. In its texts {@code {t}} stands for what the tables' names begin with,
 * {@code {bare}} for the same without a schema, {@code {now}} for the database's time, and {@code {later}} for a moment as
 * many milliseconds after it as a parameter says, which is null if the parameter is.
 */
final class Sql {

    /** Short enough that the longest name made of it, and the channel, fit into PostgreSQL's 63 characters. */
    private static final Pattern TABLES = Pattern.compile("(?:[a-z_][a-z0-9_]{0,29}\\.)?([a-z_][a-z0-9_]{0,29})");

    private final Dialect dialect;
    private final String tables;
    private final String bare;

    Sql(Dialect dialect, String tables) {
        var name = TABLES.matcher(tables);
        if (!name.matches()) {
            throw new IllegalArgumentException(
                    "not the beginning of tables' names (up to 30 of a-z, 0-9, _, perhaps after a"
                            + " schema of up to 30 and a dot): \"" + tables + "\"");
        }
        if (dialect == Dialect.SQLITE && tables.contains(".")) {
            throw new IllegalArgumentException("SQLite has no schemas: \"" + tables + "\"");
        }
        this.dialect = dialect;
        this.tables = tables;
        this.bare = name.group(1);
    }

    Dialect dialect() {
        return dialect;
    }

    /** Returns what the tables' names begin with. It is the name of the channel, too, on which changes are told. */
    String tables() {
        return tables;
    }

    String of(String text) {
        String now =
                dialect == Dialect.POSTGRESQL ? "clock_timestamp()" : "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
        String later = dialect == Dialect.POSTGRESQL
                ? "clock_timestamp() + CAST(? AS bigint) * interval '1 millisecond'"
                : now + " + CAST(? AS INTEGER)";
        return text.replace("{t}", tables)
                .replace("{bare}", bare)
                .replace("{now}", now)
                .replace("{later}", later)
                .strip();
    }
}
