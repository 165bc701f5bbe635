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
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One refresh, event by event. */
class RefreshFlowTest {

    private final SessionState a = active("a");
    private final RefreshVerdict revoked = new RefreshVerdict.TokenDead(EndReason.REVOKED);

    private Play play() {
        return play(Held.inStore(a));
    }

    private static Play play(Held held) {
        return new Play(RefreshFlow.past(held, held.state().generation(), null));
    }

    /** Plays until the request is about to be sent. */
    private Play sending() {
        return play().loaded(a).wrote(true);
    }

    @Test
    void theAttemptIsWrittenFirstAndTheResultBeforeItIsUsed() {
        Play play = play().loaded(a);
        assertThat(play.written().attempt()).isEqualTo(new Attempt(LATER.time(), 0));
        assertThat(play.written().version()).isEqualTo(2);
        play.wrote(true);
        assertThat(jti(play.expect(Effect.Refresh.class).refreshJwt())).isEqualTo("a");
        assertThat(play.expect(Effect.Refresh.class).service()).isEqualTo(Given.SERVICE);
        play.granted("b");
        assertThat(jti(play.written())).isEqualTo("b");
        assertThat(play.written().version()).isEqualTo(3);
        assertThat(play.written().attempt()).isNull();
        assertThat(jti(play.held().state())).as("not used yet").isEqualTo("a");
        play.wrote(true);
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(jti(play.held().state())).isEqualTo("b");
        assertThat(play.notices).containsExactly(new Notice.Updated());
        assertThat(play.held().state().ancestors())
                .containsExactly(new Ancestor(a.current().refreshJwt(), LATER.time()));
    }

    @Test
    void whatTheStoreHoldsAlreadyIsAdopted() {
        Play play = play().loaded(rotated(a, "b"));
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(jti(play.held().state())).isEqualTo("b");
        assertThat(play.notices).containsExactly(new Notice.Updated());
    }

    @Test
    void aSessionThatIsOverIsNotRefreshed() {
        for (SessionState over : new SessionState[] {
            a.loggedOut().asVersion(5), a.dead(EndReason.REVOKED).asVersion(5)
        }) {
            Play play = play().loaded(over);
            assertThat(play.outcome()).isEqualTo(new Outcome.Over());
            assertThat(play.notices).as("told by whoever wrote it").isEmpty();
        }
    }

    @Test
    void aBackoffIsWaitedForUnlessItWasWaitedOutHere() {
        SessionState failed =
                a.failed(NOW, false, Duration.ofMinutes(1), 0, "503").asVersion(2);
        assertThat(play().loaded(failed).outcome()).isEqualTo(new Outcome.Later(Duration.ofSeconds(59), "503"));
        var waited = new Play(RefreshFlow.past(Held.inStore(failed), 1, failed.backoff()));
        waited.loaded(failed);
        assertThat(waited.written().attempt()).isNotNull();
        var over = play();
        over.expect(Effect.Read.class);
        over.on(new Event.Loaded(failed), new Now(NOW.plusSeconds(60), 0));
        assertThat(over.written().attempt()).isNotNull();
    }

    @Test
    void whoLosesTheRaceForTheAttemptLooksAgain() {
        Play play = play().loaded(a).wrote(false);
        play.loaded(rotated(a, "b"));
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
    }

    @Test
    void whoNeverWinsTheRaceGivesUpForNow() {
        Play play = play();
        for (int i = 0; i < 6; i++) {
            play.loaded(a.asVersion(10 + i)).wrote(false);
        }
        assertThat(play.outcome()).isInstanceOf(Outcome.Later.class);
        assertThat(play.held().state().active()).isTrue();
    }

    @Test
    void aStoreThatIsDownStopsNoRefresh() {
        Play play = play().storeFails();
        assertThat(play.notices).containsExactly(new Notice.StoreFailed("down"));
        play.granted("b").storeFails();
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(play.held().saved()).isFalse();
        assertThat(jti(play.held().state())).isEqualTo("b");
        assertThat(play.notices).contains(new Notice.Updated(), new Notice.StoreFailed("down"));
    }

    @Test
    void anAttemptThatCouldNotBeWrittenStopsNoRefresh() {
        Play play = play().loaded(a).storeFails().granted("b");
        assertThat(play.written().version()).isEqualTo(2);
        play.wrote(true);
        assertThat(play.held().saved()).isTrue();
    }

    @Test
    void whenTheResultMeetsANewerRecordThatOneIsAdopted() {
        Play play = sending().granted("b").wrote(false);
        SessionState newer = rotated(a, "b", "c").asVersion(9);
        play.loaded(newer);
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(play.held()).isEqualTo(Held.inStore(newer));
    }

    @Test
    void whenTheResultMeetsARecordWithoutItItIsWrittenOnTop() {
        Play play = sending().granted("b").wrote(false);
        play.loaded(a.attempting(NOW).asVersion(9));
        assertThat(jti(play.written())).isEqualTo("b");
        assertThat(play.written().version()).isEqualTo(10);
        play.wrote(true);
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
    }

    @Test
    void whenTheResultMeetsATombstoneItIsToBeDeleted() {
        Play play = sending().granted("b").wrote(false);
        play.loaded(a.loggedOut().asVersion(9));
        assertThat(pending(play.written())).containsExactly("a", "b");
        play.wrote(true);
        assertThat(play.outcome()).isEqualTo(new Outcome.Over());
        assertThat(play.held().state().status()).isEqualTo(Status.LOGGED_OUT);
        assertThat(play.notices).isEmpty();
    }

    @Test
    void aResultThatOthersKeepFromTheStoreIsUsedUnsaved() {
        Play play = sending().granted("b");
        for (int i = 0; play.step.effect() instanceof Effect.Write; i++) {
            assertThat(i).isLessThan(10);
            play.wrote(false).loaded(a.asVersion(20 + i));
        }
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(play.held().saved()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = EndReason.class,
            names = {"REVOKED", "EXPIRED", "INVALID_TOKEN"})
    void aTokenThatIsDeadAndStillTheStoresEndsTheSession(EndReason reason) {
        Play play = sending().refreshed(new RefreshVerdict.TokenDead(reason));
        play.loaded(a.attempting(NOW).asVersion(2));
        assertThat(play.written().status()).isEqualTo(Status.DEAD);
        assertThat(play.written().reason()).isEqualTo(reason);
        assertThat(play.written().tokens()).isNull();
        assertThat(play.written().service()).isEqualTo(Given.SERVICE);
        play.wrote(true);
        assertThat(play.outcome()).isEqualTo(new Outcome.Over());
        assertThat(play.notices).containsExactly(new Notice.Deleted(reason));
    }

    @Test
    void aTokenThatIsDeadAndNoLongerTheStoresIsNobodysDeath() {
        Play play = sending().refreshed(revoked);
        play.loaded(rotated(a, "b", "c"));
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(jti(play.held().state())).isEqualTo("c");
        assertThat(play.notices).containsExactly(new Notice.Updated());
    }

    @Test
    void aTokenThatIsDeadGivesWayToWhatTheStoreHoldsInsteadHoweverOldThatIs() {
        // A backup was put back that is older than the login.
        Play play = play(Held.inStore(rotated(Given.login("b"), "c"))).storeFails();
        play.refreshed(revoked).loaded(a.asVersion(3));
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(jti(play.held().state())).isEqualTo("a");
    }

    @Test
    void aDeathThatASiblingWroteIsNotToldAgain() {
        Play play =
                sending().refreshed(revoked).loaded(a.dead(EndReason.REVOKED).asVersion(9));
        assertThat(play.outcome()).isEqualTo(new Outcome.Over());
        assertThat(play.notices).isEmpty();
    }

    @Test
    void whoIsAheadAndFindsItsOwnTokenDeadTooTellsNoSecondDeath() {
        Held ahead = Held.onlyHere(rotated(a, "b"));
        Play play = new Play(RefreshFlow.past(ahead, ahead.state().generation(), null));
        play.storeFails().refreshed(revoked).loaded(a.dead(EndReason.REVOKED).asVersion(9));
        assertThat(play.outcome()).isEqualTo(new Outcome.Over());
        assertThat(play.notices).noneMatch(Notice.Deleted.class::isInstance);
    }

    @Test
    void aDeathThatLosesTheRaceIsLookedAtAgain() {
        Play play = sending().refreshed(revoked).loaded(a.asVersion(2)).wrote(false);
        play.loaded(rotated(a, "b").asVersion(5));
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
    }

    @Test
    void withoutTheStoreNoTokenIsBelievedDead() {
        Play play = sending().refreshed(revoked).storeFails();
        assertThat(play.written().active()).isTrue();
        play.storeFails();
        assertThat(play.outcome()).isInstanceOf(Outcome.Later.class);
        assertThat(play.held().state().active()).isTrue();
        play = sending().refreshed(revoked).loaded(a.asVersion(2)).storeFails();
        assertThat(play.step.effect()).isInstanceOf(Effect.Write.class);
        assertThat(play.written().active()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"REVOKED, LOST_ROTATION_SUSPECTED", "EXPIRED, EXPIRED", "INVALID_TOKEN, INVALID_TOKEN"})
    void afterALostAnswerARefusalIsThoughtOverOnce(EndReason said, EndReason believed) {
        SessionState open = a.attempting(NOW).asVersion(2);
        Play play = play(Held.inStore(open)).loaded(open).wrote(true);
        play.refreshed(new RefreshVerdict.TokenDead(said)).loaded(open.asVersion(3));
        assertThat(play.expect(Effect.Pause.class).time()).isEqualTo(RefreshFlow.SECOND_THOUGHT);
        play.paused().loaded(open.asVersion(3)).wrote(true);
        play.refreshed(new RefreshVerdict.TokenDead(said)).loaded(open.asVersion(4));
        assertThat(play.written().reason()).isEqualTo(believed);
        play.wrote(true);
        assertThat(play.notices).containsExactly(new Notice.Deleted(believed));
    }

    @Test
    void aSiblingThatFinishesDuringTheSecondThoughtSavesTheSession() {
        SessionState open = a.attempting(NOW).asVersion(2);
        Play play = play(Held.inStore(open)).loaded(open).wrote(true);
        play.refreshed(revoked)
                .loaded(open.asVersion(3))
                .paused()
                .loaded(rotated(a, "b").asVersion(9));
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(jti(play.held().state())).isEqualTo("b");
    }

    @Test
    void aRefusalWithoutACauseIsAskedAgainBeforeItIsBelieved() {
        Play play = sending().refreshed(new RefreshVerdict.Refused());
        SessionState stored = a.attempting(NOW).asVersion(2);
        play.loaded(stored).paused().loaded(stored).wrote(true);
        play.refreshed(new RefreshVerdict.Refused()).loaded(stored.asVersion(3));
        assertThat(play.written().reason()).isEqualTo(EndReason.REFUSED);
    }

    @Test
    void aRefusalThatIsTakenBackWasNone() {
        Play play = sending().refreshed(new RefreshVerdict.Refused());
        SessionState stored = a.attempting(NOW).asVersion(2);
        play.loaded(stored).paused().loaded(stored).wrote(true).granted("b").wrote(true);
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
    }

    @Test
    void aTakedownEndsTheSession() {
        Play play = sending().refreshed(new RefreshVerdict.TakenDown()).loaded(a.asVersion(2));
        assertThat(play.written().reason()).isEqualTo(EndReason.ACCOUNT_TAKEN_DOWN);
    }

    @ParameterizedTest
    @CsvSource({"HERE, ACCOUNT_DELETED", "NOWHERE, ACCOUNT_DELETED", "ELSEWHERE, ACCOUNT_MOVED"})
    void anUnknownAccountIsLookedUpBeforeItIsBelievedGone(Event.Residence residence, EndReason reason) {
        Play play = sending().refreshed(new RefreshVerdict.AccountUnknown());
        assertThat(play.expect(Effect.Resolve.class).did()).isEqualTo(Given.DID);
        play.on(new Event.Resolved(residence)).loaded(a.asVersion(2));
        assertThat(play.written().reason()).isEqualTo(reason);
    }

    @Test
    void anUnknownAccountThatCannotBeLookedUpIsKept() {
        Play play = sending().refreshed(new RefreshVerdict.AccountUnknown());
        play.on(new Event.Resolved(Event.Residence.UNKNOWN));
        assertThat(play.written().active()).isTrue();
        play.wrote(true);
        assertThat(play.outcome()).isInstanceOf(Outcome.Later.class);
    }

    @Test
    void tokensOfAnotherAccountAreReportedAndNotTaken() {
        Did mallory = Did.parse("did:plc:mmmmmmmmmmmmmmmmmmmmmmmm");
        Play play = sending().refreshed(new RefreshVerdict.WrongAccount(mallory));
        assertThat(jti(play.written())).isEqualTo("a");
        assertThat(play.written().attempt()).as("it may have rotated").isEqualTo(new Attempt(LATER.time(), 1));
        play.wrote(true);
        assertThat(play.outcome()).isInstanceOfSatisfying(Outcome.Later.class, later -> {
            assertThat(later.pause()).isEqualTo(Duration.ofMinutes(1));
            assertThat(later.why()).contains(mallory.value());
        });
        assertThat(play.notices).singleElement().isInstanceOf(Notice.UpdateFailed.class);
    }

    @Test
    void weatherIsWrittenDownWithItsPauseForAll() {
        Play play = sending().refreshed(new RefreshVerdict.Transient(false, Duration.ofMinutes(3), "429"));
        assertThat(play.written().backoff()).isEqualTo(new Backoff(1, LATER.time(), Duration.ofMinutes(3), "429"));
        assertThat(play.written().attempt()).as("it certainly did not rotate").isNull();
        play.wrote(true);
        assertThat(play.outcome()).isEqualTo(new Outcome.Later(Duration.ofMinutes(3), "429"));
        assertThat(play.notices).containsExactly(new Notice.UpdateFailed("429"));
    }

    @Test
    void whoFailsForCertainForgetsNoAttemptOfSomebodyElse() {
        SessionState open = a.attempting(NOW).asVersion(2);
        var busy = new RefreshVerdict.Transient(false, null, "503");

        Play taken = play().loaded(open).wrote(true).refreshed(busy);
        assertThat(taken.written().attempt()).as("its author may be dead").isEqualTo(open.attempt());

        Play blind = play(Held.inStore(open)).storeFails().refreshed(busy);
        assertThat(blind.written().attempt()).as("its author is at work").isEqualTo(open.attempt());
    }

    @Test
    void whoFailsForCertainInASecondTryForgetsOnlyItsOwnAttempt() {
        var busy = new RefreshVerdict.Transient(false, null, "503");
        Play doubting = sending().refreshed(new RefreshVerdict.Refused());
        SessionState own = doubting.held().state();
        Play alone = doubting.loaded(own).paused().loaded(own).wrote(true).refreshed(busy);
        assertThat(alone.written().attempt()).isNull();

        SessionState others = own.asVersion(own.version() + 1);
        Play beside = sending()
                .refreshed(new RefreshVerdict.Refused())
                .loaded(own)
                .paused()
                .loaded(others)
                .wrote(true)
                .refreshed(busy);
        assertThat(beside.written().attempt()).isEqualTo(own.attempt());
        Play sooner = sending()
                .refreshed(new RefreshVerdict.Refused())
                .loaded(others)
                .paused()
                .loaded(others)
                .wrote(true)
                .refreshed(busy);
        assertThat(sooner.written().attempt()).isEqualTo(own.attempt());
    }

    @Test
    void anAttemptThatComesToLightWithTheRefusalMayHaveLostTheRotation() {
        SessionState open = a.attempting(NOW).asVersion(2);
        Play play = play().storeFails().refreshed(revoked).loaded(open).paused().loaded(open);
        assertThat(play.written().attempt()).isEqualTo(open.attempt());
        play.wrote(true).refreshed(revoked).loaded(open.asVersion(3));
        assertThat(play.written().reason()).isEqualTo(EndReason.LOST_ROTATION_SUSPECTED);
        play.storeFails();
        assertThat(play.written().attempt())
                .as("nobody knows what became of it")
                .isEqualTo(open.attempt());
    }

    @Test
    void anUnknownOutcomeKeepsTheAttemptOpen() {
        Play play = sending().refreshed(new RefreshVerdict.Transient(true, null, "reset"));
        assertThat(play.written().attempt()).isEqualTo(new Attempt(LATER.time(), 1));
        SessionState open = play.written();
        play.wrote(true);
        // A later failure that certainly did not rotate says nothing about the first.
        Play again = new Play(RefreshFlow.past(Held.inStore(open), 1, open.backoff())).loaded(open);
        again.wrote(true).refreshed(new RefreshVerdict.Transient(false, null, "401 page"));
        assertThat(again.written().attempt()).isEqualTo(new Attempt(LATER.time(), 1));
    }

    @Test
    void anAnswerWithoutARefreshTokenLeavesTheSuccessorUnknown() {
        Grant half = new Grant(Given.DID, Given.token("access-b"), null, Profile.read(dev.atp4j.data.LexMap.empty()));
        Play play = sending().refreshed(new RefreshVerdict.Rotated(half));
        assertThat(jti(play.written())).isEqualTo("a");
        assertThat(play.written().current().accessJwt()).isEqualTo(half.accessJwt());
        assertThat(play.written().generation()).isGreaterThan(1);
        assertThat(play.written().attempt()).isEqualTo(new Attempt(LATER.time(), 1));
        play.wrote(true);
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
    }

    @Test
    void aServerThatTheAnswerNamesIsRemembered() {
        URI pds = URI.create("https://pds.example.com");
        Play play = sending();
        play.on(new Event.Refreshed(new RefreshVerdict.Rotated(Given.grant("b")), pds));
        assertThat(play.written().pds()).isEqualTo(pds);
    }

    @Test
    void ancestorsPastTheirGraceAreForgotten() {
        SessionState old = rotated(a, "b", "c");
        SessionState next =
                Held.inStore(old).rotated(Given.grant("d"), null, new Now(NOW.plus(Duration.ofMinutes(134)), 0));
        assertThat(next.ancestors()).extracting(x -> jti(x.refreshJwt())).containsExactly("a", "b", "c");
        next = Held.inStore(old).rotated(Given.grant("d"), null, new Now(NOW.plus(Duration.ofMinutes(136)), 0));
        assertThat(next.ancestors()).extracting(x -> jti(x.refreshJwt())).containsExactly("c");
    }

    @Test
    void ancestorsAreNotKeptWithoutEnd() {
        SessionState state = a;
        for (int i = 0; i < 200; i++) {
            state = rotated(state, "t" + i);
        }
        assertThat(state.ancestors()).hasSize(64);
        assertThat(jti(state.ancestors().get(63).refreshJwt())).isEqualTo("t198");
    }

    @Test
    void aFailureThatCouldNotBeWrittenDownIsRememberedHere() {
        var weather = new RefreshVerdict.Transient(true, null, "reset");
        assertThat(sending().refreshed(weather).wrote(true).held().saved()).isTrue();
        for (Play play : new Play[] {
            sending().refreshed(weather).wrote(false),
            sending().refreshed(weather).storeFails()
        }) {
            assertThat(play.outcome()).isInstanceOf(Outcome.Later.class);
            assertThat(play.held().saved()).isFalse();
            assertThat(play.held().state().backoff().failures()).isEqualTo(1);
            assertThat(play.held().state().attempt()).isEqualTo(new Attempt(LATER.time(), 1));
        }
    }

    @Test
    void aLoginOfATakenDownAccountIsNeverRefreshed() {
        SessionState takenDown = SessionState.opened(
                        Given.KEY,
                        Given.SERVICE,
                        null,
                        a.profile(),
                        new Tokens(1, Given.scoped("com.atproto.takendown"), Given.token("a"), NOW))
                .asVersion(1);
        assertThat(play(Held.inStore(takenDown)).loaded(takenDown).outcome()).isEqualTo(new Outcome.NotRefreshable());
        assertThat(takenDown.everythingToDelete())
                .as("the server keeps nothing of it")
                .isEmpty();
        SessionState appPassword = SessionState.opened(
                        Given.KEY,
                        Given.SERVICE,
                        null,
                        a.profile(),
                        new Tokens(1, Given.scoped("com.atproto.appPass"), Given.token("a"), NOW))
                .asVersion(1);
        assertThat(appPassword.current().scope()).isEqualTo("com.atproto.appPass");
        assertThat(appPassword.current().refreshJti()).isEqualTo("a");
        assertThat(play(Held.inStore(appPassword)).loaded(appPassword).written().attempt())
                .isNotNull();
    }

    @Test
    void aResultThatMeetsAStoreThatFailsIsUsedUnsaved() {
        Play play = sending().granted("b").wrote(false).storeFails();
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(jti(play.held().state())).isEqualTo("b");
        assertThat(play.held().saved()).isFalse();
    }

    @Test
    void aResultIsWrittenFiveTimesAtTheMost() {
        Play play = sending().granted("b");
        int writes = 0;
        for (; play.step.effect() instanceof Effect.Write; writes++) {
            play.wrote(false).loaded(a.asVersion(20 + writes));
        }
        assertThat(writes).isEqualTo(5);
    }

    @Test
    void aDeathIsWrittenSixTimesAtTheMost() {
        Play play = sending().refreshed(revoked);
        int writes = 0;
        for (; play.step.effect() instanceof Effect.Read; writes++) {
            play.loaded(a.asVersion(20 + writes)).wrote(false);
        }
        assertThat(writes).isEqualTo(6);
        assertThat(play.outcome()).isInstanceOf(Outcome.Later.class);
        assertThat(play.held().state().active()).isTrue();
    }

    @Test
    void anAncestorIsLetGoAtTheEndOfItsGrace() {
        var ancestor = new Ancestor(Given.token("a"), NOW);
        assertThat(ancestor.inGrace(NOW.plus(Duration.ofMinutes(135)).minusMillis(1)))
                .isTrue();
        assertThat(ancestor.inGrace(NOW.plus(Duration.ofMinutes(135)))).isFalse();
    }
}
