// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder into which nobody but its owner can look, and the files in it, which are read whole and replaced whole. No
 * symbolic link is followed. An interrupt cuts nothing short; the thread's flag is set again afterwards.
 *
 * <p>Where a file system has POSIX permissions, every access checks them: a folder or file that is open to others, or not
 * the owner's, is refused rather than mended, since its secrets may be out already. Elsewhere a new folder gets an access
 * control list of its owner alone, which new files inherit, and an existing one is taken as it is.
 */
final class PrivateFolder {

    /** What follows the name of a file as long as it is being written. */
    static final String UNFINISHED = ".tmp";

    /** Far more than any session needs. */
    private static final int LARGEST_FILE = 1 << 20;

    private static final System.Logger LOG = System.getLogger(PrivateFolder.class.getName());

    private static final Set<PosixFilePermission> FOLDER_MODE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE_MODE = PosixFilePermissions.fromString("rw-------");

    /** Makes durable what was written to a file, or the names in a folder. */
    interface Force {
        void force(Path path, FileChannel channel) throws IOException;
    }

    private final Path path;
    private final boolean posix;
    private final Force force;

    /** Whose folder it was when it was opened; null if that is not known yet, or the system does not say. */
    private final @Nullable UserPrincipal owner;

    private PrivateFolder(Path path, boolean posix, Force force, @Nullable UserPrincipal owner) {
        this.path = path;
        this.posix = posix;
        this.force = force;
        this.owner = owner;
    }

    /** Opens a folder; it, and those above it, are created if they are missing. */
    static PrivateFolder open(Path path) throws IOException {
        return open(path, Files.getFileAttributeView(path, PosixFileAttributeView.class) != null);
    }

    static PrivateFolder open(Path path, boolean posix) throws IOException {
        return open(path, posix, (file, channel) -> channel.force(true));
    }

    static PrivateFolder open(Path path, boolean posix, Force force) throws IOException {
        var folder = new PrivateFolder(path.toAbsolutePath(), posix, force, null);
        if (!Files.exists(folder.path, LinkOption.NOFOLLOW_LINKS)) {
            folder.create(folder.path);
        }
        var real = new PrivateFolder(folder.path.toRealPath(), posix, force, folder.requireOwnProcess());
        real.syncAbove();
        return real;
    }

    /**
     * Makes the folder's own name durable, and the names of those above it. Whoever created them may have been killed before
     * he could, or may be about to; and what is kept in a folder without a name is lost.
     */
    private void syncAbove() {
        try {
            for (Path above = path.getParent();
                    above != null && Files.isReadable(above) && Files.isWritable(above);
                    above = above.getParent()) {
                sync(above);
            }
        } catch (IOException e) {
            // Above is another file system, where no store has created anything: on this one the folder's own files
            // could not be made durable either.
            LOG.log(System.Logger.Level.DEBUG, "the names of folders above {0} are not made durable: {1}", path, e);
        }
    }

    /** Returns the folder's real path. */
    Path path() {
        return path;
    }

    /** Lists the files' names. */
    List<String> names() throws IOException {
        check();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            List<String> names = new ArrayList<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** What tells a file from the one that takes its place: it is another file, or a newer one, or a longer one. */
    record Stamp(@Nullable Object identity, FileTime modified, long size) {}

    /** Returns the folder's own stamp. It changes when a file is added, replaced or removed. */
    Stamp stamp() throws IOException {
        return stamp(check());
    }

    /** Returns the stamps of the files whose names end so. */
    Map<String, Stamp> stamps(String suffix) throws IOException {
        Map<String, Stamp> stamps = new HashMap<>();
        for (String name : names()) {
            if (name.endsWith(suffix)) {
                try {
                    stamps.put(
                            name,
                            stamp(Files.readAttributes(
                                    path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)));
                } catch (NoSuchFileException e) {
                    // It was removed meanwhile.
                }
            }
        }
        return stamps;
    }

    private static Stamp stamp(BasicFileAttributes file) {
        return new Stamp(file.fileKey(), file.lastModifiedTime(), file.size());
    }

    /** Reads a file, or returns empty if there is none. */
    Optional<byte[]> read(String name) throws IOException {
        BasicFileAttributes folder = check();
        Path file = path.resolve(name);
        try {
            requirePrivateFile(file, folder);
            return Optional.of(toTheEnd(() -> readWhole(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Replaces a file, or makes a new one, for good. Whatever happens meanwhile, the file is as it was or as it shall be.
     * Only one may write a file at a time.
     */
    void write(String name, byte[] content) throws IOException {
        if (content.length > LARGEST_FILE) {
            throw unsafe("too large to be kept in " + path + ": " + name + " would have " + content.length
                    + " bytes, and " + LARGEST_FILE + " are the most that is read again");
        }
        BasicFileAttributes folder = check();
        Path unfinished = path.resolve(name + UNFINISHED);
        try {
            toTheEnd(() -> writeWhole(unfinished, content));
            requirePrivateFile(unfinished, folder);
            Files.move(unfinished, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            if (e instanceof AtomicMoveNotSupportedException) {
                throw unsafe(path + " is on a file system that cannot replace a file in one step");
            }
            throw e;
        }
        sync(path);
    }

    /** Removes a file, and what may be left of an unfinished write of it, for good. */
    void delete(String name) throws IOException {
        check();
        deleteUnfinished(name);
        Files.deleteIfExists(path.resolve(name));
        sync(path);
    }

    /** Removes what is left of a write of a file in whose middle a process died. Only its writer may. */
    void deleteUnfinished(String name) throws IOException {
        Files.deleteIfExists(path.resolve(name + UNFINISHED));
    }

    /** Opens a file to be locked, and creates it, empty, if there is none. */
    FileChannel openToLock(Path file) throws IOException {
        check();
        try {
            requireFile(file);
        } catch (NoSuchFileException e) {
            // It is created below.
        }
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                mode(FILE_MODE));
    }

    /** A step that an interrupt may cut short, but that can be done again from its beginning. */
    interface Step<T> {
        T run() throws IOException, InterruptedException;
    }

    /** Does a step again and again until no interrupt cuts it short. */
    static <T> T toTheEnd(Step<T> step) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return step.run();
                } catch (ClosedByInterruptException | InterruptedException e) {
                    Thread.interrupted();
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static byte[] readWhole(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (in.size() > LARGEST_FILE) {
                throw new StoreException(
                        StoreException.Kind.UNREADABLE,
                        file + " has " + in.size() + " bytes, more than any session; it was left as it is",
                        null);
            }
            return Channels.newInputStream(in).readAllBytes();
        }
    }

    private Path writeWhole(Path file, byte[] content) throws IOException {
        // Only a crash leaves such a file behind.
        Files.deleteIfExists(file);
        try (FileChannel out = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode(FILE_MODE))) {
            var remaining = ByteBuffer.wrap(content);
            while (remaining.hasRemaining()) {
                out.write(remaining);
            }
            force.force(file, out);
        }
        return file;
    }

    private void create(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (parent != null && !Files.exists(parent)) {
            create(parent);
        }
        try {
            Files.createDirectory(folder, mode(FOLDER_MODE));
        } catch (FileAlreadyExistsException e) {
            // Another process was quicker. What it made is checked like any other folder.
            return;
        }
        AclFileAttributeView acl = Files.getFileAttributeView(folder, AclFileAttributeView.class);
        if (!posix && acl != null) {
            acl.setAcl(List.of(AclEntry.newBuilder()
                    .setType(AclEntryType.ALLOW)
                    .setPrincipal(acl.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                    .setFlags(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)
                    .build()));
        }
    }

    /** Makes the names in a folder durable. Only POSIX systems can, and need to be told to. */
    private void sync(Path folder) throws IOException {
        if (posix) {
            toTheEnd(() -> {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    force.force(folder, channel);
                }
                return folder;
            });
        }
    }

    private FileAttribute<?>[] mode(Set<PosixFilePermission> permissions) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private BasicFileAttributes check() throws IOException {
        BasicFileAttributes folder;
        try {
            folder = attributes(path);
        } catch (NoSuchFileException e) {
            throw new IOException("the folder " + path + " is gone", e);
        }
        if (!folder.isDirectory()) {
            throw unsafe(path + " is " + (folder.isSymbolicLink() ? "a symbolic link" : "a file")
                    + "; name a real folder, in which sessions shall be kept");
        }
        requirePrivate(path, folder, "end its sessions", "chmod 700");
        if (owner != null && folder instanceof PosixFileAttributes now && !owner.equals(now.owner())) {
            throw unsafe(path + " belonged to " + owner.getName() + " and now belongs to "
                    + now.owner().getName() + "; who can do that can read and change what is in it");
        }
        return folder;
    }

    private void requirePrivateFile(Path file, BasicFileAttributes folder) throws IOException {
        BasicFileAttributes attributes = requireFile(file);
        requirePrivate(file, attributes, "end its sessions", "chmod 600");
        if (attributes instanceof PosixFileAttributes f
                && folder instanceof PosixFileAttributes d
                && !f.owner().equals(d.owner())) {
            throw unsafe(file + " belongs to " + f.owner().getName() + ", and its folder to "
                    + d.owner().getName() + "; both must belong to the user who runs the program");
        }
    }

    private BasicFileAttributes requireFile(Path file) throws IOException {
        BasicFileAttributes attributes = attributes(file);
        if (!attributes.isRegularFile()) {
            throw unsafe(file + " is " + (attributes.isSymbolicLink() ? "a symbolic link" : "no file")
                    + "; remove it, or put a file in its place");
        }
        return attributes;
    }

    /** Checks that a file is the user's own who runs the program, and closed to others, as far as its system can tell. */
    static void requireOwn(Path file, String ifRead) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            PosixFileAttributes attributes = view.readAttributes();
            requirePrivate(file, attributes, ifRead, "chmod 600");
            requireOwner(file, attributes);
        }
    }

    private static void requirePrivate(Path path, BasicFileAttributes attributes, String ifRead, String remedy) {
        if (attributes instanceof PosixFileAttributes p && !FOLDER_MODE.containsAll(p.permissions())) {
            throw unsafe(path + " is open to other users (" + PosixFilePermissions.toString(p.permissions())
                    + "); if they may have read it, " + ifRead + "; to keep them out: " + remedy + " " + path);
        }
    }

    private static void requireOwner(Path path, PosixFileAttributes attributes) {
        String user = ProcessHandle.current().info().user().orElse("");
        String owner = attributes.owner().getName();
        if (!user.isEmpty() && !user.equals(owner)) {
            throw unsafe(path + " belongs to " + owner + ", and this program is run by " + user);
        }
    }

    /** Checks that the folder is the user's who runs the program, and returns him if the system tells. */
    private @Nullable UserPrincipal requireOwnProcess() throws IOException {
        if (check() instanceof PosixFileAttributes folder) {
            requireOwner(path, folder);
            return folder.owner();
        }
        return null;
    }

    private BasicFileAttributes attributes(Path path) throws IOException {
        Class<? extends BasicFileAttributes> kind = posix ? PosixFileAttributes.class : BasicFileAttributes.class;
        return Files.readAttributes(path, kind, LinkOption.NOFOLLOW_LINKS);
    }

    private static StoreException unsafe(String message) {
        return new StoreException(StoreException.Kind.UNSAFE, message, null);
    }
}
