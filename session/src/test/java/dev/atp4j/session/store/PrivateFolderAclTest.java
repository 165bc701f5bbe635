// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Folders on a file system that has access control lists in place of POSIX permissions. */
@Tag("security")
class PrivateFolderAclTest {

    private static FileSystem withLists() {
        return Jimfs.newFileSystem(Configuration.windows().toBuilder()
                .setAttributeViews("basic", "owner", "acl")
                .build());
    }

    @Test
    void whatIsCreatedIsItsOwnersAlone() throws IOException {
        try (FileSystem files = withLists()) {
            Path parent = files.getPath("C:\\Users\\alice");
            Path path = parent.resolve("atp4j\\sessions");
            Files.createDirectories(parent);
            PrivateFolder folder = PrivateFolder.open(path);
            folder.write("a.json", new byte[] {1});
            assertThat(folder.read("a.json")).isPresent();
            for (Path made : new Path[] {path, path.getParent()}) {
                AclFileAttributeView view = Files.getFileAttributeView(made, AclFileAttributeView.class);
                assertThat(view.getAcl()).as(made.toString()).singleElement().satisfies(entry -> {
                    assertThat(entry.type()).isEqualTo(AclEntryType.ALLOW);
                    assertThat(entry.principal()).isEqualTo(view.getOwner());
                    assertThat(entry.permissions()).containsExactlyInAnyOrder(AclEntryPermission.values());
                    // So that the files in it get the same list.
                    assertThat(entry.flags())
                            .containsExactlyInAnyOrder(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT);
                });
            }
        }
    }

    @Test
    void whatIsThereAlreadyIsTakenAsItIs() throws IOException {
        try (FileSystem files = withLists()) {
            Path path = Files.createDirectories(files.getPath("C:\\sessions"));
            PrivateFolder.open(path).write("a.json", new byte[] {1});
            assertThat(Files.getFileAttributeView(path, AclFileAttributeView.class)
                            .getAcl())
                    .isEmpty();
        }
    }
}
