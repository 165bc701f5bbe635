// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps account of which scenarios of a session's life are played. */
class ScenariosTest {

    private static final int LAST = 66;

    /** What is played by another module. */
    private static final Map<Integer, String> ELSEWHERE = Map.of(32, "SharingTest and DayTest in processes");

    @Test
    void everyScenarioIsPlayed() throws Exception {
        Map<Integer, List<String>> played = played();
        assertThat(IntStream.rangeClosed(1, LAST).boxed())
                .allMatch(number -> played.containsKey(number) || ELSEWHERE.containsKey(number), "is played");
        assertThat(played.keySet())
                .allMatch(number -> number >= 1 && number <= LAST)
                .doesNotContainAnyElementsOf(ELSEWHERE.keySet());
    }

    /** Returns the tests of each scenario, by its number. */
    static Map<Integer, List<String>> played() throws IOException, URISyntaxException, ClassNotFoundException {
        Path root = Path.of(ScenariosTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path folder = root.resolve("dev/atp4j/session");
        var played = new TreeMap<Integer, List<String>>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith("Test.class")).toList()) {
                String name = root.relativize(file).toString().replace('/', '.').replace('\\', '.');
                for (Method method : Class.forName(name.substring(0, name.length() - ".class".length()))
                        .getDeclaredMethods()) {
                    Scenario scenario = method.getAnnotation(Scenario.class);
                    if (scenario != null) {
                        for (int number : scenario.value()) {
                            played.computeIfAbsent(number, n -> new ArrayList<>())
                                    .add(method.getDeclaringClass().getSimpleName() + "." + method.getName());
                        }
                    }
                }
            }
        }
        return played;
    }
}
