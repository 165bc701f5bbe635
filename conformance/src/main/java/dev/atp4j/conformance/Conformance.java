// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the scenarios and prints what came of them. */
public final class Conformance {

    private Conformance() {}

    /** Returns all scenarios, in the order in which they are run. */
    static List<Scenario> scenarios() {
        return Stream.of(
                        Rotation.scenarios(),
                        Outcomes.scenarios(),
                        Standing.scenarios(),
                        AppPasswords.scenarios(),
                        Mail.scenarios(),
                        Limits.scenarios(),
                        Records.scenarios())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Runs the scenarios.
     *
     * @param args see {@code conformance/run --help}
     */
    public static void main(String[] args) throws Exception {
        Map<Scenario.Setting, World> worlds = new EnumMap<>(Scenario.Setting.class);
        int failed = 0;
        int passed = 0;
        for (Scenario s : scenarios()) {
            if (args.length > 1 && !s.id().startsWith(args[1])) continue;
            World world = worlds.get(s.setting());
            if (world == null) worlds.put(s.setting(), world = new RealWorld(Path.of(args[0]), s.setting()));
            long t = System.nanoTime();
            try {
                s.check().in(world);
                passed++;
                System.out.println("ok   " + s.id() + " " + (System.nanoTime() - t) / 1000000);
            } catch (Throwable e) {
                failed++;
                System.out.println("FAIL " + s.id() + " " + e);
                for (var f : e.getStackTrace()) if (f.getClassName().contains("conformance")) System.out.println("    " + f);
            }
        }
        worlds.values().forEach(World::close);
        System.out.println(passed + " passed, " + failed + " failed");
    }
}
