// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static dev.atp4j.session.kernel.Given.LATER;
import static dev.atp4j.session.kernel.Given.SERVICE;
import static dev.atp4j.session.kernel.Given.active;
import static dev.atp4j.session.kernel.Given.grant;
import static dev.atp4j.session.kernel.Given.jti;
import static dev.atp4j.session.kernel.Given.pending;
import static dev.atp4j.session.kernel.Given.rotated;
import static dev.atp4j.session.kernel.Given.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.Secret;
import dev.atp4j.session.kernel.Given.Play;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.syntax.Did;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One login that a session makes by itself, event by event. */
class HealFlowTest {

    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final Duration LONG = Duration.ofDays(1);
    private static final URI ELSEWHERE = URI.create("https://elsewhere.example.com");
    private static final HealFlow.Terms TERMS = terms("password");

    private final SessionState a = active("a");
    private final Outcome.Dying death = new Outcome.Dying(EndReason.REVOKED, token("a"));

    private static HealFlow.Terms terms(@Nullable String password) {
        return password == null
                ? new HealFlow.Terms(null, "", "nobody knows it", true, PAUSE, LONG)
                : new HealFlow.Terms(
                        Secret.of(password), Integer.toHexString(password.hashCode()), "", true, PAUSE, LONG);
    }

    private Play play() {
        return new Play(HealFlow.of(Held.inStore(a), death, TERMS));
    }

    /** Plays until the login is about to be sent. */
    private Play sending() {
        return play().loaded(a).wrote(true);
    }

    private static Play answered(Play play, LoginVerdict verdict) {
        play.expect(Effect.Login.class);
        return play.on(new Event.LoggedIn(verdict, SERVICE, null, "bad weather"));
    }

    private static Play granted(Play play) {
        return answered(play, new LoginVerdict.Granted(grant("x")));
    }

    private static Duration pause(SessionState state) {
        return state.healing().remaining(LATER.time());
    }

    @Test
    void theLoginIsWrittenDownFirstAndItsResultBeforeItIsUsed() {
        Play play = play().loaded(a);
        assertThat(play.written().healing().open()).isTrue();
        assertThat(play.written().healing().toString()).doesNotContain("password");
        assertThat(play.written().active()).as("not buried").isTrue();
        play.wrote(true);
        assertThat(play.expect(Effect.Login.class).service()).isEqualTo(SERVICE);
        assertThat(play.expect(Effect.Login.class).did()).isEqualTo(Given.DID);
        granted(play);
        assertThat(jti(play.written())).isEqualTo("x");
        assertThat(play.written().current().generation()).isGreaterThan(a.generation());
        assertThat(jti(play.held().state())).as("not used yet").isEqualTo("a");
        play.wrote(true);
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(jti(play.held().state())).isEqualTo("x");
        assertThat(play.held().saved()).isTrue();
        assertThat(play.notices).containsExactly(new Notice.Updated());
        assertThat(play.held().state().healing().open()).isFalse();
        assertThat(pause(play.held().state())).isEqualTo(PAUSE);
    }

    @Test
    void whatASiblingBroughtBackIsAdopted() {
        SessionState healed = active("y").asVersion(9);
        assertThat(play().loaded(healed).outcome()).isEqualTo(new Outcome.Current());
        SessionState buried = a.dead(EndReason.REVOKED).asVersion(3);
        var late = new Play(HealFlow.of(Held.inStore(buried), null, TERMS));
        late.loaded(healed);
        assertThat(jti(late.held().state())).isEqualTo("y");
        assertThat(late.notices).containsExactly(new Notice.Updated());
    }

    @Test
    void whatALoginDoesNotCureIsLeftAlone() {
        for (SessionState over : List.of(
                a.loggedOut().asVersion(5),
                a.dead(EndReason.ACCOUNT_TAKEN_DOWN).asVersion(5),
                a.dead(EndReason.ACCOUNT_DELETED).asVersion(5))) {
            Play play = play().loaded(over);
            assertThat(play.outcome()).isEqualTo(new Outcome.Over());
            assertThat(play.notices).isEmpty();
        }
    }

    @Test
    void whoFindsALoginUnderWayWaitsForIt() {
        SessionState marked = play().loaded(a).written();
        assertThat(play().loaded(marked).outcome()).isInstanceOf(Outcome.Later.class);

        Play late = play();
        late.on(new Event.Loaded(marked), new Now(LATER.time().plusSeconds(61), 0));
        assertThat(late.written().reason()).as("whoever began it is gone").isEqualTo(EndReason.REVOKED);
        late.wrote(true);
        assertThat(late.notices)
                .containsExactly(
                        new Notice.HealFailed("a login was begun and not finished"),
                        new Notice.Deleted(EndReason.REVOKED));

        Play next = play();
        next.on(new Event.Loaded(marked), new Now(LATER.time().plus(PAUSE), 0));
        assertThat(next.written().healing().open()).isTrue();
    }

    @Test
    void otherCredentialsNeedNotWait() {
        SessionState refused =
                answered(sending(), new LoginVerdict.BadCredentials("")).written();
        Play same = new Play(HealFlow.of(Held.inStore(refused), null, TERMS));
        assertThat(same.loaded(refused).outcome()).isEqualTo(new Outcome.Over());
        Play other = new Play(HealFlow.of(Held.inStore(refused), null, terms("another")));
        assertThat(other.loaded(refused).wrote(true).expect(Effect.Login.class).password())
                .isEqualTo(Secret.of("another"));
    }

    @Test
    void whatTheServiceRefusesIsNotAskedForAgainSoonAndWeatherIs() {
        assertThat(pause(
                        answered(sending(), new LoginVerdict.BadCredentials("")).written()))
                .isEqualTo(LONG);
        assertThat(pause(answered(sending(), new LoginVerdict.AuthFactorRequired("", false))
                        .written()))
                .isEqualTo(LONG);
        assertThat(pause(answered(sending(), new LoginVerdict.TakenDown("")).written()))
                .isEqualTo(LONG);
        assertThat(pause(answered(sending(), new LoginVerdict.Other()).written()))
                .isEqualTo(PAUSE);
        assertThat(pause(answered(sending(), new LoginVerdict.RateLimited(null)).written()))
                .isEqualTo(PAUSE);
        assertThat(pause(answered(sending(), new LoginVerdict.RateLimited(Duration.ofHours(2)))
                        .written()))
                .isEqualTo(Duration.ofHours(2));
    }

    @Test
    void aDeathIsToldOfOnceAndEveryFailureIs() {
        Play first = answered(sending(), new LoginVerdict.Other()).wrote(true);
        assertThat(first.outcome()).isEqualTo(new Outcome.Over());
        assertThat(first.notices)
                .containsExactly(new Notice.HealFailed("bad weather"), new Notice.Deleted(EndReason.REVOKED));
        SessionState buried = first.held().state();
        Play second = new Play(HealFlow.of(Held.inStore(buried), null, TERMS));
        second.on(new Event.Loaded(buried), new Now(LATER.time().plus(PAUSE), 0))
                .wrote(true);
        answered(second, new LoginVerdict.Other()).wrote(true);
        assertThat(second.notices).containsExactly(new Notice.HealFailed("bad weather"));
    }

    @Test
    void aMissingPasswordBuriesWithoutALogin() {
        var play = new Play(HealFlow.of(Held.inStore(a), death, terms(null)));
        play.loaded(a).wrote(true);
        assertThat(play.notices)
                .containsExactly(new Notice.HealFailed("nobody knows it"), new Notice.Deleted(EndReason.REVOKED));
        assertThat(pause(play.held().state())).isEqualTo(LONG);
    }

    @Test
    void aStoreThatFailsMeansNoLogin() {
        assertThat(play().storeFails().outcome()).isInstanceOf(Outcome.Later.class);
        Play marking = play().loaded(a).storeFails();
        assertThat(marking.outcome()).isInstanceOf(Outcome.Later.class);
        assertThat(marking.held().state().active()).isTrue();
    }

    @Test
    void tokensThatCanNotBeWrittenAreUsedNevertheless() {
        Play play = granted(sending()).storeFails();
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(play.held().saved()).isFalse();
        assertThat(jti(play.held().state())).isEqualTo("x");
        assertThat(jti(play.held().reconciledWith(a.asVersion(2)).state()))
                .as("and kept")
                .isEqualTo("x");
    }

    @Test
    void aBurialByASiblingIsUndone() {
        Play play = granted(sending()).wrote(false);
        play.loaded(a.dead(EndReason.REVOKED).asVersion(7));
        assertThat(play.written().version()).isEqualTo(8);
        assertThat(jti(play.wrote(true).held().state())).isEqualTo("x");
    }

    @Test
    void aLogoutOrALoginInBetweenWinsAndTheNewSessionIsEnded() {
        Play out = granted(sending()).wrote(false).loaded(a.loggedOut().asVersion(7));
        assertThat(pending(out.written())).containsExactly("a", "x");
        assertThat(out.wrote(true).outcome()).isEqualTo(new Outcome.Over());

        Play in = granted(sending()).wrote(false).loaded(active("y").asVersion(7));
        assertThat(pending(in.written())).containsExactly("x");
        in.wrote(false).loaded(rotated(active("y").asVersion(7), "z"));
        assertThat(pending(in.written())).containsExactly("x");
        in.wrote(true);
        assertThat(jti(in.held().state())).isEqualTo("z");
        assertThat(in.notices).containsExactly(new Notice.Updated());
    }

    @Test
    void anAccountThatMovedIsLoggedInWhereItLivesAndNoOldTokenGoesThere() {
        SessionState moved = a.pending(List.of(new PendingDelete(SERVICE, token("old"), false)));
        var dying = new Outcome.Dying(EndReason.ACCOUNT_MOVED, token("a"));
        var play = new Play(HealFlow.of(Held.inStore(moved), dying, TERMS));
        play.loaded(moved).wrote(true);
        assertThat(play.expect(Effect.Login.class).service()).isNull();
        play.on(new Event.LoggedIn(new LoginVerdict.Granted(grant("x")), ELSEWHERE, null, ""));
        assertThat(play.written().service()).isEqualTo(ELSEWHERE);
        assertThat(play.written().pendingDeletes()).containsExactly(new PendingDelete(SERVICE, token("old"), false));

        play.wrote(false).loaded(active("y").asVersion(7));
        assertThat(play.written().pendingDeletes()).containsExactly(new PendingDelete(ELSEWHERE, token("x"), false));
        play.wrote(true);
        assertThat(jti(play.held().state())).isEqualTo("y");
    }

    @Test
    void tokensOfAnotherAccountAreEndedAndNotUsed() {
        var theirs = new Grant(
                Did.parse("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb"),
                token("access"),
                token("b"),
                grant("b").profile());
        Play play = answered(sending(), new LoginVerdict.Granted(theirs));
        assertThat(play.expect(Effect.Delete.class)).isEqualTo(new Effect.Delete(SERVICE, token("b")));
        play.deleted(false).wrote(true);
        assertThat(play.outcome()).isEqualTo(new Outcome.Over());
        assertThat(pause(play.held().state())).isEqualTo(LONG);
    }

    @Test
    void aClockThatWasWrongBlocksNothingForLong() {
        SessionState marked = play().loaded(a).written();
        Play play = play();
        play.on(new Event.Loaded(marked), new Now(LATER.time().minus(Duration.ofDays(3)), 0));
        assertThat(play.written().healing().open()).isTrue();
        assertThat(play.written().healing().since()).isBefore(LATER.time());
    }

    @Test
    void aRefreshLeavesADeathThatALoginCuresToTheHealing() {
        var play = new Play(RefreshFlow.healing(Held.inStore(a), 1, null));
        play.loaded(a).wrote(true).refreshed(new RefreshVerdict.TokenDead(EndReason.REVOKED));
        assertThat(play.loaded(play.held().state()).outcome())
                .isEqualTo(new Outcome.Dying(EndReason.REVOKED, token("a")));
        assertThat(play.notices).isEmpty();

        var takenDown = new Play(RefreshFlow.healing(Held.inStore(a), 1, null));
        takenDown.loaded(a).wrote(true).refreshed(new RefreshVerdict.TakenDown());
        assertThat(takenDown.loaded(takenDown.held().state()).written().reason())
                .isEqualTo(EndReason.ACCOUNT_TAKEN_DOWN);
    }

    @Test
    void aDeadTokenThatOnlyThisProcessHoldsIsAheadOfNoBurial() {
        SessionState buried = a.dead(EndReason.REVOKED).asVersion(7);
        Play play = new Play(HealFlow.of(Held.onlyHere(a), death, TERMS)).loaded(buried);
        assertThat(play.written().status()).as("marked where it lies").isEqualTo(Status.DEAD);
        assertThat(play.written().version()).isEqualTo(8);
    }

    @Test
    void aTokenThatIsNotTheDeadOneIsAheadOfABurial() {
        SessionState b = a.rotated(grant("b"), null, LATER.time());
        Play play = new Play(HealFlow.of(Held.onlyHere(b), death, TERMS))
                .loaded(a.dead(EndReason.REVOKED).asVersion(7));
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(jti(play.held().state())).isEqualTo("b");
    }

    @Test
    void aDeadTokenThatTheStoreMissedIsStillTheOneToCure() {
        SessionState b = a.rotated(grant("b"), null, LATER.time());
        var dying = new Outcome.Dying(EndReason.REVOKED, token("b"));
        Play older = new Play(HealFlow.of(Held.onlyHere(b), dying, TERMS)).loaded(a.asVersion(4));
        assertThat(jti(older.written())).isEqualTo("b");
        Play lost = new Play(HealFlow.of(Held.onlyHere(b), dying, TERMS)).loaded(null);
        assertThat(jti(lost.written())).isEqualTo("b");
        assertThat(lost.written().version()).isEqualTo(1);
    }

    @Test
    void aFailureOfLongAgoIsToldWithItsOwnReasonAndNoLoginIsLeftHalfway() {
        SessionState refused =
                a.withHealing(new Healing(LATER.time(), LONG, TERMS.mark(), false, "the password is wrong"));
        assertThat(play().loaded(refused).written().healing().why()).isEqualTo("the password is wrong");
        SessionState worked = a.withHealing(new Healing(LATER.time(), PAUSE, TERMS.mark(), false, ""));
        assertThat(play().loaded(worked).written().healing().why())
                .isEqualTo("it did so only lately, and is over again");
    }

    @Test
    void whoLosesTheRaceForTheLoginLooksAgainAndNotForEver() {
        Play play = play().loaded(a).wrote(false);
        assertThat(play.loaded(active("y").asVersion(9)).outcome()).isEqualTo(new Outcome.Current());
        assertThat(jti(play.held().state())).isEqualTo("y");
        Play never = play();
        for (int i = 0; i < 6; i++) {
            never.loaded(a.asVersion(10 + i)).wrote(false);
        }
        assertThat(never.outcome()).isInstanceOf(Outcome.Later.class);
        assertThat(never.held().state().active()).isTrue();
    }

    @Test
    void aServiceThatGivesNoRefreshTokenDoesNotHelp() {
        var half = new Grant(Given.DID, token("access"), null, grant("x").profile());
        Play play = answered(sending(), new LoginVerdict.Granted(half)).wrote(true);
        assertThat(play.outcome()).isEqualTo(new Outcome.Over());
        assertThat(pause(play.held().state())).isEqualTo(LONG);
    }

    @Test
    void newTokensThatTheStoreIsKeptFromTakingAreUsedNevertheless() {
        Play down = granted(sending()).wrote(false).storeFails();
        assertThat(down.outcome()).isEqualTo(new Outcome.Current());
        assertThat(jti(down.held().state())).isEqualTo("x");
        assertThat(down.held().saved()).isFalse();

        Play busy = granted(sending());
        int writes = 0;
        while (busy.step.effect() instanceof Effect.Write) {
            busy.wrote(false).loaded(a.asVersion(20 + writes++));
        }
        assertThat(writes).isEqualTo(6);
        assertThat(busy.outcome()).isEqualTo(new Outcome.Current());
        assertThat(busy.held().saved()).isFalse();
    }

    @Test
    void whoMustGiveWayAgainAndAgainDoesNotDoSoForEver() {
        Play play = granted(sending()).wrote(false);
        int writes = 0;
        for (; !(play.step.effect() instanceof Effect.Done); writes++) {
            play.loaded(active("y").asVersion(20 + writes));
            if (play.step.effect() instanceof Effect.Write) {
                play.wrote(false);
            }
        }
        assertThat(writes).isEqualTo(6);
    }

    @Test
    void aStoreThatLostTheRecordGetsTheNewSession() {
        Play play = granted(sending()).wrote(false).loaded(null);
        assertThat(jti(play.written())).isEqualTo("x");
        assertThat(play.written().version()).isEqualTo(1);
    }

    @Test
    void aSessionThatIsNotNeededIsEndedThoughThatCannotBeWrittenDown() {
        SessionState login = active("y").asVersion(7);
        Play play = granted(sending()).wrote(false).loaded(login).storeFails();
        assertThat(play.expect(Effect.Delete.class)).isEqualTo(new Effect.Delete(SERVICE, token("x")));
        play.deleted(true);
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(play.held()).isEqualTo(Held.inStore(login));
    }

    @Test
    void aBurialThatCannotBeWrittenIsNotToldOf() {
        Play down = answered(sending(), new LoginVerdict.Other()).storeFails();
        assertThat(down.outcome()).isEqualTo(new Outcome.Later(SaveFlow.RETRY, "bad weather"));
        assertThat(down.notices).containsExactly(new Notice.StoreFailed("down"));

        Play unread = answered(sending(), new LoginVerdict.Other()).wrote(false).storeFails();
        assertThat(unread.outcome()).isEqualTo(new Outcome.Later(SaveFlow.RETRY, "bad weather"));

        Play saved = answered(sending(), new LoginVerdict.Other())
                .wrote(false)
                .loaded(active("y").asVersion(9));
        assertThat(saved.outcome()).isEqualTo(new Outcome.Current());
        assertThat(jti(saved.held().state())).isEqualTo("y");

        Play again = answered(sending(), new LoginVerdict.Other()).wrote(false).loaded(a.asVersion(9));
        assertThat(again.written().status()).isEqualTo(Status.DEAD);
        assertThat(again.wrote(true).outcome()).isEqualTo(new Outcome.Over());

        Play never = answered(sending(), new LoginVerdict.Other());
        int writes = 0;
        while (never.step.effect() instanceof Effect.Write) {
            never.wrote(false);
            if (never.step.effect() instanceof Effect.Read) {
                never.loaded(a.asVersion(20 + writes));
            }
            writes++;
        }
        assertThat(writes).isEqualTo(6);
        assertThat(never.outcome()).isInstanceOf(Outcome.Later.class);
        assertThat(never.notices).isEmpty();
    }

    @Test
    void theLaterOfTwoLoginsCounts() {
        var early = new Healing(LATER.time(), PAUSE, "", false, "early");
        var late = new Healing(LATER.time().plusSeconds(1), PAUSE, "", false, "late");
        assertThat(Healing.later(early, late)).isEqualTo(late);
        assertThat(Healing.later(late, early)).isEqualTo(late);
        assertThat(Healing.later(null, early)).isEqualTo(early);
        assertThat(Healing.later(early, null)).isEqualTo(early);
        assertThat(Healing.later(null, null)).isNull();
    }

    @Test
    void aLoginOfTheNearFutureBlocksNoLongerThanOneOfNow() {
        var healing = new Healing(LATER.time(), PAUSE, "", true, "");
        assertThat(healing.remaining(LATER.time().minus(PAUSE))).isEqualTo(PAUSE);
        assertThat(healing.remaining(LATER.time().minus(PAUSE).minusSeconds(1))).isZero();
        assertThat(healing.remaining(LATER.time().minusSeconds(10))).isEqualTo(PAUSE);
        assertThat(healing.remaining(LATER.time().plusSeconds(10))).isEqualTo(PAUSE.minusSeconds(10));
        assertThat(healing.underWay(LATER.time().plusSeconds(59))).isTrue();
        assertThat(healing.underWay(LATER.time().plusSeconds(60))).isFalse();
    }

    @Test
    void theServerOfTheAccountStaysKnownIfTheNewLoginDoesNotTellIt() {
        URI pds = URI.create("https://pds.example.com");
        SessionState known = a.amended(a.profile(), pds);
        assertThat(healedAt(known, SERVICE, null).pds()).isEqualTo(pds);
        assertThat(healedAt(known, SERVICE, ELSEWHERE).pds()).isEqualTo(ELSEWHERE);
        assertThat(healedAt(known, ELSEWHERE, null).pds())
                .as("nothing is known of it there")
                .isNull();
    }

    private static SessionState healedAt(SessionState state, URI service, @Nullable URI pds) {
        return state.healed(
                grant("x"), service, pds, token("x"), new Healing(LATER.time(), PAUSE, "", false, ""), LATER.time());
    }
}
