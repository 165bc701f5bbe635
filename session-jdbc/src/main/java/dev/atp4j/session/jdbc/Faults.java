// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.StoreException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a database complains about, told without what it holds: a driver's message may quote a row. */
final class Faults {

    /**
     * The classes of SQLSTATE whose messages speak of connections, rights, names and resources, and never of a row's values:
     * unsupported feature, connection, transaction state, authorization, names, resources, operator intervention, system.
     */
    private static final Set<String> HARMLESS =
            Set.of("0A", "08", "25", "28", "3D", "3F", "40", "42", "53", "54", "55", "57", "58");

    private Faults() {}

    /** Tells the caller: interrupted if the thread is, and unavailable otherwise. */
    static StoreException unavailable(String what, SQLException e) {
        SQLException cause = scrubbed(e);
        boolean interrupted = Thread.currentThread().isInterrupted();
        return new StoreException(
                interrupted ? StoreException.Kind.INTERRUPTED : StoreException.Kind.UNAVAILABLE,
                what + (interrupted ? ", the thread is interrupted" : "") + " (" + cause.getMessage() + ")",
                cause);
    }

    /** Returns an exception of the same origin that quotes no row. */
    static SQLException scrubbed(SQLException e) {
        String said = isHarmless(e.getSQLState()) ? firstLine(e.getMessage()) : "what it says may quote a record";
        var scrubbed = new SQLException(
                e.getClass().getSimpleName() + ", SQLSTATE " + e.getSQLState() + ", code " + e.getErrorCode() + ": "
                        + said,
                e.getSQLState(),
                e.getErrorCode());
        scrubbed.setStackTrace(e.getStackTrace());
        if (e.getCause() instanceof SQLException cause) {
            scrubbed.initCause(scrubbed(cause));
        } else if (e.getCause() instanceof IOException cause) {
            scrubbed.initCause(cause);
        }
        return scrubbed;
    }

    /** Says what went wrong, for a log. */
    static String told(Exception e) {
        return String.valueOf(e instanceof SQLException s ? scrubbed(s).getMessage() : e);
    }

    /** Tells whether the database has undone the statement because of what others did, so that it may just be done again. */
    static boolean wasUndone(SQLException e) {
        return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
    }

    /** Tells whether it was the connection that failed, which says nothing about the next one. */
    static boolean isOfConnection(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    private static boolean isHarmless(@Nullable String state) {
        // SQLite and the pools have no SQLSTATE, and quote no values.
        return state == null || state.length() < 2 || HARMLESS.contains(state.substring(0, 2));
    }

    /** The lines below the first, in PostgreSQL, go into details. */
    private static String firstLine(@Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }
}
