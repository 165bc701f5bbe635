// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static dev.atp4j.session.kernel.Given.LATER;
import static dev.atp4j.session.kernel.Given.NOW;
import static dev.atp4j.session.kernel.Given.active;
import static dev.atp4j.session.kernel.Given.jti;
import static dev.atp4j.session.kernel.Given.pending;
import static dev.atp4j.session.kernel.Given.rotated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.session.kernel.Given.Play;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.syntax.Did;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One logout, event by event. */
class LogoutFlowTest {

    private final SessionState b = rotated(active("a"), "b");
    private final Notice loggedOut = new Notice.Deleted(EndReason.LOGGED_OUT);

    private Play play(SessionState state) {
        return new Play(LogoutFlow.of(Held.inStore(state)));
    }

    private static String deleting(Play play) {
        return jti(play.expect(Effect.Delete.class).refreshJwt());
    }

    @Test
    void theTombstoneComesFirstThenTheOldestToken() {
        Play play = play(b).loaded(b);
        assertThat(play.written().status()).isEqualTo(Status.LOGGED_OUT);
        assertThat(play.written().tokens()).isNull();
        assertThat(pending(play.written())).containsExactly("a", "b");
        play.wrote(true);
        assertThat(play.notices).containsExactly(loggedOut);
        assertThat(deleting(play)).isEqualTo("a");
        play.deleted(true);
        assertThat(deleting(play)).isEqualTo("b");
        play.deleted(true).loaded(play.held().state());
        assertThat(pending(play.written())).isEmpty();
        play.wrote(true);
        assertThat(play.outcome()).isEqualTo(new Outcome.Over());
        assertThat(play.notices).containsExactly(loggedOut);
    }

    @Test
    void whatASiblingStoredMeanwhileIsEndedToo() {
        Play play = play(b).loaded(rotated(b, "c"));
        assertThat(pending(play.written())).containsExactly("a", "b", "c");
    }

    @Test
    void aLogoutThatIsDoneIsDone() {
        SessionState over = b.loggedOut().pending(java.util.List.of()).asVersion(5);
        Play play = play(over).loaded(over);
        assertThat(play.outcome()).isEqualTo(new Outcome.Over());
        assertThat(play.notices).isEmpty();
    }

    @Test
    void whoLosesTheRaceForTheTombstoneLooksAgain() {
        Play play = play(b).loaded(b).wrote(false);
        play.loaded(rotated(b, "c").asVersion(9));
        assertThat(pending(play.written())).containsExactly("a", "b", "c");
        assertThat(play.written().version()).isEqualTo(10);
    }

    @Test
    void whatIsNotConfirmedStaysPendingWithAPause() {
        Play play = play(b).loaded(b).wrote(true).deleted(false).deleted(true);
        play.loaded(play.held().state());
        assertThat(pending(play.written()))
                .as("a refresh under way with a would bring b back")
                .containsExactly("a", "b");
        assertThat(play.written().backoff().pause()).isEqualTo(Duration.ofMinutes(2));
        play.wrote(true);
        assertThat(play.outcome()).isEqualTo(new Outcome.Later(Duration.ofMinutes(2), "500"));
        assertThat(play.notices).containsExactly(loggedOut, new Notice.DeleteFailed("500"));
    }

    @Test
    void whatIsPendingIsFinishedLaterWithoutAnotherDeath() {
        SessionState tombstone = b.loggedOut().asVersion(5);
        Play play = new Play(LogoutFlow.unfinished(Held.inStore(tombstone))).loaded(tombstone);
        play.deleted(true).deleted(true).loaded(tombstone).wrote(true);
        assertThat(play.outcome()).isEqualTo(new Outcome.Over());
        assertThat(play.notices).isEmpty();
        assertThat(play.held().state().pendingDeletes()).isEmpty();
    }

    @Test
    void finishingWhatIsPendingEndsNoSessionThatIsInUse() {
        SessionState login = Given.login("x").pending(b.everythingToDelete()).asVersion(5);
        Play play = new Play(LogoutFlow.unfinished(Held.inStore(login))).loaded(login);
        assertThat(deleting(play)).isEqualTo("a");
        play.deleted(true).deleted(false).loaded(login);
        assertThat(play.written().active()).isTrue();
        assertThat(pending(play.written())).containsExactly("b");
        assertThat(play.written().backoff()).as("that of its refreshes").isEqualTo(Backoff.NONE);
    }

    @Test
    void aSuccessorThatNobodyKnowsIsChasedWrittenDownAndDeleted() {
        SessionState open = b.attempting(NOW).asVersion(3);
        Play play = play(open).loaded(open);
        assertThat(pending(play.written())).containsExactly("a", "b?");
        play.wrote(true).deleted(true);
        assertThat(jti(play.expect(Effect.Refresh.class).refreshJwt())).isEqualTo("b");
        play.granted("c");
        assertThat(pending(play.written())).contains("b", "c");
        play.wrote(true);
        assertThat(deleting(play)).isEqualTo("b");
        play.deleted(true);
        assertThat(deleting(play)).isEqualTo("c");
        play.deleted(true).loaded(play.held().state()).wrote(true);
        assertThat(play.outcome()).isEqualTo(new Outcome.Over());
        assertThat(pending(play.held().state())).isEmpty();
    }

    @Test
    void aChaseThatFindsNothingDeletesWhatIsKnown() {
        SessionState open = b.attempting(NOW).asVersion(3);
        Play play = play(open).loaded(open).wrote(true).deleted(true);
        play.refreshed(new RefreshVerdict.TokenDead(EndReason.REVOKED));
        assertThat(deleting(play)).isEqualTo("b");
    }

    @Test
    void aChaseThatMeetsWeatherStaysAChase() {
        SessionState open = b.attempting(NOW).asVersion(3);
        Play play = play(open).loaded(open).wrote(true).deleted(true);
        play.refreshed(new RefreshVerdict.Transient(true, null, "reset"))
                .loaded(play.held().state());
        assertThat(pending(play.written())).containsExactly("b?");
    }

    @Test
    void withTheStoreDownTheServerIsToldNevertheless() {
        Play play = play(b).storeFails();
        assertThat(play.held().state().status()).isEqualTo(Status.LOGGED_OUT);
        assertThat(play.held().saved()).isFalse();
        assertThat(deleting(play)).isEqualTo("a");
        play.deleted(true);
        assertThat(jti(play.expect(Effect.Refresh.class).refreshJwt()))
                .as("a sibling may be in a refresh")
                .isEqualTo("b");
        play.refreshed(new RefreshVerdict.TokenDead(EndReason.REVOKED))
                .deleted(true)
                .storeFails();
        assertThat(play.outcome()).isEqualTo(new Outcome.Over());
        assertThat(play.held().saved()).as("to be written later").isFalse();
        assertThat(play.notices).contains(loggedOut);
    }

    @Test
    void aConfirmedLogoutThatTheStoreMissedEndsTheSessionThatASiblingHasWrittenMeanwhile() {
        Play play = play(b).loaded(b).storeFails().deleted(true).deleted(true).storeFails();
        assertThat(play.outcome()).isEqualTo(new Outcome.Over());
        SessionState touched = b.attempting(NOW).asVersion(b.version() + 1);
        Held later = play.held().reconciledWith(touched);
        assertThat(later.state().status()).isEqualTo(Status.LOGGED_OUT);
        SessionState login = Given.login("x").asVersion(b.version() + 1);
        assertThat(play.held().reconciledWith(login).state().active())
                .as("a login that came later")
                .isTrue();
    }

    @Test
    void aTombstoneThatCannotBeWrittenEndsTheSessionHereAndAtTheServer() {
        Play play = play(b).loaded(b).storeFails();
        assertThat(play.notices).contains(loggedOut, new Notice.StoreFailed("down"));
        assertThat(deleting(play)).isEqualTo("a");
    }

    @Test
    void aTokenThatASiblingHadInHandComesToLightAndIsDeleted() {
        Play play = play(b).loaded(b).wrote(true).deleted(true).deleted(true);
        SessionState late = Held.onlyHere(rotated(b, "c"))
                .reconciledWith(play.held().state())
                .next();
        play.loaded(late);
        assertThat(pending(play.written())).containsExactly("c");
        play.wrote(true);
        assertThat(deleting(play)).isEqualTo("c");
    }

    @Test
    void anAncestorThatTheServerHasForgottenByItselfIsLetGo() {
        Now late = new Now(NOW.plus(Duration.ofMinutes(136)), 0);
        Play play = new Play(LogoutFlow.of(Held.inStore(b))).on(new Event.Loaded(b), late);
        assertThat(pending(play.written())).containsExactly("b");
        Now soon = new Now(NOW.plus(Duration.ofMinutes(134)), 0);
        play = new Play(LogoutFlow.of(Held.inStore(b))).on(new Event.Loaded(b), soon);
        assertThat(pending(play.written())).containsExactly("a", "b");
    }

    @Test
    void whoMindsSiblingsLeavesTheServerAloneAfterTheirFailure() {
        SessionState tombstone = b.loggedOut().asVersion(5);
        SessionState failed =
                tombstone.deletesFailed(LATER.time(), Duration.ZERO, 0, "500").asVersion(6);
        Play play = new Play(LogoutFlow.unfinished(Held.inStore(tombstone), tombstone.backoff())).loaded(failed);
        assertThat(play.outcome()).isEqualTo(new Outcome.Later(Duration.ofSeconds(1), "500"));
        play = new Play(LogoutFlow.unfinished(Held.inStore(failed), failed.backoff())).loaded(failed);
        assertThat(deleting(play)).as("its time has come").isEqualTo("a");
        play = new Play(LogoutFlow.unfinished(Held.inStore(tombstone))).loaded(failed);
        assertThat(deleting(play)).as("somebody wants it now").isEqualTo("a");
    }

    @Test
    void aSessionThatDiedHasNothingToDelete() {
        SessionState dead = b.dead(EndReason.REVOKED).asVersion(4);
        Play play = play(dead).loaded(dead);
        assertThat(play.outcome()).isEqualTo(new Outcome.Over());
        assertThat(play.notices).isEmpty();
    }

    @Test
    void onlyALogoutDoesNotWaitForItsTurn() {
        assertThat(LogoutFlow.of(Held.inStore(b)).turn()).isEqualTo(Turn.WANTED);
        assertThat(LogoutFlow.unfinished(Held.inStore(b)).turn()).isEqualTo(Turn.NEEDED);
        assertThat(RefreshFlow.past(Held.inStore(b), 1, null).turn()).isEqualTo(Turn.NEEDED);
    }

    @Test
    void aLogoutThatLosesItsTurnBeforeAChaseSendsNothing() {
        SessionState open = b.attempting(NOW).asVersion(3);
        Play play = play(open).loaded(open).wrote(true).deleted(true);
        play.expect(Effect.Refresh.class);
        assertThat(play.on(new Event.TurnLost()).outcome()).isEqualTo(new Outcome.TurnLost());
        assertThat(pending(play.held().state())).as("still to be done").containsExactly("a", "b?");
    }

    @Test
    void whoLosesTheRaceToASiblingsLogoutWritesNoTombstoneOfItsOwn() {
        SessionState theirs = b.loggedOut().asVersion(3);
        Play play = play(b).loaded(b).wrote(false).loaded(theirs);
        assertThat(deleting(play)).isEqualTo("a");
        assertThat(play.notices).as("told by whoever wrote it").isEmpty();
    }

    @Test
    void whoLosesTheRaceToADeathWritesTheTombstoneOverIt() {
        Play play = play(b).loaded(b).wrote(false);
        play.loaded(b.dead(EndReason.REVOKED).asVersion(3));
        assertThat(play.written().status()).isEqualTo(Status.LOGGED_OUT);
        assertThat(play.written().version()).isEqualTo(4);
        play.wrote(true);
        assertThat(play.notices).containsExactly(loggedOut);
    }

    @Test
    void whoLosesTheRaceToALostRecordWritesTheTombstoneAnew() {
        Play play = play(b).loaded(b).wrote(false).loaded(null);
        assertThat(play.written().status()).isEqualTo(Status.LOGGED_OUT);
        assertThat(play.written().version()).isEqualTo(1);
    }

    @Test
    void anEndThatCameFirstIsLeftAsItIs() {
        Play play = new Play(LogoutFlow.of(Held.onlyHere(b)))
                .loaded(b.dead(EndReason.EXPIRED).asVersion(7));
        assertThat(play.step.effect()).as("its own tokens are further").isInstanceOf(Effect.Write.class);
        Play over = play(b).loaded(b.dead(EndReason.EXPIRED).asVersion(7));
        assertThat(over.outcome()).isEqualTo(new Outcome.Over());
        assertThat(over.notices).isEmpty();
    }

    @Test
    void aTombstoneThatOthersKeepFromTheStoreIsNotTriedForEver() {
        Play play = play(b);
        int writes = 0;
        for (; play.step.effect() instanceof Effect.Read; writes++) {
            play.loaded(b.asVersion(20 + writes)).wrote(false);
        }
        assertThat(writes).isEqualTo(6);
        assertThat(play.notices).containsExactly(loggedOut, new Notice.StoreFailed("others keep writing the record"));
        assertThat(deleting(play)).isEqualTo("a");
    }

    @Test
    void aSuccessorThatWasChasedIsKnownThoughItCouldNotBeWrittenDown() {
        SessionState open = b.attempting(NOW).asVersion(3);
        Play play = play(open).loaded(open).wrote(true).deleted(true).granted("c");
        assertThat(pending(play.written())).as("in place of the chase").containsExactly("a", "b", "c");
        play.storeFails();
        assertThat(play.notices).contains(new Notice.StoreFailed("down"));
        assertThat(play.held().saved()).isFalse();
        play.deleted(true).deleted(true);
        play.loaded(open.loggedOut().asVersion(9));
        assertThat(pending(play.written())).as("all of it is gone").isEmpty();
        Play known =
                play(open).loaded(open).wrote(true).deleted(true).granted("c").wrote(true);
        assertThat(known.held().saved()).isTrue();
    }

    @Test
    void aSuccessorThatWasChasedIsWrittenDownThoughOthersWroteFirst() {
        SessionState open = b.attempting(NOW).asVersion(3);
        Play play = play(open).loaded(open).wrote(true).deleted(true).granted("c");
        play.wrote(false).loaded(open.loggedOut().asVersion(9));
        assertThat(pending(play.written())).containsExactly("a", "b?", "c");
        assertThat(play.written().version()).isEqualTo(10);
        play.wrote(true);
        assertThat(deleting(play)).as("what is gone is not asked for again").isEqualTo("b");
        assertThat(play.held().saved()).isTrue();
    }

    @Test
    void aSuccessorThatOthersKeepFromTheStoreIsNotWrittenForEver() {
        SessionState open = b.attempting(NOW).asVersion(3);
        Play play = play(open).loaded(open).wrote(true).deleted(true).granted("c");
        for (int round = 0; round < 5; round++) {
            play.wrote(false).loaded(open.loggedOut().asVersion(9));
        }
        play.wrote(false);
        assertThat(deleting(play)).isEqualTo("b");
        assertThat(play.notices).contains(new Notice.StoreFailed("others keep writing the record"));
    }

    @Test
    void whatOnlyThisProcessKnowsIsWrittenDownBeforeAnythingIsDeleted() {
        SessionState stored = b.attempting(NOW).loggedOut().asVersion(4);
        Held held = Held.onlyHere(rotated(b, "c")).keepingDeletes(stored);
        Play play = new Play(LogoutFlow.unfinished(held)).loaded(stored);
        assertThat(pending(play.written()))
                .as("once b is gone, no chase finds c")
                .containsExactly("a", "b?", "c");
        play.wrote(true);
        assertThat(deleting(play)).isEqualTo("a");
        assertThat(play.held().saved()).isTrue();
        assertThat(play.notices).as("the logout was told by whoever wrote it").isEmpty();
        play.deleted(true).granted("c");
        assertThat(deleting(play)).as("nothing new to write").isEqualTo("b");
    }

    @Test
    void aResultThatLosesTheRaceIsWrittenOnTopOfWhatCameFirst() {
        Play play = play(b).loaded(b).wrote(true).deleted(true).deleted(false);
        play.loaded(play.held().state()).wrote(false);
        assertThat(pending(play.held().state()))
                .as("what was confirmed stays listed")
                .containsExactly("a", "b");
        play.loaded(b.loggedOut().asVersion(9));
        assertThat(play.written().version()).isEqualTo(10);
        assertThat(pending(play.written())).containsExactly("b");
        play.wrote(true);
        assertThat(play.outcome()).isInstanceOf(Outcome.Later.class);
    }

    @Test
    void aResultThatOthersKeepFromTheStoreIsNotTriedForEver() {
        Play play = play(b).loaded(b).wrote(true).deleted(true).deleted(true);
        int writes = 0;
        for (; play.step.effect() instanceof Effect.Read; writes++) {
            play.loaded(b.loggedOut().asVersion(20 + writes)).wrote(false);
        }
        assertThat(writes).isEqualTo(6);
        assertThat(play.outcome()).isEqualTo(new Outcome.Over());
        assertThat(play.held().saved()).isFalse();
        assertThat(pending(play.held().state())).containsExactly("a", "b");
        assertThat(play.notices).contains(new Notice.StoreFailed("others keep writing the record"));
    }

    @Test
    void aResultThatCannotBeWrittenListsNothingTwice() {
        Play play = play(b).loaded(b).wrote(true).deleted(true).deleted(false);
        play.loaded(play.held().state()).storeFails();
        assertThat(pending(play.held().state())).containsExactly("a", "b");
        assertThat(play.outcome()).isEqualTo(new Outcome.Later(Duration.ofMinutes(2), "500"));
    }

    @Test
    void tokensThatKeepComingToLightAreLeftForLater() {
        Play play = play(b).loaded(b).wrote(true).deleted(true).deleted(true);
        int rounds = 0;
        while (!(play.step.effect() instanceof Effect.Done)) {
            SessionState late = Held.onlyHere(active("late" + rounds).loggedOut())
                    .reconciledWith(play.held().state())
                    .next();
            play.loaded(late).wrote(true);
            if (play.step.effect() instanceof Effect.Delete) {
                play.deleted(true);
            }
            rounds++;
        }
        assertThat(rounds).isEqualTo(6);
        assertThat(pending(play.held().state())).isNotEmpty();
    }

    @Test
    void aSuccessorThatIsToBeChasedItselfIsNotDeletedBeforeThat() {
        SessionState chases = b.loggedOut()
                .pending(java.util.List.of(
                        new PendingDelete(Given.SERVICE, Given.token("a"), true),
                        new PendingDelete(Given.SERVICE, Given.token("b"), true)))
                .asVersion(5);
        Play play = new Play(LogoutFlow.unfinished(Held.inStore(chases))).loaded(chases);
        assertThat(jti(play.expect(Effect.Refresh.class).refreshJwt())).isEqualTo("a");
        play.granted("b");
        assertThat(deleting(play)).isEqualTo("a");
        play.deleted(true);
        assertThat(jti(play.expect(Effect.Refresh.class).refreshJwt())).isEqualTo("b");
        play.granted("c");
        assertThat(pending(play.written())).contains("c");
    }

    @Test
    void aSuccessorIsDeletedBesideWhatElseIsPending() {
        SessionState pending = b.loggedOut()
                .pending(java.util.List.of(
                        new PendingDelete(Given.SERVICE, Given.token("a"), true),
                        new PendingDelete(Given.SERVICE, Given.token("x"), false)))
                .asVersion(5);
        Play play = new Play(LogoutFlow.unfinished(Held.inStore(pending))).loaded(pending);
        assertThat(pending(play.granted("b").written())).containsExactly("a", "x", "b");
    }

    @Test
    void aSiblingsLogoutThatKnowsLessIsToldMoreAndFinished() {
        Play play = play(b).loaded(b).wrote(false);
        play.loaded(active("a").loggedOut().asVersion(3));
        assertThat(pending(play.written())).containsExactly("a", "b");
        play.wrote(true);
        assertThat(deleting(play)).isEqualTo("a");
        assertThat(play.notices).isEmpty();
        play.deleted(true);
        assertThat(deleting(play)).as("which only this process knew").isEqualTo("b");
    }

    @Test
    void aChaseWhoseAnswerNamesNoSuccessorIsNotOver() {
        SessionState open = active("a").attempting(Given.NOW).asVersion(2);
        for (RefreshVerdict odd : new RefreshVerdict[] {
            new RefreshVerdict.WrongAccount(Did.parse("did:plc:mmmmmmmmmmmmmmmmmmmmmmmm")),
            new RefreshVerdict.Rotated(new Grant(
                    Given.KEY.did(),
                    Given.token("access"),
                    null,
                    Given.grant("b").profile()))
        }) {
            Play play = new Play(LogoutFlow.of(Held.inStore(open)))
                    .loaded(open)
                    .wrote(true)
                    .refreshed(odd);
            play.loaded(play.held().state());
            assertThat(pending(play.written())).containsExactly("a?");
            play.wrote(true);
            assertThat(play.outcome()).isInstanceOf(Outcome.Later.class);
        }
    }
}
