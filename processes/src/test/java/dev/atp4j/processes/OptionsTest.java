// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void withoutOptionsEveryStoreGetsItsShare() {
        Options options = Options.parse();
        assertThat(options.stores()).containsExactly(Kind.values());
        assertThat(options.processes()).isEqualTo(32);
        assertThat(options.kills()).isEqualTo(250);
        assertThat(options.hours()).isEqualTo(24);
        assertThat(options.json()).isFalse();
    }

    @Test
    void everythingCanBeSaid() {
        assertThat(Options.parse(
                        "--store",
                        "redis",
                        "--store",
                        "file",
                        "--processes",
                        "8",
                        "--kills",
                        "9",
                        "--hours",
                        "72",
                        "--seed",
                        "7",
                        "--json"))
                .isEqualTo(new Options(List.of(Kind.REDIS, Kind.FILE), 8, 9, 72, 7, true));
    }

    @Test
    void whatIsNoOptionIsNamed() {
        assertThatThrownBy(() -> Options.parse("--everything")).hasMessageContaining("--everything");
        assertThatThrownBy(() -> Options.parse("--kills")).hasMessageContaining("--kills");
        assertThatThrownBy(() -> Options.parse("--processes", "0")).hasMessageContaining("--processes");
        assertThatThrownBy(() -> Options.parse("--store", "paper")).isInstanceOf(IllegalArgumentException.class);
    }
}
