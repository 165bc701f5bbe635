// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.small;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.simulation.bugs.Bug;
import dev.atp4j.simulation.bugs.Bugs;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The search finds every bug that can show in so small a world. */
class SmallBugsTest {

    /** They show only after hours, at clocks that are wrong, among odd answers, several faults, logins, or moves. */
    private static final Set<String> TOO_LARGE = Set.of(
            "does not read the store again before it declares a death",
            "takes the token that was issued later for the newer one",
            "forgets what the store missed",
            "does not see the backoff that others wrote",
            "goes by the name of an error, whatever the status",
            "takes the page of a captive portal for a refusal",
            "takes an answer without tokens for a death",
            "believes a refusal that names no cause at once",
            "takes tokens of another account for a death",
            "tells of a death though somebody else wrote first",
            "writes a death whatever is stored",
            "leaves its lock behind when it is killed",
            "takes the page of a captive portal for a confirmed logout",
            "refreshes at the server that has the data",
            "deletes old tokens at the new service",
            "tells of a death that somebody else has told of",
            "tells of a death before it is written",
            "logs in again after a logout",
            "does not write down that it logs in",
            "logs in again whatever the budget says",
            "logs in again with the last login that is left to people",
            "counts its own logins only",
            "does not hear how the server counts logins");

    static Stream<Bug> bugs() {
        return Stream.concat(Bugs.SEARCHED.stream(), Bugs.ALL.stream().filter(bug -> !TOO_LARGE.contains(bug.does())));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aBugBreaksALaw(Bug bug) {
        assertThatThrownBy(() -> Search.everythingAfter(Moment.first(2, true, true), bug))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s)[1-8]: .*");
    }

    @Test
    void whatIsTooLargeIsABug() {
        List<String> all = Bugs.ALL.stream().map(Bug::does).toList();
        assertThat(all).containsAll(TOO_LARGE).doesNotHaveDuplicates();
    }
}
