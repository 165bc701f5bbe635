// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionStore.Lease;
import dev.atp4j.session.store.TimedLeases;
import dev.atp4j.syntax.Did;
import dev.atp4j.time.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Turns that end by time. The machine's clocks stand still until they are pushed on, and the database's clock, which runs,
 * decides; what it would have seen later is written into the row.
 */
@Timeout(120)
abstract class LeaseRules {

    static final SessionKey ALICE = SessionKey.of(Did.parse("did:plc:alice"));

    private final VirtualTime time = VirtualTime.stopped();
    private final List<JdbcSessionStore> opened = new ArrayList<>();

    abstract DataSource source();

    /** Returns SQL for a moment so many seconds from now. */
    abstract String in(int seconds);

    @AfterEach
    void close() {
        opened.forEach(JdbcSessionStore::close);
    }

    private JdbcSessionStore store(Time time) {
        var store = JdbcSessionStore.builder(source())
                .time(time)
                .executor(Runnable::run)
                .build();
        opened.add(store);
        return store;
    }

    private JdbcSessionStore store() {
        return store(time);
    }

    private static Lease take(JdbcSessionStore store) {
        return store.lease(ALICE, Duration.ZERO).orElseThrow();
    }

    @Test
    void aTurnIsRenewedAsLongAsItIsNeeded() {
        Lease lease = take(store());
        for (int i = 0; i < 10; i++) {
            execute("UPDATE atp4j_leases SET until = " + in(1));
            time.advance(TimedLeases.RENEWED_EVERY);
            assertThat(count("until > " + in(6))).isEqualTo(1);
            assertThat(lease.held()).isTrue();
        }
        lease.close();
        assertThat(time.timers()).isZero();
        assertThat(count("until > " + in(0))).isZero();
    }

    @Test
    void aTurnThatNobodyRenewsEndsAndTheNextOneIsNotEndedByItsLateHolder() {
        Lease first = take(store());
        assertThat(store().lease(ALICE, Duration.ZERO)).isEmpty();
        execute("UPDATE atp4j_leases SET until = " + in(-1));
        Lease second = take(store());
        first.close();
        assertThat(store().lease(ALICE, Duration.ZERO)).isEmpty();
        assertThat(second.held()).isTrue();
        assertThat(count("fence = 2")).isEqualTo(1);
    }

    @Test
    void aHolderLearnsFromARenewalThatAnotherHasTheTurn() {
        Lease first = take(store());
        execute("UPDATE atp4j_leases SET until = " + in(-1));
        Lease second = take(store());
        assertThat(first.held()).isTrue(); // nobody could tell him yet
        time.advance(TimedLeases.RENEWED_EVERY);
        assertThat(first.held()).isFalse();
        assertThat(second.held()).isTrue();
        assertThat(count("fence = 2")).isEqualTo(1);
    }

    @Test
    void aHolderThatCannotReachTheDatabaseGivesUpInTime() {
        Lease lease = take(store());
        execute("ALTER TABLE atp4j_leases RENAME TO away");
        time.advance(TimedLeases.TIME_TO_LIVE.minusNanos(1));
        assertThat(lease.held()).isTrue();
        time.advance(Duration.ofNanos(1));
        assertThat(lease.held()).isFalse();
        execute("ALTER TABLE away RENAME TO atp4j_leases");
        time.advance(Duration.ofMinutes(1));
        assertThat(lease.held()).isFalse();
        assertThat(time.timers()).isZero();
    }

    @Test
    void aMissedRenewalIsMadeUpFor() {
        Lease lease = take(store());
        execute("ALTER TABLE atp4j_leases RENAME TO away");
        time.advance(TimedLeases.RENEWED_EVERY);
        execute("ALTER TABLE away RENAME TO atp4j_leases");
        time.advance(TimedLeases.RENEWED_EVERY);
        time.advance(TimedLeases.TIME_TO_LIVE.minusSeconds(1));
        assertThat(lease.held()).isTrue();
    }

    @Test
    void aClosedStoreRenewsNoMore() {
        JdbcSessionStore store = store();
        Lease lease = take(store);
        store.close();
        time.advance(TimedLeases.TIME_TO_LIVE);
        assertThat(lease.held()).isFalse();
        assertThat(time.timers()).isZero();
    }

    @Test
    void machinesWhoseClocksAreDaysApartAgree() {
        JdbcSessionStore early = store(time.skewed(Duration.ofDays(-3)));
        JdbcSessionStore late = store(time.skewed(Duration.ofDays(3)));
        Lease lease = take(early);
        assertThat(late.lease(ALICE, Duration.ZERO)).isEmpty();
        lease.close();
        lease = take(late);
        assertThat(early.lease(ALICE, Duration.ZERO)).isEmpty();
        assertThat(Duration.between(early.now(), late.now())).isBetween(Duration.ZERO, Duration.ofMinutes(2));
        lease.close();
    }

    @Test
    void aClockOfTheDatabaseThatIsPutBackMakesNobodyWaitForLong() {
        take(store());
        execute("UPDATE atp4j_leases SET until = " + in(3600));
        assertThat(store().lease(ALICE, Duration.ZERO)).isPresent();
    }

    private void execute(String sql) {
        Postgres.execute(source(), sql);
    }

    private int count(String where) {
        try (Connection connection = source().getConnection()) {
            return Database.rows(connection, "SELECT count(*) FROM atp4j_leases WHERE " + where, row -> row.getInt(1))
                    .get(0);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
