// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How soon others go on when the one dies whom they wait for. */
@Timeout(300)
@ExtendWith(GroundExtension.class)
class SuccessionTest {

    /** A holder that dies is replaced within this time. */
    private static final Duration SUCCESSION = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario(19)
    void whereverAHolderDiesItsRecordIsWholeAndAnotherTakesItsPlaceWithinTenSeconds(Kind kind, Ground ground) {
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
            assertThat(Duration.ofNanos(Time.system().nanos() - death)).isLessThan(SUCCESSION);
            for (Crowd crowd : crowds) {
                assertThat(crowd.tally().refused()).isZero();
                assertThat(crowd.tally().generations()).isEqualTo(1);
                assertThat(crowd.tally().refreshes()).isBetween(1, 2);
            }
        } finally {
            crowds.forEach(Crowd::close);
        }
    }
}
