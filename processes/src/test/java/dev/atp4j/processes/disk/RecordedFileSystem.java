// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The real file system as a {@link RecordedProcess} sees it. */
final class RecordedFileSystem extends FileSystem {

    private final RecordedProcess process;
    private final FileSystem real;
    private final Provider provider = new Provider();

    RecordedFileSystem(RecordedProcess process, FileSystem real) {
        this.process = process;
        this.real = real;
    }

    /** Returns a real path as the process sees it. */
    RecordedPath see(Path path) {
        return new RecordedPath(this, path);
    }

    private static Path real(Path path) {
        return ((RecordedPath) path).real();
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return real.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return see(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }

    private final class Provider extends FileSystemProvider {

        private FileSystemProvider beneath() {
            return real.provider();
        }

        @Override
        public String getScheme() {
            return "recorded";
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path getPath(URI uri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
                throws IOException {
            if (options.contains(StandardOpenOption.APPEND) || options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
                throw new UnsupportedOperationException("not written down yet: " + options);
            }
            Path file = real(path);
            boolean makes =
                    options.contains(StandardOpenOption.CREATE) && Files.notExists(file, LinkOption.NOFOLLOW_LINKS)
                            || options.contains(StandardOpenOption.CREATE_NEW);
            if (makes) {
                process.call();
            } else {
                process.live();
            }
            FileChannel channel = beneath().newFileChannel(file, options, attributes);
            if (makes) {
                process.done(new Op.Create(process.name(file)));
            }
            return new RecordedChannel(process, file, channel);
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
            return newFileChannel(path, options, attributes);
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            process.live();
            List<Path> found = new ArrayList<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(real(path))) {
                files.forEach(file -> found.add(see(file)));
            }
            return new DirectoryStream<>() {
                @Override
                public java.util.Iterator<Path> iterator() {
                    return found.iterator();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
            process.call();
            beneath().createDirectory(real(path), attributes);
            process.done(new Op.Folder(process.name(real(path))));
        }

        @Override
        public void delete(Path path) throws IOException {
            Path file = real(path);
            if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                process.live();
            } else {
                process.call();
            }
            beneath().delete(file);
            process.done(new Op.Delete(process.name(file)));
        }

        @Override
        public void copy(Path from, Path to, CopyOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void move(Path from, Path to, CopyOption... options) throws IOException {
            process.call();
            beneath().move(real(from), real(to), options);
            process.done(new Op.Move(process.name(real(from)), process.name(real(to))));
        }

        @Override
        public boolean isSameFile(Path path, Path other) throws IOException {
            process.live();
            return beneath().isSameFile(real(path), real(other));
        }

        @Override
        public boolean isHidden(Path path) throws IOException {
            process.live();
            return beneath().isHidden(real(path));
        }

        @Override
        public FileStore getFileStore(Path path) throws IOException {
            process.live();
            return beneath().getFileStore(real(path));
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            process.live();
            beneath().checkAccess(real(path), modes);
        }

        @Override
        public <V extends FileAttributeView> @Nullable V getFileAttributeView(
                Path path, Class<V> type, LinkOption... options) {
            process.live();
            return beneath().getFileAttributeView(real(path), type, options);
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            process.live();
            return beneath().readAttributes(real(path), type, options);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
                throws IOException {
            process.live();
            return beneath().readAttributes(real(path), attributes, options);
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
            process.live();
            beneath().setAttribute(real(path), attribute, value, options);
        }
    }
}
