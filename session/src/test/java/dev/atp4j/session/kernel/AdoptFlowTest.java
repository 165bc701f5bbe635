// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static dev.atp4j.session.kernel.Given.active;
import static dev.atp4j.session.kernel.Given.jti;
import static dev.atp4j.session.kernel.Given.rotated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.session.kernel.Given.Play;
import dev.atp4j.session.store.EndReason;
import org.junit.jupiter.api.Test;

/** Taking over what a sibling stored, beside whoever has the turn. */
class AdoptFlowTest {

    private final SessionState a = active("a");
    private final SessionState b = rotated(a, "b");

    private static Play play(Held held, SessionState stored) {
        return new Play(AdoptFlow.of(held)).loaded(stored);
    }

    @Test
    void whatIsNewerIsAdoptedAndTold() {
        Play play = play(Held.inStore(a), b);
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(play.held()).isEqualTo(Held.inStore(b));
        assertThat(play.notices).containsExactly(new Notice.Updated());
    }

    @Test
    void aDeathIsLeftToBeFoundOutByThoseWhoNeedNothing() {
        Play play = play(Held.inStore(a), a.dead(EndReason.REVOKED).asVersion(2));
        assertThat(play.outcome()).isEqualTo(new Outcome.NothingNew());
        assertThat(play.held()).isEqualTo(Held.inStore(a));
        SessionState login = active("x").asVersion(3);
        assertThat(play(play.held(), login).held()).isEqualTo(Held.inStore(login));
    }

    @Test
    void theEndOfASessionIsAdoptedAndToldByWhoeverWroteIt() {
        for (SessionState over : new SessionState[] {
            a.loggedOut().asVersion(2), a.dead(EndReason.REVOKED).asVersion(2)
        }) {
            Play play = new Play(new AdoptFlow(Held.inStore(a), a.generation(), true)).loaded(over);
            assertThat(play.outcome()).isEqualTo(new Outcome.Over());
            assertThat(play.held()).isEqualTo(Held.inStore(over));
            assertThat(play.notices).isEmpty();
        }
    }

    @Test
    void aSiblingsAttemptIsKnownFromThenOnButIsNoNews() {
        SessionState attempt = a.attempting(Given.NOW).asVersion(2);
        Play play = play(Held.inStore(a), attempt);
        assertThat(play.outcome()).isEqualTo(new Outcome.NothingNew());
        assertThat(play.held()).isEqualTo(Held.inStore(attempt));
        assertThat(play.notices).isEmpty();
    }

    @Test
    void whatOnlyThisProcessHoldsStaysAsItIs() {
        for (Held ahead : new Held[] {Held.onlyHere(b), Held.inStore(b)}) {
            Play play = play(ahead, a);
            assertThat(play.outcome()).isEqualTo(new Outcome.NothingNew());
            assertThat(play.held()).isEqualTo(ahead);
            assertThat(play.notices).isEmpty();
        }
    }

    @Test
    void aRecordThatIsGoneIsNotMissedHere() {
        Play play = play(Held.inStore(b), null);
        assertThat(play.outcome()).isEqualTo(new Outcome.NothingNew());
        assertThat(play.held()).isEqualTo(Held.inStore(b));
    }

    @Test
    void anEndTakesUnsavedTokensWithIt() {
        Play play = play(Held.onlyHere(b), a.loggedOut().asVersion(2));
        assertThat(play.outcome()).isEqualTo(new Outcome.Over());
        assertThat(Given.pending(play.held().state())).contains("b");
        assertThat(play.held().saved())
                .as("to be written down by those who have a turn")
                .isFalse();
    }

    @Test
    void whatIsOverStaysOverAndIsNotLookedUp() {
        Play play = new Play(AdoptFlow.of(Held.inStore(a.loggedOut())));
        assertThat(play.outcome()).isEqualTo(new Outcome.Over());
        assertThat(play.held().state().active()).isFalse();
    }

    @Test
    void aStoreThatIsDownChangesNothing() {
        Play play = new Play(AdoptFlow.of(Held.inStore(a))).storeFails();
        assertThat(play.expect(Effect.Done.class).outcome()).isInstanceOf(Outcome.Later.class);
        assertThat(play.held()).isEqualTo(Held.inStore(a));
        assertThat(play.notices).isEmpty();
    }

    @Test
    void itNeedsNoTurnAndHelpsARefreshThatWaitsForOne() {
        assertThat(AdoptFlow.of(Held.inStore(a)).turn()).isEqualTo(Turn.UNNEEDED);
        Flow meanwhile = RefreshFlow.past(Held.inStore(b), a.generation(), null).meanwhile();
        Play play = new Play(meanwhile).loaded(b);
        assertThat(play.outcome()).as("held already").isEqualTo(new Outcome.Current());
        assertThat(jti(play.held().state())).isEqualTo("b");
        assertThat(LogoutFlow.of(Held.inStore(a)).meanwhile()).isNull();
    }
}
