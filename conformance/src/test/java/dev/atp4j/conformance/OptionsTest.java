// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void withoutOptionsEverythingIsRun() {
        Options options = Options.parse("home");
        assertThat(options.real()).isTrue();
        assertThat(options.scenarios()).isTrue();
        assertThat(options.clients()).isTrue();
        assertThat(options.json()).isFalse();
    }

    @Test
    void onlyPicksScenariosAndGroupsAndLeavesTheClientsOut() {
        Options options = Options.parse("home", "--only", "S1", "--only", "rotation");
        assertThat(options.clients()).isFalse();
        assertThat(options.wants(named("S1"))).isTrue();
        assertThat(options.wants(named("S16"))).isFalse();
        assertThat(options.wants(named("rotation/parallel"))).isTrue();
    }

    @Test
    void theEmbeddedPdsAloneNeedsNoNode() {
        Options options = Options.parse("home", "--embedded-only");
        assertThat(options.real()).isFalse();
        assertThat(options.clients()).isFalse();
        assertThat(options.scenarios()).isTrue();
    }

    @Test
    void theClientsCanBeRunAlone() {
        Options options = Options.parse("home", "--clients");
        assertThat(options.clients()).isTrue();
        assertThat(options.scenarios()).isFalse();
    }

    @Test
    void theComparisonIsAskedForByItself() {
        assertThat(Options.parse("home").compare()).isFalse();
        Options options = Options.parse("home", "--compare", "--only", "shared");
        assertThat(options.compare()).isTrue();
        assertThat(options.write()).isFalse();
        assertThat(options.wants("shared/S28")).isTrue();
        assertThat(options.wants("S5")).isFalse();
        assertThat(Options.parse("home", "--compare", "--write").write()).isTrue();
    }

    @Test
    void dataCanBeComparedAlone() {
        Options options = Options.parse("home", "--data", "--seed", "7");
        assertThat(options.data()).isTrue();
        assertThat(options.seed()).isEqualTo(7);
        assertThat(options.clients()).isFalse();
        assertThat(options.scenarios()).isFalse();
        assertThat(Options.parse("home").data()).isTrue();
        assertThat(Options.parse("home", "--embedded-only").data()).isFalse();
        assertThat(Options.parse("home", "--clients").data()).isFalse();
        assertThat(Options.parse("home", "--only", "S1").data()).isFalse();
    }

    @Test
    void theTestVectorsAreRunFromAFolder() {
        assertThat(Options.parse("home", "--interop", "vectors").interop()).isEqualTo(Path.of("vectors"));
        assertThat(Options.parse("home").interop()).isNull();
    }

    @Test
    void whatIsNoOptionIsNamed() {
        assertThatThrownBy(() -> Options.parse("home", "--everything"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--everything");
        assertThatThrownBy(() -> Options.parse("home", "--only"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--only");
    }

    private static Scenario named(String id) {
        return Scenario.of(id, "a sentence", world -> {});
    }
}
