// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    @Test
    void whatAnExecutorRejectsIsRunAllTheSame() throws Exception {
        ExecutorService shut = Executors.newSingleThreadExecutor();
        shut.shutdown();
        var runner = new CompletableFuture<Thread>();
        Threads.behind(shut).execute(() -> runner.complete(Thread.currentThread()));
        assertThat(runner.get(60, TimeUnit.SECONDS).getName()).isEqualTo("atp4j-jdbc");
        assertThat(runner.join().isDaemon()).isTrue();
    }
}
