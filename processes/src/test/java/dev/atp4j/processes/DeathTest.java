// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import dev.atp4j.pds.Journal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that are killed at the worst points. */
@Timeout(300)
@ExtendWith(GroundExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class DeathTest {

    private static final String REFRESH = "com.atproto.server.refreshSession";

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
