// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static dev.atp4j.session.kernel.Given.active;
import static dev.atp4j.session.kernel.Given.jti;
import static dev.atp4j.session.kernel.Given.pending;
import static dev.atp4j.session.kernel.Given.rotated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.session.store.EndReason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What counts when a process and the store hold different things. */
class HeldTest {

    private final SessionState a = active("a");
    private final SessionState b = rotated(a, "b");
    private final SessionState c = rotated(b, "c");

    private static Held saved(SessionState state) {
        return Held.inStore(state);
    }

    private static Held unsaved(SessionState state) {
        return Held.onlyHere(state);
    }

    /** The same, of which nobody knows when it was opened. */
    private static SessionState undated(SessionState state, long version, long generation) {
        Tokens tokens = state.current();
        return new SessionState(
                state.key(),
                version,
                state.service(),
                state.pds(),
                state.profile(),
                state.status(),
                state.reason(),
                new Tokens(generation, tokens.accessJwt(), tokens.refreshJwt(), tokens.receivedAt()),
                state.attempt(),
                state.backoff(),
                state.ancestors(),
                state.pendingDeletes(),
                state.healing(),
                null);
    }

    @Test
    void aStoreThatLostTheRecordGetsItBack() {
        for (Held held : new Held[] {saved(c), unsaved(c), saved(c.loggedOut())}) {
            Held result = held.reconciledWith(null);
            assertThat(result.saved()).isFalse();
            assertThat(result.state()).isEqualTo(held.state().asVersion(0));
            assertThat(result.next().version()).isEqualTo(1);
        }
    }

    @Test
    void theSameTokensAreTheStores() {
        SessionState touched = b.attempting(Given.NOW).asVersion(9);
        assertThat(saved(b).reconciledWith(touched)).isEqualTo(saved(touched));
        assertThat(unsaved(b).reconciledWith(touched)).isEqualTo(saved(touched));
    }

    @Test
    void anAttemptThatTheStoreMissedIsNotForgotten() {
        SessionState open = b.attempting(Given.NOW);
        SessionState touched = b.asVersion(9);
        Held result = unsaved(open).reconciledWith(touched);
        assertThat(result.state().attempt()).isEqualTo(open.attempt());
        assertThat(result.state().version()).isEqualTo(9);
        assertThat(result.saved()).as("to be written").isFalse();
        assertThat(saved(open).reconciledWith(touched))
                .as("the store has known it, and its answer")
                .isEqualTo(saved(touched));
        assertThat(saved(open.asVersion(10)).reconciledWith(touched).state().attempt())
                .as("a backup was put back")
                .isEqualTo(open.attempt());
    }

    @Test
    void aStoreThatIsFurtherIsAdopted() {
        assertThat(saved(a).reconciledWith(c)).isEqualTo(saved(c));
        assertThat(unsaved(a).reconciledWith(c)).isEqualTo(saved(c));
        assertThat(unsaved(b).reconciledWith(c)).isEqualTo(saved(c));
    }

    @Test
    void whatDescendsFromTheStoreIsKeptAndWrittenOnTop() {
        SessionState ahead = b.rotated(Given.grant("c"), null, Given.NOW);
        for (Held held : new Held[] {unsaved(ahead), saved(ahead)}) {
            SessionState touched = b.asVersion(8);
            Held result = held.reconciledWith(touched);
            assertThat(result.saved()).isFalse();
            assertThat(jti(result.state())).isEqualTo("c");
            assertThat(result.state().version()).isEqualTo(8);
        }
    }

    @Test
    void aLoginElsewhereIsAdopted() {
        SessionState newer = undated(active("x"), 9, 9);
        assertThat(saved(c).reconciledWith(newer)).isEqualTo(saved(newer));
        assertThat(unsaved(c).reconciledWith(newer)).isEqualTo(saved(newer));
    }

    @Test
    void whatTheServerHasYetToForgetIsNotLostByWhoIsAhead() {
        SessionState ahead = b.rotated(Given.grant("c"), null, Given.NOW);
        SessionState stored =
                b.pending(rotated(active("x"), "y").everythingToDelete()).asVersion(5);
        assertThat(pending(unsaved(ahead).reconciledWith(stored).state())).containsExactly("x", "y");
    }

    @Test
    void aTombstoneWinsAndTakesUnknownTokensWithIt() {
        SessionState tombstone = b.loggedOut().asVersion(7);
        assertThat(saved(b).reconciledWith(tombstone)).isEqualTo(saved(tombstone));
        Held late = unsaved(b.rotated(Given.grant("c"), null, Given.NOW)).reconciledWith(tombstone);
        assertThat(late.state().status()).isEqualTo(Status.LOGGED_OUT);
        assertThat(late.saved()).isFalse();
        assertThat(late.state().version()).isEqualTo(7);
        assertThat(pending(late.state())).containsExactly("a", "b", "c");
    }

    @Test
    void aTombstoneThatKnowsEverythingIsTheStores() {
        SessionState tombstone = c.loggedOut().asVersion(7);
        assertThat(unsaved(b).reconciledWith(tombstone)).isEqualTo(saved(tombstone));
    }

    @Test
    void aChaseIsPassedOnToATombstoneThatDoesNotKnowOfIt() {
        SessionState tombstone = b.loggedOut().asVersion(7);
        Held late = unsaved(b.attempting(Given.NOW)).reconciledWith(tombstone);
        assertThat(pending(late.state())).containsExactly("a", "b?");
        assertThat(late.saved()).isFalse();
    }

    @Test
    void aDeathIsBelievedUnlessASuccessorIsHeld() {
        SessionState dead = b.dead(EndReason.REVOKED).asVersion(7);
        assertThat(saved(b).reconciledWith(dead)).isEqualTo(saved(dead));
        Held alive = unsaved(c).reconciledWith(dead);
        assertThat(alive.state().active()).isTrue();
        assertThat(alive.state().version()).isEqualTo(7);
    }

    @Test
    void aDeathIsBelievedByWhoHoldsNoMoreThanAnAttemptThatTheStoreMissed() {
        SessionState dead = b.dead(EndReason.REVOKED).asVersion(7);
        Held attempted = saved(b).with(b.attempting(Given.NOW));
        assertThat(attempted.saved()).isFalse();
        assertThat(attempted.reconciledWith(dead)).isEqualTo(saved(dead));
        assertThat(attempted
                        .with(c)
                        .with(c.attempting(Given.NOW))
                        .reconciledWith(dead)
                        .state()
                        .active())
                .isTrue();
    }

    @Test
    void whoIsOverAdoptsALoginThatCameLater() {
        SessionState login = Given.login("x").asVersion(9);
        assertThat(saved(b.loggedOut()).reconciledWith(login)).isEqualTo(saved(login));
        assertThat(saved(b.dead(EndReason.REVOKED)).reconciledWith(login)).isEqualTo(saved(login));
        Held late = unsaved(b.loggedOut()).reconciledWith(login);
        assertThat(late.state().active())
                .as("it ends what it was made for only")
                .isTrue();
        assertThat(pending(late.state())).containsExactly("a", "b");
    }

    @Test
    void aTombstoneThatTheStoreMissedEndsWhatBecameOfTheSession() {
        SessionState tombstone = b.loggedOut();
        for (SessionState stored : new SessionState[] {b, c, rotated(c, "d")}) {
            Held result = unsaved(tombstone).reconciledWith(stored);
            assertThat(result.state().status()).isEqualTo(Status.LOGGED_OUT);
            assertThat(result.saved()).isFalse();
            assertThat(result.state().version()).isEqualTo(stored.version());
            assertThat(pending(result.state())).contains("a", "b");
            assertThat(pending(result.state())).contains(jti(stored));
        }
    }

    @Test
    void aDeathThatASiblingReadOutOfALogoutWasALogout() {
        SessionState dead = b.dead(EndReason.REVOKED).asVersion(8);
        Held result = unsaved(b.loggedOut()).reconciledWith(dead);
        assertThat(result.state().reason()).isEqualTo(EndReason.LOGGED_OUT);
        assertThat(pending(result.state())).containsExactly("a", "b");
    }

    @Test
    void aGenerationThatIsNotHigherIsNotAhead() {
        SessionState other = active("x").asVersion(5);
        assertThat(unsaved(a).reconciledWith(other)).as("one like ours").isEqualTo(saved(other));
        SessionState higher = rotated(rotated(active("u"), "v"), "w").asVersion(9);
        assertThat(jti(unsaved(higher).reconciledWith(other).state()))
                .as("ours is higher")
                .isEqualTo("w");
        SessionState since = other.asVersion(10);
        assertThat(saved(higher).reconciledWith(since))
                .as("and was stored before")
                .isEqualTo(saved(since));
    }

    @Test
    void whoWasWithoutTheStoreForLongKnowsWhatItsTokensDescendFrom() {
        Held held = unsaved(b);
        for (String jti : new String[] {"c", "d"}) {
            Instant then = held.state().current().receivedAt().plus(Duration.ofHours(3));
            held = unsaved(held.rotated(Given.grant(jti), null, new Now(then, 0)));
        }
        SessionState stored = rotated(a.asVersion(3), "b");
        assertThat(stored.generation()).isEqualTo(held.state().generation());
        assertThat(jti(held.reconciledWith(stored).state())).isEqualTo("d");
    }

    @Test
    void aTombstoneThatTheStoreMissedEndsNoLoginThatCameLaterAndWasRefreshed() {
        SessionState login = rotated(Given.login("x").asVersion(8), "y");
        Held late = unsaved(b.loggedOut()).reconciledWith(login);
        assertThat(late.state().active()).isTrue();
        assertThat(jti(late.state())).isEqualTo("y");
    }

    @Test
    void whatIsOverHasNoTokensToCompare() {
        SessionState dead = b.dead(EndReason.REVOKED);
        assertThat(dead.precedesOrEquals(b)).isFalse();
        assertThat(b.precedesOrEquals(dead)).isFalse();
        assertThat(dead.sameTokens(b)).isFalse();
        assertThat(b.sameTokens(dead)).isFalse();
        assertThat(dead.generation()).isZero();
    }

    @Test
    void aLoginThatCameLaterIsNotOverwrittenByWhatItReplaced() {
        var tokens = new Tokens(2, Given.token("access-x"), Given.token("x"), Given.NOW.plus(Duration.ofMinutes(1)));
        SessionState login = SessionState.opened(Given.KEY, Given.SERVICE, null, a.profile(), tokens)
                .asVersion(2);
        Held replaced = unsaved(rotated(a, "b", "c"));
        assertThat(replaced.state().generation()).isGreaterThan(login.generation());

        Held result = replaced.reconciledWith(login);

        assertThat(jti(result.state())).isEqualTo("x");
        assertThat(result.saved()).isFalse();
        assertThat(pending(result.state())).containsExactly("a", "b", "c");
    }

    @Test
    void whatTheStoreLostWhenABackupWasPutBackIsWrittenAgain() {
        SessionState later = a;
        for (String jti : new String[] {"b", "c", "d"}) {
            Instant then = later.current().receivedAt().plus(Duration.ofHours(3));
            later = saved(later)
                    .rotated(Given.grant(jti), null, new Now(then, 0))
                    .asVersion(later.version() + 2);
        }
        Held held = saved(later);
        for (SessionState backup :
                new SessionState[] {a, a.dead(EndReason.REVOKED).asVersion(4)}) {
            Held result = held.reconciledWith(backup);
            assertThat(jti(result.state())).isEqualTo("d");
            assertThat(result.saved()).isFalse();
            assertThat(result.state().version()).isEqualTo(backup.version());
        }
        SessionState tombstone = later.loggedOut().asVersion(later.version() + 1);
        assertThat(saved(tombstone).reconciledWith(later).state().status()).isEqualTo(Status.LOGGED_OUT);
    }

    @Test
    void anEarlierLoginThatABackupBroughtBackIsEndedByWhatIsWrittenOverIt() {
        SessionState later = rotated(Given.login("x").asVersion(8), "y");
        for (Held held : new Held[] {saved(later), unsaved(later)}) {
            Held result = held.reconciledWith(b);
            assertThat(jti(result.state())).isEqualTo("y");
            assertThat(result.saved()).isFalse();
            assertThat(result.state().version()).isEqualTo(b.version());
            assertThat(pending(result.state())).containsExactly("a", "b");
        }
        assertThat(saved(later).reconciledWith(b.asVersion(10)))
                .as("nothing tells that this is a backup")
                .isEqualTo(saved(b.asVersion(10)));
    }

    @Test
    void whatABackupSaysOfAnEarlierLoginIsNotSaidOfALaterOne() {
        SessionState later = Given.login("x").asVersion(8);
        for (SessionState over : new SessionState[] {b.dead(EndReason.REVOKED), b.loggedOut()}) {
            Held result = saved(later).reconciledWith(over);
            assertThat(jti(result.state())).isEqualTo("x");
            assertThat(result.saved()).isFalse();
            assertThat(pending(result.state())).isEqualTo(pending(over));
        }
    }

    @Test
    void aTombstoneEndsAnEarlierLoginThatABackupBroughtBack() {
        SessionState tombstone = Given.login("x").loggedOut().asVersion(9);
        Held result = saved(tombstone).reconciledWith(b);
        assertThat(result.state().status()).isEqualTo(Status.LOGGED_OUT);
        assertThat(result.saved()).isFalse();
        assertThat(pending(result.state())).contains("a", "b");
    }

    @Test
    void aTombstoneThatTheStoreMissedEndsTheSameLoginThoughNoTokenTellsSo() {
        SessionState tombstone = active("z").loggedOut();
        assertThat(tombstone.openedAt()).isEqualTo(b.openedAt());
        SessionState elsewhere = b.asVersion(9);

        Held result = unsaved(tombstone.asVersion(4)).reconciledWith(elsewhere);

        assertThat(result.state().status()).isEqualTo(Status.LOGGED_OUT);
        assertThat(pending(result.state())).contains("a", "b", "z");
    }

    @Test
    void aTombstoneThatTheStoreMissedKnowsItsSessionByAnyTokenThatItDeletes() {
        SessionState current = undated(a, 9, 1);
        SessionState ancestor = undated(rotated(a, "x"), 9, 2);
        for (SessionState stored : new SessionState[] {current, ancestor}) {
            Held result = unsaved(a.loggedOut()).reconciledWith(stored);
            assertThat(result.state().status()).isEqualTo(Status.LOGGED_OUT);
            assertThat(pending(result.state())).contains("a", jti(stored));
        }
        SessionState other = undated(rotated(active("x"), "y"), 9, 2);
        assertThat(unsaved(a.loggedOut()).reconciledWith(other).state().active())
                .as("another session")
                .isTrue();
    }
}
