// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static dev.atp4j.session.kernel.Given.NOW;
import static dev.atp4j.session.kernel.Given.active;
import static dev.atp4j.session.kernel.Given.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.Secret;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionRecord;
import java.nio.charset.StandardCharsets;
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

    private static Duration due(SessionState state, Instant written) {
        return StateJson.write(state, written).due().orElse(null);
    }

    private static SessionState withAccess(Secret accessJwt) {
        return SessionState.copied(
                        Given.KEY,
                        Given.SERVICE,
                        null,
                        active("a").profile(),
                        new Tokens(1, accessJwt, token("a"), NOW))
                .asVersion(1);
    }

    @Test
    void aSessionIsDueATwelfthOfItsTokensLifeBeforeItsEnd() {
        SessionState a = active("a");
        assertThat(due(a, NOW)).isEqualTo(Duration.ofMinutes(110));
        assertThat(due(a, NOW.plusSeconds(60))).isEqualTo(Duration.ofMinutes(109));
        assertThat(due(a, NOW.minusSeconds(60))).as("a clock that went back").isEqualTo(Duration.ofMinutes(110));
        assertThat(due(a, NOW.plus(Duration.ofHours(5)))).isZero();
        assertThat(due(withAccess(Secret.of("opaque")), NOW)).isEqualTo(Duration.ofHours(1));
        assertThat(due(withAccess(Given.scoped("com.atproto.takendown")), NOW)).isNull();
    }

    @Test
    void theNextRefreshIsExpectedWhenTheSessionIsDue() {
        SessionState a = active("a");
        assertThat(a.nextRefresh()).isEqualTo(NOW.plus(Duration.ofMinutes(110)));
        assertThat(withAccess(Secret.of("opaque")).nextRefresh()).isEqualTo(NOW.plus(Duration.ofHours(1)));
        assertThat(a.attempting(NOW.plusSeconds(5)).nextRefresh()).isEqualTo(NOW.plusSeconds(65));
        assertThat(a.failed(NOW.plusSeconds(5), true, Duration.ofMinutes(5), 0, "why")
                        .nextRefresh())
                .isEqualTo(NOW.plusSeconds(305));
        assertThat(withAccess(Given.scoped("com.atproto.takendown")).nextRefresh())
                .isNull();
        assertThat(a.loggedOut().nextRefresh()).isNull();
    }

    @Test
    void deletesThatFailedAreDueAfterTheirPauseAndNeverAtOnce() {
        SessionState over = active("a").loggedOut();
        assertThat(due(over, NOW)).isEqualTo(Duration.ofMinutes(1));
        SessionState soon = over.deletesFailed(NOW, Duration.ZERO, 0, "why");
        assertThat(due(soon, NOW)).as("longer than its second").isEqualTo(Duration.ofMinutes(1));
        SessionState later = over.deletesFailed(NOW, Duration.ofMinutes(7), 0, "why");
        assertThat(due(later, NOW)).isEqualTo(Duration.ofMinutes(7));
        SessionState active = active("a").pending(DELETES);
        assertThat(due(active, NOW)).isEqualTo(Duration.ofMinutes(1));
        assertThat(due(active.failed(NOW, true, Duration.ofMinutes(5), 0, "why"), NOW))
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void whatWasNeverTriedIsNotWrittenAsAFailure() {
        assertThat(new String(StateJson.write(active("a"), NOW).toJson(), StandardCharsets.UTF_8))
                .doesNotContain("backoff");
    }
}
