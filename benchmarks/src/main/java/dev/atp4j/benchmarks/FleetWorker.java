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

/** A fleet in a process of its own. For each line that it reads it prints what it has done; it stops when its input ends. */
public final class FleetWorker {

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
                        .build();
                Fleet fleet = sessions.fleet().atOnce(atOnce).batch(atOnce / 2).start()) {
            while (System.in.read() >= 0) {
                FleetStats stats = fleet.stats();
                System.out.println(stats.refreshed() + " " + (stats.failed() + stats.over() + stats.adopted()));
            }
        }
        System.exit(0);
    }
}
