// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static dev.atp4j.session.kernel.Given.LATER;
import static dev.atp4j.session.kernel.Given.active;
import static dev.atp4j.session.kernel.Given.jti;
import static dev.atp4j.session.kernel.Given.pending;
import static dev.atp4j.session.kernel.Given.rotated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.session.kernel.Given.Play;
import dev.atp4j.session.store.EndReason;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Putting a session into the store, event by event. */
class OpenFlowTest {

    private final SessionState login = active("x");

    @Test
    void aFirstLoginIsTheFirstVersion() {
        Play play = new Play(OpenFlow.login(login)).loaded(null);
        assertThat(play.written().version()).isEqualTo(1);
        assertThat(play.written().generation()).isEqualTo(1);
        assertThat(play.written().attempt()).isNull();
        play.wrote(true);
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(play.held().saved()).isTrue();
        assertThat(play.notices).containsExactly(new Notice.Updated());
    }

    @Test
    void aLoginReplacesWhatIsStoredAndHasItDeleted() {
        SessionState old = rotated(active("a"), "b").asVersion(7);
        Play play = new Play(OpenFlow.login(login)).loaded(old);
        assertThat(jti(play.written())).isEqualTo("x");
        assertThat(play.written().version()).isEqualTo(8);
        assertThat(play.written().generation())
                .as("higher than every earlier one")
                .isEqualTo(8);
        assertThat(pending(play.written())).containsExactly("a", "b");
        assertThat(play.written().ancestors()).isEmpty();
    }

    @Test
    void whatALoginElsewhereReplacesIsDeletedWhereItWasOpened() {
        URI elsewhere = URI.create("https://elsewhere.example.com");
        SessionState opened = SessionState.opened(login.key(), elsewhere, null, login.profile(), login.current());
        Play play = new Play(OpenFlow.login(opened))
                .loaded(active("a").asVersion(7))
                .wrote(true);
        Play deletes =
                new Play(LogoutFlow.unfinished(play.held())).loaded(play.held().state());
        assertThat(deletes.step.effect()).isEqualTo(new Effect.Delete(Given.SERVICE, Given.token("a")));
    }

    @Test
    void aLoginReplacesATombstoneAndTakesOverItsDeletes() {
        SessionState tombstone = rotated(active("a"), "b").loggedOut().asVersion(7);
        Play play = new Play(OpenFlow.login(login)).loaded(tombstone);
        assertThat(play.written().active()).isTrue();
        assertThat(play.written().reason()).isNull();
        assertThat(pending(play.written())).containsExactly("a", "b");
    }

    @Test
    void aCopyGivesWayToAStoredSession() {
        SessionState stored = rotated(active("x"), "y").asVersion(7);
        Play play = new Play(OpenFlow.copy(login)).loaded(stored);
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(play.held()).isEqualTo(Held.inStore(stored));
        assertThat(play.notices).isEmpty();
    }

    @Test
    void aCopyIsPutIntoAnEmptyStore() {
        Play play = new Play(OpenFlow.copy(login)).loaded(null).wrote(true);
        assertThat(jti(play.held().state())).isEqualTo("x");
        assertThat(play.notices).isEmpty();
    }

    @Test
    void aCopyOverADeadSessionIsToBeAskedAboutFirst() {
        SessionState dead = active("x").dead(EndReason.REVOKED).asVersion(3);
        Play play = new Play(OpenFlow.copy(login)).loaded(dead);
        assertThat(play.written().attempt()).isEqualTo(new Attempt(LATER.time(), 0));
        assertThat(play.written().version()).isEqualTo(4);
    }

    @Test
    void aCopyOfWhatIsToBeDeletedIsNotDeleted() {
        SessionState tombstone = active("x").loggedOut().asVersion(3);
        Play play = new Play(OpenFlow.copy(login)).loaded(tombstone);
        assertThat(pending(play.written())).isEmpty();
    }

    @Test
    void aStoreThatFailsOrNeverTakesItIsReported() {
        Play down = new Play(OpenFlow.login(login)).storeFails();
        assertThat(down.outcome()).isInstanceOf(Outcome.Later.class);
        Play full = new Play(OpenFlow.login(login))
                .loaded(null)
                .storeFails()
                .loaded(null)
                .storeFails()
                .loaded(null);
        assertThat(full.outcome()).isInstanceOf(Outcome.Later.class);
        assertThat(full.held().saved()).isFalse();
        Play busy = new Play(OpenFlow.login(login));
        for (int i = 0; i < 6; i++) {
            busy.loaded(null).wrote(false);
        }
        assertThat(busy.outcome()).isInstanceOf(Outcome.Later.class);
    }

    @Test
    void aWriteThatFailedAfterItWasDoneIsFoundInTheStore() {
        Play play = new Play(OpenFlow.login(login)).loaded(null);
        SessionState written = play.written();
        play.storeFails().loaded(rotated(written, "y"));
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(jti(play.held().state()))
                .as("a sibling refreshed it meanwhile")
                .isEqualTo("y");
        assertThat(play.held().saved()).isTrue();
    }

    @Test
    void aWriteThatFailedBeforeItWasDoneIsDoneAgain() {
        SessionState old = active("a").asVersion(7);
        Play play = new Play(OpenFlow.login(login)).loaded(old).storeFails().loaded(old);
        assertThat(play.written().version()).isEqualTo(8);
        play.wrote(true);
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
    }

    @Test
    void whatMayBeStoredOrNotIsNotCalledEither() {
        Play play = new Play(OpenFlow.login(login)).loaded(null).storeFails().storeFails();
        assertThat(play.outcome()).isInstanceOf(Outcome.Unsure.class);
    }

    @Test
    void aLoginGivesWayToOneThatWasMadeLaterAndIsStoredAlready() {
        SessionState later = rotated(Given.login("y"), "z").asVersion(7);
        Play play = new Play(OpenFlow.login(issued(Given.NOW.minusSeconds(1)))).loaded(later);
        assertThat(jti(play.written())).isEqualTo("z");
        assertThat(play.written().version()).isEqualTo(8);
        assertThat(pending(play.written())).as("nobody will use it").containsExactly("x");
        SessionState written = play.written();
        play.storeFails().loaded(written);
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(play.held()).isEqualTo(Held.inStore(written));
    }

    @Test
    void aLoginGivesWayToNothingThatTheServerIssuedBefore() {
        SessionState wrongClock = Given.login("y").asVersion(7);
        SessionState opened = issued(Given.NOW.plusSeconds(5));
        assertThat(wrongClock.openedAt()).isAfter(opened.openedAt());
        Play play = new Play(OpenFlow.login(opened)).loaded(wrongClock);
        assertThat(jti(play.written())).isEqualTo("x");
        assertThat(pending(play.written())).containsExactly("y");
    }

    @Test
    void ofTwoLoginsThatTheServerIssuedInOneSecondNoneWasCertainlyLaterAndTheOneAtHandStays() {
        SessionState stored = Given.login("y").asVersion(7);
        Play play = new Play(OpenFlow.login(login)).loaded(stored);
        assertThat(stored.openedAt())
                .as("servers tell whole seconds, so the rest of it is how long an answer took")
                .isAfter(login.openedAt());
        assertThat(jti(play.written())).isEqualTo("x");
        assertThat(pending(play.written())).containsExactly("y");
    }

    /** A login whose token the server issued at a certain time. */
    private SessionState issued(Instant when) {
        var tokens = new Tokens(1, Given.token("access-x"), Given.token("x", when), Given.NOW);
        return SessionState.opened(Given.KEY, Given.SERVICE, null, login.profile(), tokens);
    }
}
