// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of a driver's complaints, and what is not. */
class FaultsTest {

    private static final String SECRET = "a-secret-that-nobody-may-see";

    /** To AssertJ an SQLException is a list of causes. */
    private static Throwable scrubbed(SQLException e) {
        return Faults.scrubbed(e);
    }

    @Test
    void whatMayQuoteARowIsNotRepeated() {
        for (String state : List.of("22", "22001", "23505", "P0001", "XX000")) {
            var e = new SQLException(SECRET, state, 7);
            SQLException scrubbed = Faults.scrubbed(e);
            assertThat(scrubbed.getMessage())
                    .isEqualTo("SQLException, SQLSTATE " + state + ", code 7: what it says may quote a record");
            assertThat(scrubbed.getSQLState()).isEqualTo(state);
            assertThat(scrubbed.getErrorCode()).isEqualTo(7);
            assertThat(scrubbed.getStackTrace()).isEqualTo(e.getStackTrace());
            assertThat(Faults.unavailable("nothing is done", e)).hasMessageNotContaining(SECRET);
            assertThat(Faults.told(e)).isEqualTo(scrubbed.getMessage());
        }
    }

    @Test
    void whatSpeaksOfConnectionsAndNamesIsRepeatedButForItsDetails() {
        for (String state : new String[] {"08006", "42P01", "57P01", "08", "1", null}) {
            assertThat(scrubbed(new SQLException("it is gone\nDETAIL: " + SECRET, state, 0)))
                    .hasMessage("SQLException, SQLSTATE " + state + ", code 0: it is gone");
        }
        assertThat(scrubbed(new SQLException())).hasMessage("SQLException, SQLSTATE null, code 0: ");
    }

    @Test
    void aCauseIsKeptIfItQuotesNoRow() {
        var broken = new IOException("broken pipe");
        assertThat(scrubbed(new SQLException("it is gone", broken))).hasCause(broken);
        assertThat(scrubbed(new SQLException("it is gone", new SQLException(SECRET, "23505", 7)))
                        .getCause())
                .hasMessage("SQLException, SQLSTATE 23505, code 7: what it says may quote a record");
        assertThat(scrubbed(new SQLException("it is gone", new IllegalStateException(SECRET))))
                .hasNoCause();
    }

    @Test
    void otherExceptionsAreToldAsTheyAre() {
        assertThat(Faults.told(new IllegalStateException("no"))).isEqualTo("java.lang.IllegalStateException: no");
    }
}
