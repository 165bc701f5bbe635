// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Processes whose tokens run out at the same moment. */
@Timeout(300)
@ExtendWith(GroundExtension.class)
class HerdTest {

    private static final int GENERATIONS = 3;

    static Stream<Arguments> crowds() {
        return Stream.of(Kind.values()).flatMap(kind -> Stream.of(2, 8, 32).map(count -> Arguments.of(kind, count)));
    }

    @ParameterizedTest
    @MethodSource("crowds")
    void processesWhoseTokensRunOutTogetherRefreshOnceAndAreAllServed(Kind kind, int count, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            List<Member> members = crowd.join(count);
            Herd.Result result = Herd.on(crowd, members, GENERATIONS, Duration.ofMillis(100));
            assertThat(result.errors()).isEmpty();
            assertThat(result.tally()).isEqualTo(new Tally(GENERATIONS, GENERATIONS, 0));
            assertThat(members)
                    .allSatisfy(member -> assertThat(member.report())
                            .containsEntry("updateFailed", "0")
                            .containsEntry("storeFailed", "0")
                            .containsEntry("deleted", "0"));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void processesThatRefreshAheadOfTimeDoItOnceForAll(Kind kind, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            List<Member> members =
                    Stream.generate(() -> crowd.join("--proactive")).limit(4).toList();
            assertThat(Crowd.ask(members, "call")).containsOnly(Optional.of("ok 200"));
            crowd.pass(Duration.ofMinutes(115));
            assertThat(Crowd.ask(members, "call")).containsOnly(Optional.of("ok 200"));
            crowd.pass(Duration.ofMinutes(6));
            assertThat(Crowd.ask(members, "call")).containsOnly(Optional.of("ok 200"));
            assertThat(crowd.tally()).isEqualTo(new Tally(1, 1, 0));
        }
    }
}
