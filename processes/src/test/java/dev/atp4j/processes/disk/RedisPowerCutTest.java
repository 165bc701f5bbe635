// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.atp4j.session.redis.RedisSessionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Power cuts at every point of what a Redis server asks of its disk, in each of its ways to force its file. */
@Timeout(600)
class RedisPowerCutTest {

    /** A state takes the start of a server. */
    private static final int MOST = Math.max(3, PowerCuts.MOST / 10);

    @TempDir
    private Path temporary;

    private Path program;
    private final AtomicInteger repaired = new AtomicInteger();

    @BeforeEach
    void unpack() throws IOException {
        program = RedisServer.program(Files.createDirectory(temporary.resolve("program")));
    }

    @Test
    void whatWasConfirmedIsThereIfEveryWriteIsForced() throws Exception {
        Cuts.Result result = cut(play("always"), false, MOST);
        PowerCuts.tell("REDIS", result + "; in " + repaired + " of them once the operator had its file repaired");
        assertThat(result.wrong()).isEmpty();
        assertThat(repaired.get()).as("states with holes in the file").isPositive();
    }

    @Test
    void anOlderStateButNoMixIsThereIfTheFileIsForcedNowAndThen() throws Exception {
        List<Op> ops = play("everysec");
        Cuts.Result result = cut(ops, true, MOST);
        PowerCuts.tell("REDIS-everysec", result + "; older versions than confirmed were allowed");
        assertThat(result.wrong()).isEmpty();
        // This is what the store's warning about such servers is for.
        assertThat(cut(ops, false, MOST).wrong()).isNotEmpty();
    }

    private List<Op> play(String force) throws IOException, InterruptedException {
        Optional<Path> recorder = Tape.recorder(temporary);
        assumeThat(recorder).as("a C compiler").isPresent();
        Tape tape = Tape.of(Files.createDirectory(temporary.resolve("root")), recorder.get());
        try (RedisServer server = RedisServer.start(program, tape.root(), force, tape.environment())
                        .orElseThrow();
                RedisSessionStore store = RedisSessionStore.at(server.uri())) {
            Script.play(store, tape::mark);
        }
        return tape.ops();
    }

    private Cuts.Result cut(List<Op> ops, boolean older, int most) throws Exception {
        // Redis forces its new file, but not the folder that it is in.
        var disk = new Disk(true);
        return new Cuts(PowerCuts.place(temporary), new Random(1), PowerCuts.BY_CHANCE, most)
                .on(disk, ops, (folder, expected) -> {
                    try (RedisServer server = startOn(folder);
                            RedisSessionStore store = RedisSessionStore.at(server.uri())) {
                        return Script.wrong(store, older ? expected.orOlder() : expected);
                    }
                });
    }

    private RedisServer startOn(Path folder) throws IOException, InterruptedException {
        Optional<RedisServer> server = RedisServer.start(program, folder, "always", Map.of());
        if (server.isPresent()) {
            return server.get();
        }
        repaired.incrementAndGet();
        RedisServer.repair(program, folder);
        return RedisServer.start(program, folder, "always", Map.of()).orElseThrow();
    }
}
