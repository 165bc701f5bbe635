// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.atp4j.session.jdbc.JdbcSessionStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Power cuts while a PostgreSQL server writes; it is set up as it comes. */
@Timeout(600)
class PostgresPowerCutTest {

    /** A state takes the start of a server and its recovery, so only some of the points are cut at. */
    private static final int ONE_POINT_IN = Math.max(1, 200 / PowerCuts.MOST);

    private static final int MOST = Math.max(2, PowerCuts.MOST / 20);

    @TempDir
    private Path temporary;

    @Test
    void whatWasConfirmedIsThereAndNothingIsAMix() throws Exception {
        Optional<Path> recorder = Tape.recorder(temporary);
        assumeThat(recorder).as("a C compiler").isPresent();
        Path root = temporary.resolve("root");
        Path program = PostgresServer.make(root);
        var disk = new Disk(false);
        var unforced = new Disk(false);
        disk.load(root);
        unforced.load(root);
        Tape tape = Tape.of(root, recorder.get());
        try (PostgresServer server = PostgresServer.start(program, root, true, tape.environment());
                HikariDataSource source = server.connect();
                JdbcSessionStore store = JdbcSessionStore.builder(source).build()) {
            Script.play(store, tape::mark);
        }

        Cuts.Look look = (folder, expected) -> {
            try (PostgresServer server = PostgresServer.start(program, folder, false, Map.of());
                    HikariDataSource source = server.connect();
                    JdbcSessionStore store = JdbcSessionStore.builder(source).build()) {
                return Script.wrong(store, expected);
            }
        };
        Cuts.Result result = cuts(MOST, ONE_POINT_IN).on(disk, tape.ops(), look);
        PowerCuts.tell("POSTGRES", result);
        assertThat(result.wrong()).isEmpty();

        List<Op> ops =
                tape.ops().stream().filter(op -> !(op instanceof Op.Force)).toList();
        assertThat(cuts(1, Integer.MAX_VALUE).on(unforced, ops, look).wrong())
                .as("what would be found if nothing were forced")
                .isNotEmpty();
    }

    private Cuts cuts(int most, int onePointIn) throws IOException {
        return new Cuts(PowerCuts.place(temporary), new Random(1), PowerCuts.BY_CHANCE, most, onePointIn);
    }
}
