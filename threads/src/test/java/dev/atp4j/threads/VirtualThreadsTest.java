// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Virtual threads that call, refresh and listen never hold on to the thread that carries them while they wait. The JVM itself
 * tells, by the flight recorder. Before JDK 21 there are none.
 */
@Timeout(120)
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadsTest {

    private static final int THREADS = 200;

    @ParameterizedTest
    @CsvSource({"JDK, MEMORY", "JDK, FILES", "APACHE, SEALED_FILES", "APACHE, SQLITE"})
    void noVirtualThreadIsPinned(Wire wire, Shelf shelf, @TempDir Path folder) {
        Executor virtual = VirtualThreadsTest::start;
        try (var office = new Office(wire, shelf, folder, virtual)) {
            // Classes are initialized with the carrier held, once; that is the JVM's doing.
            office.writeWithExpiredToken(virtual, 10, 1);
            List<RecordedEvent> pinned = pinnedDuring(folder, () -> {
                for (int i = 0; i < 3; i++) {
                    office.writeWithExpiredToken(virtual, THREADS, 2);
                }
                CompletableFuture.runAsync(office.session::logout, virtual).join();
            });
            assertThat(office.refreshes()).isEqualTo(4);
            assertThat(pinned).isEmpty();
        }
    }

    @Test
    void theRecorderTellsOfAThreadThatIsPinned(@TempDir Path folder) {
        assertThat(pinnedDuring(
                        folder,
                        () -> CompletableFuture.runAsync(() -> Pinned.touch(), VirtualThreadsTest::start)
                                .join()))
                .isNotEmpty();
    }

    /** The planted bug: whoever touches it first waits in its initializer. */
    private static final class Pinned {

        static {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }

        static void touch() {}
    }

    private static List<RecordedEvent> pinnedDuring(Path folder, Runnable load) {
        Path file = folder.resolve("pinned.jfr");
        try (var recording = new Recording()) {
            recording
                    .enable("jdk.VirtualThreadPinned")
                    .withThreshold(Duration.ZERO)
                    .withStackTrace();
            recording.start();
            load.run();
            recording.stop();
            recording.dump(file);
            return RecordingFile.readAllEvents(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a virtual thread, by a method that the oldest JDK does not have. */
    private static void start(Runnable task) {
        try {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
