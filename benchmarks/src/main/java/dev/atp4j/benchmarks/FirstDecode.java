// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import dev.atp4j.api.app.bsky.feed.GetTimeline;
import java.nio.file.Files;
import java.nio.file.Path;

/** Decodes a page in a fresh JVM and prints how long that took, classes and all. */
final class FirstDecode {

    private FirstDecode() {}

    /** Reads the file named and decodes it once. */
    public static void main(String[] args) throws Exception {
        byte[] json = Files.readAllBytes(Path.of(args[0]));
        long start = System.nanoTime();
        int items = GetTimeline.Output.TYPE.fromJson(json).feed().size();
        long nanos = System.nanoTime() - start;
        System.out.println(items + " " + nanos);
    }
}
