// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A database file that nobody but its owner can open. One that is open to others is refused rather than mended, since its
 * secrets may be out already. Where a file system has no POSIX permissions, nothing is checked.
 */
final class PrivateFile {

    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-------");

    private PrivateFile() {}

    /** Creates an empty file, which is an empty database, if there is none. What SQLite puts beside it gets its mode. */
    static void create(Path file) {
        try {
            FileAttribute<?>[] mode = isPosix(file)
                    ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(MODE)}
                    : new FileAttribute<?>[0];
            Files.createFile(file, mode);
        } catch (FileAlreadyExistsException e) {
            // It is checked at each use.
        } catch (IOException e) {
            throw unavailable("the database " + file + " cannot be created", e);
        }
    }

    static void require(Path file) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw unsafe(Files.isSymbolicLink(file), file);
            }
            if (isPosix(file)) {
                requirePrivate(file, Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
            }
        } catch (IOException e) {
            throw unavailable("the database " + file + " cannot be looked at", e);
        }
    }

    private static void requirePrivate(Path file, PosixFileAttributes attributes) {
        if (!MODE.containsAll(attributes.permissions())) {
            throw new StoreException(
                    StoreException.Kind.UNSAFE,
                    file + " is open to other users (" + PosixFilePermissions.toString(attributes.permissions())
                            + "); if they may have read it, end its sessions; to keep them out: chmod 600 " + file,
                    null);
        }
    }

    private static StoreException unsafe(boolean link, Path file) {
        if (!link && Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return unavailable("the database " + file + " is gone", new NoSuchFileException(file.toString()));
        }
        return new StoreException(
                StoreException.Kind.UNSAFE,
                file + " is " + (link ? "a symbolic link" : "no file")
                        + "; name a real file, in which sessions shall be kept",
                null);
    }

    private static boolean isPosix(Path file) {
        return Files.getFileAttributeView(file, PosixFileAttributeView.class) != null;
    }

    private static StoreException unavailable(String what, IOException cause) {
        return new StoreException(StoreException.Kind.UNAVAILABLE, what + " (" + cause + ")", cause);
    }
}
