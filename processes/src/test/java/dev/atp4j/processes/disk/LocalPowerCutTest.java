// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.atp4j.processes.disk.Player.Local;
import dev.atp4j.session.store.SessionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Power cuts at every point of what the stores of one machine ask of their disk, as the operating system was asked. */
@Timeout(600)
class LocalPowerCutTest {

    /** How many processes are killed, each before another call. */
    private static final int DEATHS = Math.max(4, PowerCuts.MOST / 4);

    private static final int SIGKILL = 128 + 9;

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

    /** The file store's deaths are in {@link FilePowerCutTest}, all of them. */
    @Test
    void aDeathBeforehandChangesNothing() throws Exception {
        Tape whole = play(Local.SQLITE);
        int calls = (int)
                whole.ops().stream().filter(op -> !(op instanceof Op.Mark)).count();
        int deaths = 0;
        int states = 0;
        for (int call = 1; call <= calls; call += 1 + calls / DEATHS) {
            Tape tape = tape();
            int ended = run(Local.SQLITE, tape, Map.of("TAPE_CALLS", Integer.toString(call)));
            assertThat(ended).isIn(0, SIGKILL); // it need not make exactly as many calls each time
            assertThat(run(Local.SQLITE, tape, Map.of(), "on")).isZero();
            Cuts.Result result = cut(Local.SQLITE, tape.ops(), 2);
            assertThat(result.wrong()).as("killed before call %d", call).isEmpty();
            deaths += ended == SIGKILL ? 1 : 0;
            states += result.states();
        }
        assertThat(deaths).isGreaterThanOrEqualTo(DEATHS - 1);
        PowerCuts.tell("DEATHS-SQLITE", deaths + " deaths, " + states + " states of the disk, all good");
    }

    private Tape play(Local kind) throws IOException, InterruptedException {
        Tape tape = tape();
        assertThat(run(kind, tape, Map.of())).isZero();
        return tape;
    }

    private Tape tape() throws IOException, InterruptedException {
        Path place = Files.createTempDirectory(temporary, "tape");
        Optional<Path> recorder = Tape.recorder(place);
        assumeThat(recorder).as("a C compiler").isPresent();
        return Tape.of(Files.createDirectory(place.resolve("root")), recorder.get());
    }

    private static int run(Local kind, Tape tape, Map<String, String> environment, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Player.class.getName(),
                kind.name(),
                tape.root().toString(),
                tape.file().toString()));
        command.addAll(List.of(more));
        var player = new ProcessBuilder(command).inheritIO();
        player.environment().putAll(tape.environment());
        player.environment().putAll(environment);
        return player.start().waitFor();
    }
}
