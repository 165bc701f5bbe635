// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class SharedClientTest {

    private static final int THREADS = 32;
    private static final int EACH = 5;
    private static final int DAYS = 6;

    @ParameterizedTest
    @EnumSource(Wire.class)
    void aClientServesManyThreadsAndEachExpiryCostsOneRefresh(Wire wire, @TempDir Path folder) {
        ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS);
        try (var office = new Office(wire, Shelf.FILES, folder, threads)) {
            Set<String> keys = new HashSet<>();
            for (int day = 1; day <= DAYS; day++) {
                keys.addAll(office.writeWithExpiredToken(threads, THREADS, EACH));
                assertThat(office.refreshes()).isEqualTo(day);
            }
            assertThat(keys).hasSize(THREADS * EACH * DAYS);
            assertThat(office.written()).as("records, none of them twice").isEqualTo(keys.size());
            office.session.close();
            assertThat(office.updates()).as("the login, and the refreshes").isEqualTo(DAYS + 1);
        } finally {
            threads.shutdownNow();
        }
    }
}
