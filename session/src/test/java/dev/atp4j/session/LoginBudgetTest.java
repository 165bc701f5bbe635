// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.CREATE;
import static dev.atp4j.session.World.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.Secret;
import dev.atp4j.http.Headers;
import dev.atp4j.http.TransportException;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import dev.atp4j.session.LoginOutcome.BadCredentials;
import dev.atp4j.session.LoginOutcome.LoggedIn;
import dev.atp4j.session.LoginOutcome.RateLimited;
import dev.atp4j.session.store.FileSessionStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logins that are counted, before the service counts them. */
@Timeout(120)
class LoginBudgetTest {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final String REFUSED = "{\"error\":\"AuthenticationRequired\",\"message\":\"Invalid\"}";

    private static Login wrong(World world) {
        return Login.as("alice.test", Secret.of("wrong"))
                .service(world.pds.url())
                .build();
    }

    private static Sessions process(World world, LoginBudget budget) {
        return world.process().loginBudget(budget).build();
    }

    @Test
    @Scenario(52)
    void aLoginThatIsOneTooManyIsNotSentAndSaysWhenItWillWork() {
        try (World world = World.together()) {
            Sessions sessions = process(world, LoginBudget.of(2, WINDOW));
            sessions.login(world.asAlice());
            world.time.advance(Duration.ofMinutes(1));
            assertThat(sessions.tryLogin(wrong(world))).isInstanceOf(BadCredentials.class);

            var failure = catchThrowableOfType(LoginException.class, () -> sessions.login(world.asAlice()));
            assertThat(failure.outcome()).isEqualTo(new RateLimited(Duration.ofMinutes(4), true));
            assertThat(failure.retryAfter()).contains(Duration.ofMinutes(4));
            assertThat(failure.retryable()).isTrue();
            assertThat(failure).hasMessageContaining("held back").hasMessageContaining("4 min");
            assertThat(world.count(CREATE)).as("logins that were sent").isEqualTo(2);

            world.time.advance(Duration.ofMinutes(4));
            assertThat(sessions.tryLogin(world.asAlice())).isInstanceOf(LoggedIn.class);
        }
    }

    @Test
    @Scenario(52)
    void theStandardBudgetIsWhatTheReferenceServerGrants() {
        try (World world = World.together(EmbeddedPds.builder().rateLimits(true))) {
            Sessions sessions = world.process().build();
            for (int i = 0; i < 10; i++) {
                for (int j = 0; j < 30; j++) {
                    assertThat(sessions.tryLogin(wrong(world))).isInstanceOf(BadCredentials.class);
                }
                assertThat(((RateLimited) sessions.tryLogin(world.asAlice())).heldBack())
                        .isTrue();
                world.time.advance(WINDOW);
            }
            var limited = (RateLimited) sessions.tryLogin(world.asAlice());
            assertThat(limited.heldBack()).isTrue();
            Duration left = Duration.ofDays(1).minus(WINDOW.multipliedBy(10));
            assertThat(limited.retryAfter()).isBetween(left, left.plusSeconds(1));
            assertThat(world.count(CREATE)).isEqualTo(300);
            world.time.advance(limited.retryAfter());
            assertThat(sessions.tryLogin(world.asAlice())).isInstanceOf(LoggedIn.class);
        }
    }

    @Test
    @Scenario(52)
    void aShortWaitIsWaitedOut() {
        try (World world = World.together()) {
            Sessions sessions = process(world, LoginBudget.of(1, Duration.ofSeconds(10)));
            sessions.tryLogin(wrong(world));
            Aside<LoginOutcome> second = Aside.call(() -> sessions.tryLogin(world.asAlice()));
            world.time.awaitTimerWithin(Duration.ofSeconds(10));
            assertThat(world.count(CREATE)).isEqualTo(1);
            world.time.advance(Duration.ofSeconds(10));
            assertThat(second.get()).isInstanceOf(LoggedIn.class);
        }
    }

    @Test
    @Scenario(52)
    void whoStopsWaitingForHisTurnSendsNothing() {
        try (World world = World.together()) {
            Sessions sessions = process(world, LoginBudget.of(1, Duration.ofSeconds(10)));
            sessions.tryLogin(wrong(world));
            Aside<LoginOutcome> second = Aside.call(() -> sessions.tryLogin(world.asAlice()));
            world.time.awaitTimerWithin(Duration.ofSeconds(10));
            second.interrupt();
            assertThat(((RateLimited) second.get()).heldBack()).isTrue();
            assertThat(world.count(CREATE)).isEqualTo(1);
        }
    }

    @Test
    @Scenario(52)
    void processesThatShareAStoreShareTheBudgetAndNoLoginIsLostFromTheCount() {
        try (World world = World.together()) {
            var outcomes =
                    Aside.crowd(
                                    24,
                                    () -> process(world, LoginBudget.of(10, WINDOW))
                                            .tryLogin(wrong(world)))
                            .stream()
                            .map(Aside::get)
                            .toList();
            assertThat(outcomes).filteredOn(BadCredentials.class::isInstance).hasSize(10);
            assertThat(outcomes)
                    .filteredOn(o -> o instanceof RateLimited r && r.heldBack())
                    .hasSize(14);
            assertThat(world.count(CREATE)).isEqualTo(10);
        }
    }

    @Test
    @Scenario(52)
    void aRestartForgetsNothingAndNoNameOfAnAccountIsWrittenDown(@TempDir Path folder) throws IOException {
        try (World world = World.together()) {
            Login login = Login.as(world.alice.email(), Secret.of("wrong"))
                    .service(world.pds.url())
                    .build();
            for (int i = 0; i < 3; i++) {
                try (var store = FileSessionStore.in(folder.resolve("sessions"))) {
                    Sessions sessions = world.process()
                            .store(store)
                            .loginBudget(LoginBudget.of(2, Duration.ofHours(1)))
                            .build();
                    assertThat(sessions.loginsLeft(world.alice.email(), world.pds.url()))
                            .isEqualTo(2 - i);
                    assertThat(sessions.tryLogin(login)).isInstanceOf(i < 2 ? BadCredentials.class : RateLimited.class);
                }
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.toList()) {
                    assertThat(file.toString()).doesNotContain("alice");
                    if (Files.isRegularFile(file)) {
                        assertThat(Files.readString(file)).doesNotContain("alice", "example.com");
                    }
                }
            }
        }
    }

    @Test
    @Scenario(52)
    void whatTheServiceSaysOfItsOwnLimitCountsWhateverTheClocksShow() {
        try (World world = World.together()) {
            ZonedDateTime server = world.time.now().atZone(ZoneOffset.UTC);
            long reset = server.plusHours(3).toEpochSecond();
            world.time.jump(Duration.ofDays(2));
            Headers limits = Headers.of("date", DateTimeFormatter.RFC_1123_DATE_TIME.format(server))
                    .plus("ratelimit-limit", "10")
                    .plus("ratelimit-remaining", "0")
                    .plus("ratelimit-reset", Long.toString(reset))
                    .plus("ratelimit-policy", "10;w=86400");
            world.fault(Fault.on(CREATE).answer(401, limits, REFUSED));
            Sessions sessions = world.process().build();
            sessions.tryLogin(wrong(world));
            var limited = (RateLimited) sessions.tryLogin(world.asAlice());
            assertThat(limited.heldBack()).isTrue();
            assertThat(limited.retryAfter())
                    .isBetween(Duration.ofHours(3), Duration.ofHours(3).plusSeconds(2));
            world.time.advance(limited.retryAfter());
            assertThat(sessions.tryLogin(world.asAlice())).isInstanceOf(LoggedIn.class);
        }
    }

    @Test
    @Scenario(52)
    void whatAServiceAsksToWaitIsWaitedByAllWhoShareTheStore() {
        try (World world = World.together()) {
            world.fault(Fault.on(CREATE).retryAfter(Duration.ofMinutes(20)));
            assertThat(world.process().build().tryLogin(world.asAlice()))
                    .isEqualTo(new RateLimited(Duration.ofMinutes(20), false));
            assertThat(world.process().build().tryLogin(world.asAlice()))
                    .isEqualTo(new RateLimited(Duration.ofMinutes(20), true));
            assertThat(world.count(CREATE)).isEqualTo(1);
            world.time.advance(Duration.ofMinutes(20));
            assertThat(world.process().build().tryLogin(world.asAlice())).isInstanceOf(LoggedIn.class);
        }
    }

    @Test
    @Scenario(52)
    void withoutABudgetTheServiceIsTheOneWhoRefuses() {
        try (World world = World.together(EmbeddedPds.builder().rateLimits(true))) {
            Sessions sessions = process(world, LoginBudget.unlimited());
            for (int i = 0; i < 30; i++) {
                sessions.tryLogin(wrong(world));
            }
            for (int i = 0; i < 2; i++) {
                var limited = (RateLimited) sessions.tryLogin(world.asAlice());
                assertThat(limited.heldBack()).isFalse();
                assertThat(limited.retryAfter()).isEqualTo(WINDOW);
                assertThat(limited.explanation()).contains("the service says").contains("5 min");
            }
            assertThat(sessions.loginsLeft("alice.test", world.pds.url())).isEqualTo(Integer.MAX_VALUE);
        }
    }

    @Test
    void aClockThatJumpsBlocksForNoLongerThanAWindow() {
        try (World world = World.together()) {
            Sessions sessions = process(world, LoginBudget.of(1, WINDOW));
            world.time.jump(Duration.ofDays(30));
            sessions.tryLogin(wrong(world));
            world.time.jump(Duration.ZERO);
            assertThat(sessions.tryLogin(world.asAlice())).isEqualTo(new RateLimited(WINDOW, true));
            world.time.advance(WINDOW);
            assertThat(sessions.tryLogin(world.asAlice())).isInstanceOf(LoggedIn.class);
        }
    }

    @Test
    void aStoreThatFailsStopsNoLoginAndThisProcessGoesOnCounting() {
        try (World world = World.together()) {
            var store = new TroubledStore(world.store);
            Sessions sessions = world.process()
                    .store(store)
                    .loginBudget(LoginBudget.of(3, WINDOW))
                    .build();
            sessions.tryLogin(wrong(world));
            store.failingReads.set(Integer.MAX_VALUE);
            assertThat(sessions.tryLogin(wrong(world))).isInstanceOf(BadCredentials.class);
            assertThat(sessions.loginsLeft("alice.test", world.pds.url())).isEqualTo(1);
            store.failingReads.set(0);
            store.failingWrites.set(Integer.MAX_VALUE);
            assertThat(sessions.tryLogin(wrong(world))).isInstanceOf(BadCredentials.class);
            assertThat(sessions.tryLogin(wrong(world))).isInstanceOf(RateLimited.class);
            store.failingWrites.set(0);
            assertThat(sessions.tryLogin(wrong(world)))
                    .as("what the store missed is not forgotten when it is back")
                    .isInstanceOf(RateLimited.class);
            assertThat(world.count(CREATE)).isEqualTo(3);
        }
    }

    @Test
    void aLoginThatNeverReachedTheServiceCostsNothing() {
        try (World world = World.together()) {
            URI service = world.pds.url();
            Sessions sessions = process(world, LoginBudget.of(2, WINDOW));
            Login login = world.asAlice();
            world.pds.close();
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> sessions.login(login)).isInstanceOf(TransportException.class);
            }
            assertThat(sessions.loginsLeft("alice.test", service)).isEqualTo(2);
        }
    }

    @Test
    void otherAccountsAndServicesHaveCountsOfTheirOwn() {
        try (World world = World.together();
                EmbeddedPds elsewhere = EmbeddedPds.builder().start()) {
            Sessions sessions = process(world, LoginBudget.of(1, WINDOW));
            sessions.tryLogin(wrong(world));
            assertThat(sessions.loginsLeft("@Alice.Test", world.pds.url())).isZero();
            assertThat(sessions.loginsLeft("alice.test", elsewhere.url())).isEqualTo(1);
            assertThat(sessions.loginsLeft("bob.test", world.pds.url())).isEqualTo(1);
            assertThat(sessions.tryLogin(Login.as(world.alice.email(), Secret.of(PASSWORD))
                            .service(world.pds.url())
                            .build()))
                    .isInstanceOf(LoggedIn.class);
        }
    }

    @Test
    void aBudgetThatIsNoneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoginBudget.of(0, WINDOW))
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoginBudget.of(1, Duration.ofDays(2)))
                .withMessageContaining("PT48H");
        assertThat(LoginBudget.standard()).hasToString("LoginBudget[30 in PT5M, 300 in PT24H]");
        assertThat(LoginBudget.of(3, WINDOW).and(5, WINDOW)).hasToString("LoginBudget[5 in PT5M]");
    }
}
