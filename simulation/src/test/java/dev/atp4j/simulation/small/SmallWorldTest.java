// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.small;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.simulation.bugs.Bug;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** Everything that can happen to two processes with a session, two refreshes each, one logout and one fault. */
class SmallWorldTest {

    @Test
    void whateverHappensWhenAndWhateverGoesWrongTheLawsHold() {
        Search.Found found = Search.everythingAfter(Moment.first(2, true, true), Bug.NONE);
        System.out.printf(
                "the small world: %,d moments, %,d steps between them, %,d of them quiet; %,d histories%n",
                found.moments(), found.steps(), found.quiet(), found.histories());
        assertThat(found.moments()).isGreaterThan(100_000);
    }

    @Test
    void withoutFaultsAndLogoutTwoRefreshesAreOneAndAReading() {
        Search.Found found = Search.everythingAfter(Moment.first(1, false, false), Bug.NONE);
        assertThat(found.quiet()).as("all of them end alike").isEqualTo(1);
        assertThat(found.histories())
                .as("one begins, and the other one waits until it sees the result; or the other way round")
                .isEqualTo(BigInteger.TWO);
    }
}
