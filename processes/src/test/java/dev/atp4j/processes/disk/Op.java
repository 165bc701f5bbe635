// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import java.nio.file.Path;

/** What a process asked of a file system, or a mark that a test set in between. */
sealed interface Op {

    /** An empty file under a new name. */
    record Create(Path path) implements Op {}

    /** An empty folder under a new name. */
    record Folder(Path path) implements Op {}

    /** Bytes at a place in a file. */
    record Write(Path path, long at, byte[] bytes) implements Op {}

    /** The length of a file. */
    record Size(Path path, long size) implements Op {}

    /** Another name for a file, perhaps in place of a file that had it. */
    record Move(Path from, Path to) implements Op {}

    /** A name that is no more. */
    record Delete(Path path) implements Op {}

    /** Has the disk keep what was written into a file; or, of a folder, which names are in it. */
    record Force(Path path) implements Op {}

    /** What the test had come to. */
    record Mark(String text) implements Op {}
}
