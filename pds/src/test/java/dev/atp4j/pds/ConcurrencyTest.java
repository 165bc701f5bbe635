// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.pds.Caller.Result;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

    private static final int THREADS = 50;

    private final EmbeddedPds pds = EmbeddedPds.builder().start();
    private final Caller caller = new Caller(pds.url());
    private final Account alice = pds.createAccount("alice.test", "password");
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
        pds.close();
    }

    /** Calls many times at once; each thread waits for all the others first. */
    private List<Result> atOnce(Callable<Result> call) throws Exception {
        var barrier = new CyclicBarrier(THREADS);
        List<Future<Result>> results = IntStream.range(0, THREADS)
                .mapToObj(i -> threads.submit(() -> {
                    barrier.await();
                    return call.call();
                }))
                .toList();
        List<Result> answers = new java.util.ArrayList<>();
        for (Future<Result> result : results) {
            answers.add(result.get());
        }
        return answers;
    }

    @Test
    void fiftyRefreshesOfOneTokenAgreeOnOneSuccessor() throws Exception {
        String token = caller.login("alice.test", "password").refresh();
        List<Result> answers = atOnce(() -> caller.refreshSession(token));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(answers.stream().map(answer -> Caller.jti(answer.refresh())).distinct())
                .hasSize(1);
        // In one second of the server's clock even the texts are the same.
        assertThat(answers.stream().map(Result::access).distinct()).hasSize(1);
        assertThat(pds.accounts().refreshTokens(alice.did())).hasSize(2);
        assertThat(pds.journal().count("com.atproto.server.refreshSession")).isEqualTo(THREADS);
    }

    @Test
    void fiftyLoginsAreFiftySessions() throws Exception {
        List<Result> answers = atOnce(() -> caller.login("alice.test", "password"));
        assertThat(answers.stream().map(Result::refresh).distinct()).hasSize(THREADS);
        assertThat(pds.accounts().refreshTokens(alice.did())).hasSize(THREADS);
    }

    @Test
    void withoutGraceOneOfFiftyRefreshesWins() throws Exception {
        try (EmbeddedPds graceless =
                EmbeddedPds.builder().refreshGrace(java.time.Duration.ZERO).start()) {
            graceless.createAccount("bob.test", "password");
            var bob = new Caller(graceless.url());
            String token = bob.login("bob.test", "password").refresh();
            List<Result> answers = atOnce(() -> bob.refreshSession(token));
            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        }
    }
}
