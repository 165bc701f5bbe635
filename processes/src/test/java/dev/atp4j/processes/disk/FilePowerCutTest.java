// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.SessionStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Deaths before every call that the file store makes, and power cuts after that. It needs nothing but a JVM. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(600)
class FilePowerCutTest {

    @TempDir
    private Path temporary;

    @Test
    void whateverAProcessWasKilledInTheNextOneGoesOnAndAPowerCutLosesNothingConfirmed() throws Exception {
        int deaths = 0;
        int states = 0;
        for (boolean alive = false; !alive; deaths++) {
            Path root = Files.createDirectory(PowerCuts.place(temporary).resolve("root"));
            List<Op> ops = new ArrayList<>();
            alive = livesThrough(root, ops, deaths + 1);
            var next = new RecordedProcess(root, ops, Integer.MAX_VALUE);
            Script.goOn(store(next), next::mark);
            Cuts.sweep(root.getParent());

            Cuts.Result result = new Cuts(root.getParent(), new Random(deaths), 0, 6)
                    .on(new Disk(false), ops, FilePowerCutTest::wrong);
            assertThat(result.wrong()).as("killed before call %d", deaths + 1).isEmpty();
            states += result.states();
        }
        assertThat(deaths).isGreaterThan(60);
        PowerCuts.tell("DEATHS", deaths + " deaths, " + states + " states of the disk, all good");
    }

    private static boolean livesThrough(Path root, List<Op> ops, int calls) {
        var process = new RecordedProcess(root, ops, calls);
        try {
            Script.play(store(process), process::mark);
            return true;
        } catch (Death e) {
            return false;
        }
    }

    private static SessionStore store(RecordedProcess process) {
        return FileSessionStore.in(process.root().resolve("state").resolve("sessions"));
    }

    private static Optional<String> wrong(Path folder, Expected expected) {
        return Script.wrong(store(RecordedProcess.unrecorded(folder)), expected);
    }
}
