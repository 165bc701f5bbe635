// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How soon others go on when the one dies whom they wait for. */
@Timeout(300)
@ExtendWith(GroundExtension.class)
class SuccessionTest {

    /** A holder that dies is replaced within this time, if the machine has time for the processes. */
    private static final Duration SUCCESSION = Duration.ofSeconds(10);

    /**
     * How often a machine that is busy with other things may be too slow. What takes longer by design takes longer each
     * time.
     */
    private static final int TRIES = 4;

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario(19)
    void whereverAHolderDiesItsRecordIsWholeAndAnotherTakesItsPlaceWithinTenSeconds(Kind kind, Ground ground) {
        List<Duration> took = new ArrayList<>();
        do {
            took.add(succession(kind, ground));
        } while (Collections.min(took).compareTo(SUCCESSION) >= 0 && took.size() < TRIES);
        assertThat(Collections.min(took)).as("the shortest of %s", took).isLessThan(SUCCESSION);
    }

    /** Kills holders wherever they may die, and returns how long the last of their heirs had to wait. */
    private static Duration succession(Kind kind, Ground ground) {
        List<Crowd> crowds = new ArrayList<>();
        try {
            List<Member> heirs = new ArrayList<>();
            List<Member> holders = new ArrayList<>();
            for (String point : List.of("before 1", "after 1", "before 2", "after 2")) {
                Crowd crowd = ground.crowd(kind);
                crowds.add(crowd);
                Member holder = crowd.join();
                holder.ask("stop " + point);
                heirs.add(crowd.join());
                crowd.pass(Duration.ofHours(3));
                holder.tell("call");
                holder.awaitStop();
                holders.add(holder);
            }
            heirs.forEach(heir -> heir.tell("call"));
            long death = Time.system().nanos();
            for (int i = 0; i < crowds.size(); i++) {
                crowds.get(i).kill(holders.get(i));
                assertThat(crowds.get(i).stored().active()).isTrue();
            }
            for (Member heir : heirs) {
                assertThat(heir.answer()).contains("ok 200");
            }
            Duration took = Duration.ofNanos(Time.system().nanos() - death);
            for (Crowd crowd : crowds) {
                assertThat(crowd.tally().refused()).isZero();
                assertThat(crowd.tally().generations()).isEqualTo(1);
                assertThat(crowd.tally().refreshes()).isBetween(1, 2);
            }
            return took;
        } finally {
            crowds.forEach(Crowd::close);
        }
    }
}
