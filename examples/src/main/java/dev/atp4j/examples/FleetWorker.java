// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.examples;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.atp4j.Secret;
import dev.atp4j.session.Fleet;
import dev.atp4j.session.FleetStats;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.SessionHealth;
import dev.atp4j.session.SessionListener;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.jdbc.JdbcSessionStore;
import dev.atp4j.session.store.EndReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Keeps the sessions of many accounts fresh, together with as many of its kind as are started, on one machine or on many. None
 * leads; when one is killed, the others do its work.
 *
 * <pre>
 * terminal 1:  ./atp pds --port 2583 --account alice.test:secret
 * terminal 2:  export ATP_LOGIN_URL=http://alice.test:secret@127.0.0.1:2583
 *              examples/run FleetWorker
 * terminal 3:  export ATP_LOGIN_URL=http://alice.test:secret@127.0.0.1:2583
 *              examples/run FleetWorker
 * </pre>
 *
 * <p>Without more, the sessions are kept in the SQLite file {@code atp4j-fleet.db} of the current folder, which the processes
 * of one machine can share. For many machines, set {@code DATABASE_URL} to a PostgreSQL address such as
 * {@code jdbc:postgresql://localhost/postgres?user=postgres}.
 */
public final class FleetWorker {

    private FleetWorker() {}

    /**
     * Runs the program. {@code ATP_LOGIN_URL} names an account that is put into the store, if it is not there yet.
     *
     * @param args for how many seconds to work, if that is to end
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : Long.MAX_VALUE;
        try (JdbcSessionStore store = store();
                Sessions sessions = Sessions.builder()
                        .store(store)
                        .logoutSweeps(Duration.ZERO) // fleets finish logouts too
                        .listener(new Announcer())
                        .build()) {
            // The fleet refreshes, so this object need not stay open.
            sessions.open(Login.url(Secret.of(System.getenv("ATP_LOGIN_URL")))).close();
            try (Fleet fleet = sessions.fleet().atOnce(32).start()) {
                for (long second = 0; second < seconds; second++) {
                    Thread.sleep(Duration.ofSeconds(1).toMillis());
                    if (second % 10 == 0) {
                        report(sessions, fleet.stats());
                    }
                }
            }
        }
    }

    private static JdbcSessionStore store() {
        String url = System.getenv("DATABASE_URL");
        if (url == null) {
            return JdbcSessionStore.sqlite(Path.of("atp4j-fleet.db")).build();
        }
        var pool = new HikariConfig();
        pool.setJdbcUrl(url);
        return JdbcSessionStore.builder(new HikariDataSource(pool)).build(); // as long as this process lives
    }

    private static void report(Sessions sessions, FleetStats stats) {
        try (Stream<SessionHealth> all = sessions.health()) {
            all.forEach(health -> System.out.println(health.key() + " is " + health.state() + ", next refresh "
                    + health.nextRefresh().map(Object::toString).orElse("never") + " " + health.why()));
        }
        System.out.println(stats.refreshed() + " refreshed, " + stats.failed() + " failed");
    }

    /** Tells what happens to sessions. */
    private static final class Announcer implements SessionListener {

        @Override
        public void deleted(PasswordSession session, EndReason reason) {
            System.out.println(session.key() + " is over: " + reason);
        }
    }
}
