// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import dev.atp4j.pds.Journal;
import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that are killed at the worst points. */
@Timeout(300)
@ExtendWith(GroundExtension.class)
class DeathTest {

    private static final String REFRESH = "com.atproto.server.refreshSession";

    /** A holder that dies is replaced within this time. */
    private static final Duration SUCCESSION = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario(18)
    void whatAProcessGotAndCouldNotWriteIsRecoveredByTheNextOneAtOnce(Kind kind, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            Member first = crowd.join();
            first.ask("stop before 2"); // the first write says that a refresh is attempted, the second what came of it
            first.tell("refresh");
            first.awaitStop();
            crowd.kill(first);
            assertThat(crowd.stored().attempt()).isNotNull();

            Member next = crowd.join();
            assertThat(next.ask("resume")).isEqualTo("ok resume");
            assertThat(crowd.tally()).isEqualTo(new Tally(2, 1, 0));
            assertThat(crowd.stored().attempt()).isNull();
            assertThat(next.ask("call")).isEqualTo("ok 200");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario({16, 18})
    void anAnswerThatOnlyADeadProcessWaitedForIsRecoveredHoursAfterTheTokensRanOut(Kind kind, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            Member first = crowd.join();
            Member other = crowd.join();
            assertThat(other.ask("call")).isEqualTo("ok 200");
            crowd.pass(Duration.ofHours(3));
            var gate = new Gate();
            crowd.pds().faults().add(Fault.on(REFRESH).holdAfterProcessing(gate));
            first.tell("call");
            gate.awaitArrivals(1);
            crowd.kill(first);
            gate.open();
            crowd.pass(Duration.ofMinutes(110));
            assertThat(other.ask("call")).isEqualTo("ok 200");
            assertThat(crowd.tally()).isEqualTo(new Tally(2, 1, 0));
        }
    }

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

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario(34)
    void aDeathIsAnnouncedOnceOverAllProcesses(Kind kind, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            List<Member> members = crowd.join(4);
            assertThat(Crowd.ask(members, "call"))
                    .allMatch(answer -> answer.orElseThrow().equals("ok 200"));
            crowd.pds().accounts().resetPassword(crowd.account().did(), "another-password");
            crowd.pass(Duration.ofHours(3));
            var answers = new HashSet<String>();
            Crowd.ask(members, "call").forEach(answer -> answers.add(answer.orElseThrow()));
            assertThat(answers).containsExactly("failed over REVOKED");
            assertThat(members.stream()
                            .mapToInt(member -> Integer.parseInt(member.report().get("deleted")))
                            .sum())
                    .isEqualTo(1);
            assertThat(crowd.pds().journal().entries(REFRESH))
                    .extracting(Journal.Entry::status)
                    .containsExactly(400);
        }
    }
}
