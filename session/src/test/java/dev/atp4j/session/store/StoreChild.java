// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import dev.atp4j.data.LexMap;
import dev.atp4j.syntax.Did;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Another process on the same folder. The test sends it a line for each thing to do, and it answers with a line; a storm
 * answers with one for each write.
 */
final class StoreChild implements AutoCloseable {

    static final SessionKey KEY = SessionKey.of(Did.parse("did:plc:alice"));

    private final Process process;
    private final PrintWriter questions;
    private final BufferedReader answers;

    StoreChild(Path folder) throws IOException {
        this(folder, "");
    }

    /**
     * Starts the process.
     *
     * @param shell what the shell does before it becomes the process, such as {@code umask 0;}, or nothing
     */
    StoreChild(Path folder, String shell) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                "sh",
                "-c",
                shell + " exec \"$0\" \"$@\"",
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                StoreChild.class.getName(),
                folder.toString());
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        questions = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    void tell(String question) {
        questions.println(question);
    }

    /** Returns the next answer, or null if the process has ended. */
    @Nullable
    String answer() throws IOException {
        return answers.readLine();
    }

    @Nullable
    String ask(String question) throws IOException {
        tell(question);
        return answer();
    }

    /** Ends the process as a power cut would, and waits for its end. */
    void kill() throws InterruptedException {
        // Process.destroyForcibly() would close our end of the pipes, and drop answers that are still in there.
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        questions.close();
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            process.destroyForcibly();
        }
    }

    /** The other process. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        FileSessionStore store = FileSessionStore.in(folder);
        SessionStore.@Nullable Lease lease = null;
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "lease" -> {
                    try {
                        lease = store.lease(KEY, Duration.ofMillis(Long.parseLong(words[1])))
                                .orElse(null);
                        System.out.println(lease == null ? "none" : "leased");
                    } catch (StoreException e) {
                        System.out.println(e.kind());
                    }
                }
                case "read" -> {
                    try {
                        var record = store.read(KEY);
                        System.out.println(
                                isWhole(record)
                                        ? record.map(SessionRecord::version).orElse(0L)
                                        : "damaged");
                    } catch (StoreException e) {
                        System.out.println(e.kind());
                    }
                }
                case "note" -> {
                    try {
                        long version =
                                store.note("count").map(StoredNote::version).orElse(0L) + 1;
                        var note = new StoredNote("count", version, LexMap.empty());
                        System.out.println(store.compareAndSetNote(version - 1, note) ? version : 0);
                    } catch (StoreException e) {
                        System.out.println(e.kind());
                    }
                }
                case "delete" -> {
                    try {
                        System.out.println(store.compareAndDelete(KEY, Long.parseLong(words[1])));
                    } catch (StoreException e) {
                        System.out.println(e.kind());
                    }
                }
                case "free" -> {
                    if (lease != null) {
                        lease.close();
                    }
                    System.out.println("freed");
                }
                case "write" -> {
                    try {
                        System.out.println(write(store, Integer.parseInt(words[1])));
                    } catch (StoreException e) {
                        System.out.println(e.kind());
                    }
                }
                case "lock" -> {
                    FileChannel.open(folder.resolve(words[1]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                            .lock();
                    System.out.println("locked");
                }
                case "storm" -> {
                    lease = store.lease(KEY, Duration.ZERO).orElseThrow();
                    for (int i = 0; ; i++) {
                        System.out.println(write(store, i * 997 % 50_000));
                    }
                }
                case "count" -> {
                    for (int i = 0; i < Integer.parseInt(words[1]); ) {
                        i += write(store, i * 997 % 50_000) > 0 ? 1 : 0;
                    }
                    System.out.println("counted");
                }
                case "turns" -> {
                    Path counter = Path.of(words[2]);
                    for (int i = 0; i < Integer.parseInt(words[1]); i++) {
                        SessionStore.Lease turn =
                                store.lease(KEY, Duration.ofMinutes(1)).orElseThrow();
                        int count = Integer.parseInt(Files.readString(counter));
                        Files.writeString(counter, Integer.toString(count + 1));
                        turn.close();
                    }
                    System.out.println("done");
                }
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    /** Writes the next version with a padding of so many characters; returns it, or 0 if somebody else was quicker. */
    static long write(SessionStore store, int padding) {
        long version = store.read(KEY).map(SessionRecord::version).orElse(0L) + 1;
        var content = LexMap.builder()
                .put("padding", "x".repeat(padding))
                .put("end", version)
                .build();
        return store.compareAndSet(KEY, version - 1, SessionRecord.of(KEY, version, content)) ? version : 0;
    }

    /** Tells whether a record is as {@link #write} made it. */
    static boolean isWhole(Optional<SessionRecord> record) {
        return record.map(r -> r.content().getLong("end").orElse(-1L).equals(r.version()))
                .orElse(true);
    }
}
