// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static dev.atp4j.session.kernel.Given.NOW;
import static dev.atp4j.session.kernel.Given.active;
import static dev.atp4j.session.kernel.Given.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChoreTest {

    private static final List<PendingDelete> DELETES = List.of(new PendingDelete(Given.SERVICE, token("x"), false));

    /** What a fleet makes of a record that was written at this moment, once it is due. */
    private static Chore chore(SessionState state, Instant written) {
        SessionRecord stored = StateJson.write(state, written);
        return stored.due().map(StateJson.read(stored)::chore).orElse(Chore.NONE);
    }

    @Test
    void anActiveSessionIsRefreshed() {
        assertThat(chore(active("a"), NOW)).isEqualTo(Chore.REFRESH);
        assertThat(chore(active("a").attempting(NOW), NOW)).isEqualTo(Chore.REFRESH);
        assertThat(chore(active("a").failed(NOW, true, Duration.ofMinutes(5), 0, "why"), NOW))
                .isEqualTo(Chore.REFRESH);
    }

    @Test
    void aSessionThatIsOverIsAskedToBeForgotten() {
        assertThat(chore(active("a").loggedOut(), NOW)).isEqualTo(Chore.DELETES);
        assertThat(chore(active("a").dead(EndReason.REVOKED), NOW)).isEqualTo(Chore.NONE);
    }

    @Test
    void whicheverIsDueFirstIsDone() {
        SessionState both = active("a").pending(DELETES);
        assertThat(chore(both, NOW)).isEqualTo(Chore.DELETES);
        Instant almostOver = NOW.plus(Duration.ofMinutes(115));
        assertThat(chore(both, almostOver)).isEqualTo(Chore.REFRESH);
    }

    @Test
    void aRefreshThatSomebodyLeftUnfinishedGoesBeforeDeletes() {
        assertThat(chore(active("a").pending(DELETES).attempting(NOW), NOW)).isEqualTo(Chore.REFRESH);
    }

    @Test
    void whileARefreshHasToWaitDeletesAreDone() {
        SessionState failed = active("a").pending(DELETES).failed(NOW, true, Duration.ofMinutes(5), 0, "why");
        assertThat(chore(failed, NOW)).isEqualTo(Chore.DELETES);
        assertThat(chore(failed, NOW.plus(Duration.ofMinutes(5)))).isEqualTo(Chore.REFRESH);
    }
}
