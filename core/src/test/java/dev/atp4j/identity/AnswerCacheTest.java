// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final FakeTime time = new FakeTime();
    private final AnswerCache<String, String> cache =
            new AnswerCache<>(new AnswerCache.Limits(LONG, LONG, LONG, 10), time);

    @Test
    void aSlowAnswerDoesNotHideThatOfWhoeverAskedLater() {
        cache.ask("a", slow -> {
            time.pass(Duration.ofSeconds(1));
            cache.ask("a", quick -> "moved");
            time.pass(Duration.ofSeconds(1));
            return "still here";
        });
        assertThat(cache.get("a", nobody -> "asked again")).isEqualTo("moved");
    }

    @Test
    void anAnswerIsAsOldAsItsQuestion() {
        cache.ask("a", slow -> {
            time.pass(LONG);
            return "old";
        });
        assertThat(cache.get("a", again -> "new")).isEqualTo("new");
    }
}
