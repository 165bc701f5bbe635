// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static dev.atp4j.session.kernel.Given.active;
import static dev.atp4j.session.kernel.Given.jti;
import static dev.atp4j.session.kernel.Given.rotated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexMap;
import dev.atp4j.session.kernel.Given.Play;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Writing down what the store does not know, event by event. */
class SaveFlowTest {

    private final SessionState a = active("a");
    private final SessionState b = a.rotated(Given.grant("b"), null, Given.NOW);

    @Test
    void tokensThatOnlyMemoryHoldsAreWritten() {
        Play play = new Play(SaveFlow.of(Held.onlyHere(b))).loaded(a);
        assertThat(jti(play.written())).isEqualTo("b");
        assertThat(play.written().version()).isEqualTo(2);
        play.wrote(true);
        assertThat(play.held().saved()).isTrue();
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(play.notices).isEmpty();
    }

    @Test
    void aStoreThatGotFurtherIsAdopted() {
        SessionState c = rotated(b.asVersion(2), "c");
        Play play = new Play(SaveFlow.of(Held.onlyHere(b))).loaded(c);
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
        assertThat(play.held()).isEqualTo(Held.inStore(c));
        assertThat(play.notices).containsExactly(new Notice.Updated());
    }

    @Test
    void aTombstoneIsRespected() {
        SessionState tombstone = b.loggedOut().asVersion(9);
        Play play = new Play(SaveFlow.of(Held.onlyHere(b))).loaded(tombstone);
        assertThat(play.outcome()).isEqualTo(new Outcome.Over());
    }

    @Test
    void aStoreThatIsStillDownIsTriedAgain() {
        Play play = new Play(SaveFlow.of(Held.onlyHere(b))).storeFails();
        assertThat(play.outcome()).isEqualTo(new Outcome.Later(SaveFlow.RETRY, "down"));
        assertThat(play.held().saved()).isFalse();
        assertThat(jti(play.held().state())).isEqualTo("b");
    }

    @Test
    void whatWasLearnedIsAddedToWhatTheStoreHolds() {
        URI pds = URI.create("https://pds.example.com");
        Profile learned = Profile.read(LexMap.builder().put("email", "a@b.c").build());
        SessionState stored = rotated(a, "b");
        Play play = new Play(SaveFlow.amending(Held.inStore(a), learned, pds)).loaded(stored);
        assertThat(jti(play.written())).isEqualTo("b");
        assertThat(play.written().pds()).isEqualTo(pds);
        assertThat(play.written().profile().email()).isEqualTo("a@b.c");
    }

    @Test
    void whatIsKnownAlreadyIsNotWritten() {
        Profile nothing = Profile.read(LexMap.empty());
        Play play = new Play(SaveFlow.amending(Held.inStore(a), nothing, null)).loaded(a);
        assertThat(play.outcome()).isEqualTo(new Outcome.Current());
    }

    @Test
    void aRaceIsRunAgainAndNotForEver() {
        Play play = new Play(SaveFlow.of(Held.onlyHere(b)));
        for (int i = 0; i < 6; i++) {
            play.loaded(a.asVersion(i + 1)).wrote(false);
        }
        assertThat(play.outcome()).isInstanceOf(Outcome.Later.class);
    }
}
