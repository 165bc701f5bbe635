// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What processes ask of the files below a folder, in order, down to each call of the C library. The library that writes it
 * down is compiled where it is needed, so there have to be Linux and a C compiler.
 */
final class Tape {

    private static final int HEAD = 4 * 4 + 8;

    private final Path file;
    private final Path root;
    private final Path recorder;

    private Tape(Path file, Path root, Path recorder) {
        this.file = file;
        this.root = root;
        this.recorder = recorder;
    }

    /** Compiles the recorder in a folder; returns empty where that cannot be done. */
    static Optional<Path> recorder(Path folder) throws IOException, InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        Path source = folder.resolve("tape.c");
        Path library = folder.resolve("tape.so");
        try (InputStream in = Tape.class.getResourceAsStream("tape.c")) {
            Files.copy(in, source);
        }
        try {
            int status = new ProcessBuilder(
                            "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException("the C compiler does not take " + source);
            }
            return Optional.of(library);
        } catch (IOException e) {
            if (Files.exists(library) || e.getMessage().startsWith("the C compiler")) {
                throw e;
            }
            return Optional.empty(); // there is no compiler
        }
    }

    /** Begins a tape of what happens below a folder. */
    static Tape of(Path root, Path recorder) throws IOException {
        Path real = root.toRealPath();
        return new Tape(Files.createFile(real.resolveSibling(real.getFileName() + ".tape")), real, recorder);
    }

    /** Returns the environment of processes whose calls are to be written down. */
    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", recorder.toString(), "TAPE", file.toString(), "TAPE_ROOT", root.toString());
    }

    /** Returns the folder. */
    Path root() {
        return root;
    }

    /** Returns where it is written. */
    Path file() {
        return file;
    }

    /** Writes down what the test has come to. */
    void mark(String text) {
        mark(file, text);
    }

    /** Writes a mark on a tape; processes that are recorded may too. */
    static void mark(Path tape, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        ByteBuffer note = ByteBuffer.allocate(HEAD + bytes.length)
                .order(ByteOrder.nativeOrder())
                .putInt('k')
                .putInt(0)
                .putInt(0)
                .putInt(bytes.length)
                .putLong(0)
                .put(bytes);
        try {
            Files.write(tape, note.array(), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plays the tape: what was asked for, with paths below the folder. */
    List<Op> ops() throws IOException {
        List<Op> ops = new ArrayList<>();
        ByteBuffer notes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
        while (notes.hasRemaining()) {
            int op = notes.getInt();
            int first = notes.getInt();
            int second = notes.getInt();
            int length = notes.getInt();
            long number = notes.getLong();
            Path path = path(bytes(notes, first));
            Path other = path(bytes(notes, second));
            byte[] content = bytes(notes, length);
            ops.add(
                    switch (op) {
                        case 'c' -> new Op.Create(known(path));
                        case 'd' -> new Op.Folder(known(path));
                        case 'w' -> new Op.Write(known(path), number, content);
                        case 't' -> new Op.Size(known(path), number);
                        case 'm' -> new Op.Move(known(path), known(other));
                        case 'u' -> new Op.Delete(known(path));
                        case 'f' -> new Op.Force(known(path));
                        case 'k' -> new Op.Mark(new String(content, UTF_8));
                        default -> throw new IOException("no such note on the tape: " + op);
                    });
        }
        return ops;
    }

    private @Nullable Path path(byte[] bytes) {
        return bytes.length == 0
                ? null
                : root.relativize(Path.of(new String(bytes, UTF_8)).normalize());
    }

    private static Path known(@Nullable Path path) throws IOException {
        if (path == null) {
            throw new IOException("a note on the tape names no file");
        }
        return path;
    }

    private static byte[] bytes(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }
}
