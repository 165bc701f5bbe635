// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands for a process: what it asks of the files below a folder is written down, as on a {@link Tape}, without a compiler
 * and without another JVM; and it can be killed before any of its calls. Its calls are those of Java's file systems, not
 * those of the operating system. One thread uses it.
 */
final class RecordedProcess {

    private final RecordedFileSystem files;
    private final Path root;
    private final List<Op> ops;
    private int left;

    /**
     * Starts it.
     *
     * @param ops where it is written down
     * @param calls how many calls it lives for
     */
    RecordedProcess(Path root, List<Op> ops, int calls) {
        this.files = new RecordedFileSystem(this, root.getFileSystem());
        this.root = root;
        this.ops = ops;
        this.left = calls;
    }

    /** Starts one that nobody kills, and that waits for no disk. */
    static RecordedProcess unrecorded(Path root) {
        return new RecordedProcess(root, new ArrayList<>(), Integer.MAX_VALUE);
    }

    /** Returns the folder as the process sees it. */
    Path root() {
        return files.see(root);
    }

    /** Writes a mark, which costs no call. */
    void mark(String text) {
        live();
        ops.add(new Op.Mark(text));
    }

    /** Throws if the process is dead. */
    void live() {
        if (left <= 0) {
            throw new Death();
        }
    }

    /** Counts a call that is going to be made, and kills the process instead if it has had its share. */
    void call() {
        live();
        if (--left == 0) {
            throw new Death();
        }
    }

    /** Writes down what has been done. */
    void done(Op op) {
        ops.add(op);
    }

    /** Returns the name by which a file is written down. */
    Path name(Path file) {
        return root.relativize(file);
    }
}
