// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexMap;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.syntax.Did;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What the contract in the testkit does not say of this store. */
class MemorySessionStoreTest {

    private static final SessionKey KEY = SessionKey.of(Did.parse("did:plc:alice"));

    @Test
    void aWaitForALeaseIsMeasuredByTheClockGiven() throws Exception {
        VirtualTime time = VirtualTime.stopped();
        var store = new MemorySessionStore(time);
        store.lease(KEY, Duration.ZERO).orElseThrow();
        var threads = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> waiter =
                    threads.submit(() -> store.lease(KEY, Duration.ofDays(1)).isPresent());
            time.awaitTimers(1);
            time.advance(Duration.ofDays(1));
            assertThat(waiter.get()).isFalse();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void itShowsHowManySessionsItHasAndNothingElse() {
        var store = new MemorySessionStore();
        var content = LexMap.builder().put("refreshJwt", "very-secret").build();
        store.compareAndSet(KEY, 0, SessionRecord.of(KEY, 1, content));
        assertThat(store).hasToString("MemorySessionStore[1 sessions]");
    }
}
