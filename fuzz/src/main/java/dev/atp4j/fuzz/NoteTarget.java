// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.session.kernel.LoginCount;
import dev.atp4j.session.kernel.LoginLimit;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.session.store.StoredNote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Notes beside the sessions, and the count of logins in them: no note locks an account out for longer than a day beyond its own
 * windows, since a damaged one is passed over; and what was read is written and read as the same again.
 */
final class NoteTarget implements Target {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final List<LoginLimit> LIMITS =
            List.of(new LoginLimit(30, Duration.ofMinutes(5)), new LoginLimit(300, Duration.ofDays(1)));

    @Override
    public void accept(byte[] input) {
        StoredNote note;
        try {
            note = StoredNote.parse("logins", input);
        } catch (StoreException e) {
            Must.agree(e.kind(), StoreException.Kind.UNREADABLE, "what is wrong with a note");
            return;
        }
        Must.agree(StoredNote.parse("logins", note.toJson()), note, "a note that is written and read");
        LoginCount count = LoginCount.read(note.content());
        Must.agree(LoginCount.read(count.write()), count, "a count that is written and read");
        LoginCount.Turn turn = count.attempt(LIMITS, false, NOW);
        Must.hold(!turn.pause().isNegative(), "a pause is none or some time");
        int left = count.left(LIMITS, NOW);
        Must.hold(left >= 0 && left <= 30, "what is left is from none to all: " + left);
        Must.hold(count.left(LIMITS, NOW) == 0 || turn.pause().isZero(), "who has logins left may log in");
        count.notSent(NOW);
        count.merged(count, NOW);
        count.told(new LoginCount.Told(3L, Duration.ofMinutes(3), "30;w=300", null), NOW);
    }
}
