// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Cuts the power at every point of a tape, and looks at what each state of the disk is good for. */
final class Cuts {

    /** Looks at a folder after a power cut; it may change it. */
    interface Look {
        Optional<String> wrong(Path folder, Expected expected) throws Exception;
    }

    /**
     * What came of it.
     *
     * @param calls how many calls were written down
     * @param forces how many of them forced something to the disk
     * @param points at how many points the power was cut; between two of them nothing but more that is not forced is added,
     *     and a cut there is among those of the later point
     * @param states how many states of the disk were looked at
     * @param wrong what was wrong with some, the first few
     */
    record Result(int calls, int forces, int points, int states, List<String> wrong) {

        @Override
        public String toString() {
            return calls + " calls, " + forces + " forced, " + points + " power cuts, " + states + " states of the disk"
                    + (wrong.isEmpty() ? ", all good" : ":\n  " + String.join("\n  ", wrong));
        }
    }

    private static final int MOST_TOLD = 20;

    private final Path place;
    private final Random random;
    private final int byChance;
    private final int most;
    private final int onePointIn;

    /**
     * Makes ready to cut.
     *
     * @param place where states of the disk are laid out
     * @param byChance how many combinations by chance to try at each point
     * @param most how many states to look at for each point; of more some are chosen by chance
     */
    Cuts(Path place, Random random, int byChance, int most) {
        this(place, random, byChance, most, 1);
    }

    /**
     * The same, at some points only, which are chosen by chance, and at the end.
     *
     * @param onePointIn how many points there are for each of them
     */
    Cuts(Path place, Random random, int byChance, int most, int onePointIn) {
        this.place = place;
        this.random = random;
        this.byChance = byChance;
        this.most = most;
        this.onePointIn = onePointIn;
    }

    /** Cuts at every point where something is forced or confirmed next, and at the end. */
    Result on(Disk disk, List<Op> ops, Look look) throws Exception {
        Set<String> known = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        var expected = new Expected();
        int forces = 0;
        int points = 0;
        for (int i = 0; i <= ops.size(); i++) {
            Op op = i == ops.size() ? null : ops.get(i);
            if (op == null || (op instanceof Op.Force || op instanceof Op.Mark) && random.nextInt(onePointIn) == 0) {
                points++;
                for (Disk.State state : disk.afterPowerCut(random, byChance, most)) {
                    String what = known.add(expected + state.digest()) ? look(state, expected, look) : null;
                    if (what != null && wrong.size() < MOST_TOLD) {
                        wrong.add("before call " + i + " (" + (op == null ? "the end" : op) + "), " + expected + ": "
                                + what + "\n" + state.digest());
                    }
                }
            }
            if (op instanceof Op.Mark mark) {
                expected.on(mark);
            } else if (op != null) {
                forces += op instanceof Op.Force ? 1 : 0;
                disk.on(op);
            }
        }
        long calls = ops.stream().filter(op -> !(op instanceof Op.Mark)).count();
        return new Result((int) calls, forces, points, known.size(), wrong);
    }

    private @Nullable String look(Disk.State state, Expected expected, Look look) throws Exception {
        lay(state, place);
        try {
            return look.wrong(place, expected).orElse(null);
        } catch (RuntimeException e) {
            return e.toString();
        } finally {
            sweep(place);
        }
    }

    /** Lays a state of the disk out as real files. */
    static void lay(Disk.State state, Path place) throws IOException {
        var folderMode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(place, folderMode);
        for (Path folder : state.folders.stream().sorted().toList()) {
            Files.createDirectory(place.resolve(folder), folderMode);
        }
        for (Map.Entry<Path, byte[]> file : state.files.entrySet()) {
            Path path = Files.write(place.resolve(file.getKey()), file.getValue());
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** Removes a folder and all that is in it. */
    static void sweep(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
