// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/**
 * A path as a {@link RecordedProcess} sees it.
 *
 * @param files whose path it is
 * @param real the path that it stands for
 */
record RecordedPath(RecordedFileSystem files, Path real) implements Path {

    private @Nullable Path see(@Nullable Path path) {
        return path == null ? null : files.see(path);
    }

    private Path same(Path path) {
        return files.see(path);
    }

    private static Path beneath(Path path) {
        return ((RecordedPath) path).real;
    }

    @Override
    public FileSystem getFileSystem() {
        return files;
    }

    @Override
    public boolean isAbsolute() {
        return real.isAbsolute();
    }

    @Override
    public @Nullable Path getRoot() {
        return see(real.getRoot());
    }

    @Override
    public @Nullable Path getFileName() {
        return see(real.getFileName());
    }

    @Override
    public @Nullable Path getParent() {
        return see(real.getParent());
    }

    @Override
    public int getNameCount() {
        return real.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return same(real.getName(index));
    }

    @Override
    public Path subpath(int begin, int end) {
        return same(real.subpath(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return real.startsWith(beneath(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return real.endsWith(beneath(other));
    }

    @Override
    public Path normalize() {
        return same(real.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return same(real.resolve(beneath(other)));
    }

    @Override
    public Path relativize(Path other) {
        return same(real.relativize(beneath(other)));
    }

    @Override
    public URI toUri() {
        return real.toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return same(real.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return same(real.toRealPath(options));
    }

    @Override
    public WatchKey register(WatchService service, WatchEvent.Kind<?>[] kinds, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Path other) {
        return real.compareTo(beneath(other));
    }

    @Override
    public String toString() {
        return real.toString();
    }
}
