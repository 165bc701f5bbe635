// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.pds.Fault;
import dev.atp4j.session.kernel.Status;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logouts that outlive the process that began them. */
@Timeout(300)
@ExtendWith(GroundExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class LogoutTest {

    private static final String DELETE = "com.atproto.server.deleteSession";

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario(37)
    void aLogoutWhoseProcessWasKilledIsFinishedByAnotherOne(Kind kind, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            logOutWhileTheServerIsDown(crowd);
            Member next = crowd.join();
            assertThat(next.ask("retry")).startsWith("ok");
            assertFinished(crowd, next);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario(37)
    void aLogoutThatNobodyLookedAfterForMonthsIsStillFinished(Kind kind, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            logOutWhileTheServerIsDown(crowd);
            crowd.pass(Duration.ofDays(70));
            assertThat(crowd.pds().accounts().refreshTokens(crowd.account().did()))
                    .isNotEmpty();
            Member next = crowd.join();
            crowd.pass(Duration.ofHours(1)); // nobody asks for it; whoever runs looks after it
            assertFinished(crowd, next);
        }
    }

    private static void logOutWhileTheServerIsDown(Crowd crowd) {
        Member member = crowd.join();
        assertThat(member.ask("refresh")).isEqualTo("ok refresh");
        crowd.pds().faults().add(Fault.on(DELETE).always().resetBeforeProcessing());
        assertThat(member.ask("logout")).startsWith("failed LogoutUnconfirmedException");
        assertThat(member.ask("call")).isEqualTo("failed over LOGGED_OUT");
        crowd.kill(member);
        crowd.pds().faults().clear();
        assertThat(crowd.stored().status()).isEqualTo(Status.LOGGED_OUT);
        assertThat(crowd.stored().pendingDeletes()).isNotEmpty();
        assertThat(crowd.pds().accounts().refreshTokens(crowd.account().did())).hasSize(2);
    }

    private static void assertFinished(Crowd crowd, Member next) {
        Eventually.become(
                "the logout is confirmed and written down",
                () -> crowd.stored().pendingDeletes().isEmpty());
        assertThat(crowd.pds().accounts().refreshTokens(crowd.account().did())).isEmpty();
        assertThat(next.ask("call")).isEqualTo("failed over LOGGED_OUT");
        assertThat(crowd.tally().refused()).isZero();
    }
}
