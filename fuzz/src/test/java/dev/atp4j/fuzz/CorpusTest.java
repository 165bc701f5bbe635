// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The corpora, what is near to them, and what is like them but much longer. Without the fuzzer, so that any build can. */
class CorpusTest {

    private static final Path CORPUS = Path.of("corpus");

    /** The same inputs in each build; {@code -Datp4j.seed=N} tries others, and so does {@code fuzz/run}. */
    private static final long SEED = Long.getLong("atp4j.seed", 1);

    private static final int NEIGHBOURS = 60;
    private static final int LONG = 100_000;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    static List<String> targets() {
        return Targets.names();
    }

    @Test
    void eachTargetHasACorpusAndEachCorpusATarget() throws IOException {
        try (Stream<Path> folders = Files.list(CORPUS)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Targets.names());
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void everythingHoldsForItsCorpus(String name) throws Exception {
        Target target = Targets.named(name);
        check(target, name, "nothing", new byte[0]);
        for (Map.Entry<String, byte[]> input : corpus(name).entrySet()) {
            check(target, name, input.getKey(), input.getValue());
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void everythingHoldsForWhatIsNearItsCorpus(String name) throws Exception {
        Target target = Targets.named(name);
        var random = new Random(SEED);
        Map<String, byte[]> corpus = corpus(name);
        for (Map.Entry<String, byte[]> input : corpus.entrySet()) {
            for (int i = 0; i < NEIGHBOURS; i++) {
                byte[] near = input.getValue();
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    near = changed(near, corpus.values().toArray(new byte[0][]), random);
                }
                check(target, name, input.getKey() + " change " + i + " of seed " + SEED, near);
            }
        }
    }

    /** What takes time by the square of its length takes longer. Time of the processor, whoever else may use that. */
    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(600)
    void everythingHoldsForWhatIsMuchLonger(String name) throws Exception {
        Target target = Targets.named(name);
        var random = new Random(SEED);
        for (Map.Entry<String, byte[]> input : corpus(name).entrySet()) {
            for (int i = 0; i < 2; i++) {
                byte[] stretched = i == 0
                        ? stretched(input.getValue(), 0, input.getValue().length)
                        : stretched(input.getValue(), random);
                long before = THREADS.getCurrentThreadCpuTime();
                check(target, name, input.getKey() + " stretched " + i + " of seed " + SEED, stretched);
                assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - before))
                        .as("%s stretched %d of seed %d", input.getKey(), i, SEED)
                        .isLessThan(LONGEST);
            }
        }
    }

    private static void check(Target target, String name, String input, byte[] bytes) throws Exception {
        try {
            Fuzz.run(target, bytes);
        } catch (Throwable e) {
            Path kept = Files.createDirectories(Path.of("target/fuzz", name)).resolve("failed");
            Files.write(kept, bytes);
            throw new AssertionError(name + " for " + input + ", kept in " + kept + ": " + e, e);
        }
    }

    private static Map<String, byte[]> corpus(String name) throws IOException {
        Map<String, byte[]> inputs = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(CORPUS.resolve(name))) {
            for (Path file : files.sorted().toList()) {
                inputs.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return inputs;
    }

    /** Cuts, doubles, swaps, flips, or puts in a piece of another one. */
    private static byte[] changed(byte[] input, byte[][] others, Random random) {
        int from = random.nextInt(input.length + 1);
        int to = from + random.nextInt(Math.min(32, input.length - from + 1) + 1);
        to = Math.min(to, input.length);
        var out = new ByteArrayOutputStream();
        out.write(input, 0, from);
        switch (random.nextInt(6)) {
            case 0 -> to = input.length; // the end is missing
            case 1 -> out.write(input, from, to - from); // twice
            case 2 -> out.write(random.nextInt(256));
            case 3 -> {
                byte[] other = others[random.nextInt(others.length)];
                int start = random.nextInt(other.length + 1);
                out.write(other, start, random.nextInt(Math.min(32, other.length - start) + 1));
            }
            case 4 -> {
                for (int i = from; i < to; i++) {
                    out.write(input[i] ^ 1 << random.nextInt(8));
                }
            }
            default -> out.writeBytes("\u0000\u00ff\ud83d\ude00\u0301".getBytes(StandardCharsets.UTF_8));
        }
        out.write(input, to, input.length - to);
        return out.toByteArray();
    }

    private static byte[] stretched(byte[] input, Random random) {
        if (input.length == 0) {
            return input;
        }
        int from = random.nextInt(input.length);
        return stretched(
                input, from, from + 1 + random.nextInt(Math.min(random.nextBoolean() ? 4 : 60, input.length - from)));
    }

    /** Says a piece of an input again and again. */
    private static byte[] stretched(byte[] input, int from, int to) {
        byte[] piece = Arrays.copyOfRange(input, from, to);
        var out = new ByteArrayOutputStream(LONG + input.length);
        out.write(input, 0, from);
        while (out.size() < LONG && to > from) {
            out.writeBytes(piece);
        }
        out.write(input, to, input.length - to);
        return out.toByteArray();
    }
}
