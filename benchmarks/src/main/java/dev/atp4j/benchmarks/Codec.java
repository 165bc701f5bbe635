// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.atp4j.api.app.bsky.feed.GetTimeline;
import dev.atp4j.benchmarks.Timeline.Order;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import kotlinx.serialization.json.Json;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import work.socialhub.kbsky.api.entity.app.bsky.feed.FeedGetTimelineResponse;
import work.socialhub.kbsky.internal.share._InternalUtility;

/** Reads and writes a timeline of fifty items: beside Jackson that only looks at the tokens, and beside another client. */
final class Codec {

    private static final int ROUNDS = 40;
    private static final long SLICE = 40_000_000;
    private static final int FORKS = 15;
    private static final JsonFactory JACKSON = new JsonFactory();
    private static final Json KBSKY = _InternalUtility.INSTANCE.getJson();

    private static long sink;

    private Codec() {}

    static void run() throws Exception {
        for (Order order : Order.values()) {
            speed(Timeline.json(50, order), order.name().toLowerCase(Locale.ROOT));
        }
        allocation(Timeline.json(50, Order.SHUFFLED));
        firstDecode(Timeline.json(50, Order.SHUFFLED));
        if (sink == 0) {
            throw new IllegalStateException("nothing was read");
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void speed(byte[] json, String order) throws Exception {
        GetTimeline.Output page = GetTimeline.Output.TYPE.fromJson(json);
        PrintStream out = System.out;
        // The other client prints a line for each variant that it does not know.
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        FeedGetTimelineResponse theirs =
                KBSKY.decodeFromString(FeedGetTimelineResponse.Companion.serializer(), text(json));
        Map<String, Work> works = new TreeMap<>();
        works.put("tokens", () -> tokens(json));
        works.put(
                "decode",
                () -> sink += GetTimeline.Output.TYPE.fromJson(json).feed().size());
        works.put("encode", () -> sink += page.toJson().length);
        works.put(
                "kbsky decode",
                () -> sink += KBSKY.decodeFromString(FeedGetTimelineResponse.Companion.serializer(), text(json))
                        .getFeed()
                        .size());
        works.put(
                "kbsky encode",
                () -> sink += KBSKY.encodeToString(FeedGetTimelineResponse.Companion.serializer(), theirs)
                        .getBytes(StandardCharsets.UTF_8)
                        .length);
        Map<String, List<Double>> times = new TreeMap<>();
        for (int round = -ROUNDS / 2; round < ROUNDS; round++) {
            for (Map.Entry<String, Work> work : works.entrySet()) {
                double micros = micros(work.getValue());
                if (round >= 0) {
                    times.computeIfAbsent(work.getKey(), key -> new ArrayList<>())
                            .add(micros);
                }
            }
        }
        System.setOut(out);
        String note = "%d kB, %s order; Jackson's tokens take %.0f us"
                .formatted(json.length / 1000, order, Report.median(of(times, "tokens")));
        ratio("decode, in times of the speed of tokenising", times, "tokens", "decode", 0.8, note);
        ratio("encode, in times of the speed of tokenising", times, "tokens", "encode", 0.8, note);
        ratio("decode, in times of the speed of kbsky 0.3.0", times, "kbsky decode", "decode", 4, note);
        ratio("encode, in times of the speed of kbsky 0.3.0", times, "kbsky encode", "encode", 4, note);
    }

    private static void ratio(
            String what, Map<String, List<Double>> times, String other, String ours, double goal, String note) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ratios.add(of(times, other).get(round) / of(times, ours).get(round));
        }
        double ratio = Report.median(ratios);
        Report.row(what, ratio, ">= " + goal, ratio >= goal, note);
    }

    private static List<Double> of(Map<String, List<Double>> times, String work) {
        return Objects.requireNonNull(times.get(work), work);
    }

    private static double micros(Work work) throws Exception {
        long start = System.nanoTime();
        long end = start;
        int times = 0;
        while (end - start < SLICE) {
            work.run();
            times++;
            end = System.nanoTime();
        }
        return (end - start) / 1e3 / times;
    }

    private static void tokens(byte[] json) {
        try (JsonParser parser = JACKSON.createParser(ObjectReadContext.empty(), json)) {
            while (parser.nextToken() != null) {
                sink++;
            }
        }
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static void allocation(byte[] json) throws InterruptedException {
        int pages = 200;
        var kept = new ArrayList<GetTimeline.Output>(pages);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = usedHeap();
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < pages; i++) {
            kept.add(GetTimeline.Output.TYPE.fromJson(json));
        }
        allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
        double objects = usedHeap() - before;
        double ratio = allocated / objects;
        Report.row(
                "allocation of a decode, in times of the resulting objects",
                ratio,
                "<= 2.5",
                ratio <= 2.5,
                "%.0f kB of objects from %d kB of JSON".formatted(objects / pages / 1000, json.length / 1000));
        sink += kept.size();
    }

    private static long usedHeap() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(100);
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }

    private static void firstDecode(byte[] json) throws Exception {
        Path file = Files.createTempFile("timeline", ".json");
        Files.write(file, json);
        List<Double> millis = new ArrayList<>();
        for (int fork = 0; fork < FORKS; fork++) {
            Process java = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            FirstDecode.class.getName(),
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (java.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
            millis.add(Long.parseLong(output.substring(output.indexOf(' ') + 1)) / 1e6);
        }
        Files.delete(file);
        double median = Report.median(millis);
        Report.row(
                "first decode in a fresh JVM, milliseconds",
                median,
                "<= 60",
                median <= 60,
                "median of " + FORKS + " JVMs, the fastest "
                        + millis.stream().min(Double::compare).orElseThrow());
    }
}
