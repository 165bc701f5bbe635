// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much is tried, where, and what is told of it. */
final class PowerCuts {

    /** How many combinations of what is lost are tried by chance at each point, beside the systematic ones. */
    static final int BY_CHANCE = Math.max(10, Integer.getInteger("atp4j.powercuts", 40) / 4);

    /** How many states of the disk are looked at for each point. More find more. */
    static final int MOST = Integer.getInteger("atp4j.powercuts", 40);

    private PowerCuts() {}

    /** Returns where states of the disk are laid out: in memory, if there is such a place, for they are many. */
    static Path place(Path otherwise) throws IOException {
        Path memory = Path.of("/dev/shm");
        return Files.createTempDirectory(Files.isWritable(memory) ? memory : otherwise, "atp4j-powercut");
    }

    /** Keeps the totals where the build shows them. */
    static void tell(String store, Object result) throws IOException {
        Files.writeString(Path.of("target", "powercut-" + store), store + ": " + result + System.lineSeparator());
    }
}
