// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.atp4j.processes.disk.Player.Local;
import dev.atp4j.session.store.SessionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Power cuts at every point of what the stores of one machine ask of their disk, as the operating system was asked. */
@Timeout(600)
class LocalPowerCutTest {

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @EnumSource(Local.class)
    void whatWasConfirmedIsThereAndNothingIsAMix(Local kind) throws Exception {
        Cuts.Result result = cut(kind, play(kind).ops(), PowerCuts.MOST);
        PowerCuts.tell(kind.toString(), result);
        assertThat(result.wrong()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Local.class)
    void ifNothingWereForcedItWouldBeFound(Local kind) throws Exception {
        List<Op> ops = play(kind).ops();
        assertThat(cut(kind, without(ops, op -> op instanceof Op.Force), 2).wrong())
                .isNotEmpty();
        // Neither is enough without the other.
        Predicate<Op> folder =
                op -> op instanceof Op.Force force && !force.path().toString().contains(".");
        assertThat(cut(kind, without(ops, folder), 2).wrong()).as("folders").isNotEmpty();
        assertThat(cut(kind, without(ops, op -> op instanceof Op.Force && !folder.test(op)), 2)
                        .wrong())
                .as("files")
                .isNotEmpty();
    }

    private static List<Op> without(List<Op> ops, Predicate<Op> some) {
        return ops.stream().filter(some.negate()).toList();
    }

    private Cuts.Result cut(Local kind, List<Op> ops, int most) throws Exception {
        return new Cuts(PowerCuts.place(temporary), new Random(1), PowerCuts.BY_CHANCE, most)
                .on(new Disk(false), ops, (folder, expected) -> {
                    Path place = kind == Local.SQLITE
                            ? folder
                            : RecordedProcess.unrecorded(folder).root();
                    try (SessionStore store = kind.open(place)) {
                        return Script.wrong(store, expected);
                    }
                });
    }

    private Tape play(Local kind) throws IOException, InterruptedException {
        Optional<Path> recorder = Tape.recorder(temporary);
        assumeThat(recorder).as("a C compiler").isPresent();
        Tape tape = Tape.of(Files.createDirectory(temporary.resolve("root")), recorder.get());
        var player = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Player.class.getName(),
                        kind.name(),
                        tape.root().toString(),
                        tape.file().toString())
                .inheritIO();
        player.environment().putAll(tape.environment());
        assertThat(player.start().waitFor()).isZero();
        return tape;
    }
}
