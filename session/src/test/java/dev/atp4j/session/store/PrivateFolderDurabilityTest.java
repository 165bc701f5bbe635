// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a folder forces to the disk, and when. What a power cut leaves is shown in the module processes. */
@DisabledOnOs(OS.WINDOWS)
class PrivateFolderDurabilityTest {

    private static final byte[] OLD = {1};
    private static final byte[] NEW = {2, 2};

    @TempDir
    private Path temporary;

    private Path path;
    private Path file;

    /** What was forced, and what a reader would have found just then. */
    private final List<Forced> forced = new ArrayList<>();

    private record Forced(Path path, byte[] found) {}

    @BeforeEach
    void name() throws IOException {
        path = temporary.toRealPath().resolve("above/sessions");
        file = path.resolve("a.json");
    }

    private PrivateFolder folder(PrivateFolder.Force force) throws IOException {
        return PrivateFolder.open(path, true, force);
    }

    private PrivateFolder folder() throws IOException {
        PrivateFolder folder = folder((forcing, channel) -> forced.add(new Forced(forcing, found())));
        folder.write("a.json", OLD);
        forced.clear();
        return folder;
    }

    private byte[] found() throws IOException {
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    @Test
    void theNamesOfTheFolderAndOfThoseAboveItAreForced() throws IOException {
        for (String round : List.of("made", "found")) {
            forced.clear();
            folder((forcing, channel) -> forced.add(new Forced(forcing, OLD)));
            assertThat(forced).as(round).extracting(Forced::path).startsWith(path.getParent(), temporary.toRealPath());
        }
    }

    @Test
    void whatIsWrittenIsForcedBeforeItHasItsNameAndItsNameAfterwards() throws IOException {
        PrivateFolder folder = folder();
        folder.write("a.json", NEW);
        assertThat(forced).extracting(Forced::path).containsExactly(path.resolve("a.json.tmp"), path);
        assertThat(forced).extracting(Forced::found).containsExactly(OLD, NEW);
    }

    @Test
    void aRemovalIsForced() throws IOException {
        PrivateFolder folder = folder();
        folder.delete("a.json");
        assertThat(forced).extracting(Forced::path).containsExactly(path);
        assertThat(forced).extracting(Forced::found).containsExactly(new byte[0]);
    }

    @Test
    void whatCannotBeForcedTakesNobodysPlace() throws IOException {
        folder();
        PrivateFolder full = folder((forcing, channel) -> {
            if (Files.isRegularFile(forcing)) {
                throw new IOException("No space left on device");
            }
        });
        assertThatThrownBy(() -> full.write("a.json", NEW)).hasMessageContaining("No space left");
        assertThat(file).hasBinaryContent(OLD);
        assertThat(full.names()).containsExactly("a.json");
    }

    /** As it may be on a disk that has its files' permissions from how it was mounted. */
    @Test
    void aNewFileThatIsOpenToOthersTakesNobodysPlace() throws IOException {
        folder();
        PrivateFolder open = folder((forcing, channel) -> {
            if (Files.isRegularFile(forcing)) {
                Files.setPosixFilePermissions(forcing, PosixFilePermissions.fromString("rw-r--r--"));
            }
        });
        var e = catchThrowableOfType(StoreException.class, () -> open.write("a.json", NEW));
        assertThat(e.kind()).isEqualTo(StoreException.Kind.UNSAFE);
        assertThat(file).hasBinaryContent(OLD);
        assertThat(open.names()).containsExactly("a.json");
    }
}
