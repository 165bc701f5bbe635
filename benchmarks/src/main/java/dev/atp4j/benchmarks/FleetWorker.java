// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.atp4j.http.apache.ApacheHttpTransport;
import dev.atp4j.session.Fleet;
import dev.atp4j.session.FleetStats;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.jdbc.JdbcSessionStore;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A fleet in a process of its own. It begins to work and pauses as it is told, one letter at a time, and answers each with a
 * line of what it has done so far. It stops when its input ends.
 */
public final class FleetWorker {

    static final char WORK = 'w';
    static final char PAUSE = 'p';
    static final char TELL = 't';

    private FleetWorker() {}

    /**
     * Starts the worker.
     *
     * @param args the database's address, the number of connections, and the number of sessions worked on at once
     * @throws IOException if the standard input fails
     */
    public static void main(String[] args) throws IOException {
        var config = new HikariConfig();
        config.setJdbcUrl(args[0]);
        config.setMaximumPoolSize(Integer.parseInt(args[1]));
        int atOnce = Integer.parseInt(args[2]);
        try (var source = new HikariDataSource(config);
                var store = JdbcSessionStore.builder(source).build();
                var transport = new ApacheHttpTransport();
                Sessions sessions = Sessions.builder()
                        .store(store)
                        .transport(transport)
                        .logoutSweeps(Duration.ZERO)
                        .build()) {
            var done = new Done();
            Fleet fleet = null;
            for (int order = System.in.read(); order >= 0; order = System.in.read()) {
                if (order == WORK) {
                    fleet = sessions.fleet().atOnce(atOnce).batch(atOnce / 2).start();
                } else if (order == PAUSE && fleet != null) {
                    fleet.close();
                    done.add(fleet.stats());
                    fleet = null;
                }
                System.out.println(done.and(fleet));
            }
        }
        System.exit(0);
    }

    /** What earlier fleets of this process did. */
    private static final class Done {

        private long refreshed;
        private long others;

        void add(FleetStats stats) {
            refreshed += stats.refreshed();
            others += stats.failed() + stats.over() + stats.adopted();
        }

        String and(@Nullable Fleet fleet) {
            var all = new Done();
            all.refreshed = refreshed;
            all.others = others;
            if (fleet != null) {
                all.add(fleet.stats());
            }
            return all.refreshed + " " + all.others;
        }
    }
}
