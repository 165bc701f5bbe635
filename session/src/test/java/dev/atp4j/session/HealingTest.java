// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.CREATE;
import static dev.atp4j.session.World.DELETE;
import static dev.atp4j.session.World.PASSWORD;
import static dev.atp4j.session.World.REFRESH;
import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.Secret;
import dev.atp4j.pds.Accounts;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.syntax.Did;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that are over and log in again by themselves. */
@Timeout(120)
class HealingTest {

    /** More than any pause before another try, and less than the time of a call. */
    private static final Duration SOON = Duration.ofSeconds(6);

    private static final Duration WINDOW = Duration.ofMinutes(5);

    /** Somebody who knows a password, and writes down who asked for it. */
    private static final class Vault implements CredentialsProvider {
        final List<Account> asked = new CopyOnWriteArrayList<>();
        volatile @Nullable String password;

        Vault(@Nullable String password) {
            this.password = password;
        }

        @Override
        public Optional<Secret> password(Account account) {
            asked.add(account);
            return Optional.ofNullable(password).map(Secret::of);
        }
    }

    private final Vault vault = new Vault(PASSWORD);

    private Sessions.Builder process(World world) {
        return world.process().credentials(vault);
    }

    /** Ends every session of the account, as a new password does; the password stays the same. */
    private static void endAll(World world) {
        world.pds.accounts().resetPassword(world.alice.did(), PASSWORD);
    }

    private static SessionOverException over(PasswordSession session) {
        return catchThrowableOfType(SessionOverException.class, session::refresh);
    }

    /** Has a session without a password find out that it is over. */
    private static void over(PasswordSession session, World world) {
        endAll(world);
        over(session);
        assertThat(session.destroyed()).isTrue();
    }

    @Test
    @Scenario(57)
    void aSessionWhoseAppPasswordWasRevokedGoesOnWithAnother() {
        try (World world = World.together()) {
            Accounts accounts = world.pds.accounts();
            String first = accounts.createAppPassword(world.alice.did(), "first", false);
            PasswordSession session = process(world)
                    .build()
                    .login(Login.as("alice.test", Secret.of(first))
                            .service(world.pds.url())
                            .build());
            accounts.revokeAppPassword(world.alice.did(), "first");
            vault.password = accounts.createAppPassword(world.alice.did(), "second", false);
            world.time.advance(Duration.ofHours(3));

            assertThat(read(session).status()).isEqualTo(200);
            assertThat(session.destroyed()).isFalse();
            assertThat(session.endReason()).isEmpty();
            assertThat(world.count(CREATE)).isEqualTo(2);
            assertThat(vault.asked)
                    .containsExactly(new CredentialsProvider.Account(world.key(), world.pds.url(), EndReason.REVOKED));
            world.heard.await("updated", 2);
            session.close();
            assertThat(world.heard.all()).containsExactly("updated", "updated");
            assertThat(world.stored().current().refreshJwt())
                    .isEqualTo(session.data().refreshJwt());
            assertThat(world.liveTokens()).hasSize(1);
        }
    }

    @Test
    @Scenario(57)
    void refusedCredentialsAreReportedAndNotTriedAgainUnlessTheyChange() {
        try (World world = World.together()) {
            PasswordSession session = process(world).build().login(world.asAlice());
            world.pds.accounts().resetPassword(world.alice.did(), "another-password");

            SessionOverException failure = over(session);
            assertThat(failure.reason()).isEqualTo(EndReason.REVOKED);
            assertThat(failure.healing()).contains("the service does not accept the password");
            assertThat(failure).hasMessageContaining("does not accept the password");
            world.heard.await("deleted", 1);
            assertThat(world.heard.all())
                    .containsExactly(
                            "updated", "healFailed the service does not accept the password", "deleted REVOKED");
            int asked = vault.asked.size();
            for (int i = 0; i < 5; i++) {
                assertThat(over(session).healing()).isEqualTo(failure.healing());
            }
            assertThat(vault.asked).as("nobody is asked at every call").hasSize(asked);

            for (int i = 0; i < 100; i++) {
                world.time.advance(WINDOW.multipliedBy(2));
                over(session);
                catchThrowableOfType(
                        SessionOverException.class, () -> process(world).build().resume(world.alice.did()));
            }
            assertThat(world.count(CREATE)).as("in 1000 minutes").isEqualTo(2);
            session.close();
            assertThat(world.heard.count("healFailed")).as("said once").isEqualTo(1);

            vault.password = "another-password";
            assertThat(process(world).build().resume(world.alice.did()).destroyed())
                    .isFalse();
            world.time.advance(Duration.ofMinutes(1).plusNanos(1));
            assertThat(read(session).status()).as("adopted").isEqualTo(200);
            assertThat(world.count(CREATE)).isEqualTo(3);
            assertThat(new String(world.store.read(world.key()).orElseThrow().toJson(), StandardCharsets.UTF_8))
                    .doesNotContain("another-password", PASSWORD);
        }
    }

    @Test
    @Scenario(57)
    void thereIsOneLoginForAWindowOfTheBudgetEvenIfItHelps() {
        try (World world = World.together()) {
            PasswordSession session = process(world).build().login(world.asAlice());
            endAll(world);
            session.refresh();
            endAll(world);
            assertThat(over(session).healing()).isPresent();
            world.time.advance(WINDOW.minusSeconds(1));
            assertThat(over(session).healing()).isPresent();
            assertThat(catchThrowableOfType(
                            SessionOverException.class,
                            () -> process(world).build().resume(world.alice.did())))
                    .isNotNull();
            assertThat(world.count(CREATE)).isEqualTo(2);
            world.time.advance(Duration.ofSeconds(1));
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(world.count(CREATE)).isEqualTo(3);
        }
    }

    @Test
    @Scenario(57)
    void aSessionLeavesTheLastLoginsOfTheBudgetToPeople() {
        try (World world = World.together()) {
            Login login = Login.as(world.alice.did().value(), Secret.of(PASSWORD))
                    .service(world.pds.url())
                    .build();
            Sessions sessions =
                    process(world).loginBudget(LoginBudget.of(2, WINDOW)).build();
            PasswordSession session = sessions.login(login);
            endAll(world);
            assertThat(over(session).healing()).contains("too many logins of this account lately");
            assertThat(world.count(CREATE)).isEqualTo(1);
            assertThat(read(sessions.login(login)).status()).isEqualTo(200);
        }
    }

    @Test
    @Scenario(57)
    void allCallersAndSiblingsAreServedByOneLogin() {
        try (World world = World.together()) {
            PasswordSession one = process(world).build().login(world.asAlice());
            PasswordSession other = world.sibling(process(world));
            PasswordSession without = world.sibling();
            endAll(world);
            world.time.advance(Duration.ofHours(3));
            Gate gate = world.hold(CREATE, 1);
            List<Aside<Integer>> crowd = Aside.crowd(20, () -> read(one).status());
            gate.awaitArrivals(1);
            List<Aside<Integer>> others = Aside.crowd(20, () -> read(other).status());
            Aside<Integer> last = Aside.call(() -> read(without).status());
            gate.open();
            assertThat(crowd).allMatch(call -> call.get() == 200);
            assertThat(others).allMatch(call -> call.get() == 200);
            assertThat(last.get()).isEqualTo(200);
            assertThat(world.count(CREATE)).isEqualTo(2);
            assertThat(vault.asked).hasSize(1);
            assertThat(world.heard.count("deleted")).isZero();
            assertThat(world.liveTokens()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"takedown", "deletion", "logout"})
    @Scenario(57)
    void whatNoLoginCuresIsNotHealed(String end) {
        try (World world = World.together()) {
            PasswordSession session =
                    process(world).identity(world.identity()).build().login(world.asAlice());
            switch (end) {
                case "takedown" -> world.pds.accounts().takeDown(world.alice.did());
                case "deletion" -> world.pds.accounts().delete(world.alice.did());
                default -> session.logout();
            }
            SessionOverException failure = over(session);
            assertThat(failure.reason().curedByLogin()).isFalse();
            assertThat(failure.healing()).isEmpty();
            assertThat(vault.asked).isEmpty();
            assertThat(world.count(CREATE)).isEqualTo(1);
        }
    }

    @Test
    @Scenario(57)
    void aSignInCodeThatIsWantedIsReported() {
        try (World world = World.together()) {
            PasswordSession session = process(world).build().login(world.asAlice());
            world.pds.accounts().requireAuthFactor(world.alice.did());
            endAll(world);
            assertThat(over(session).healing().orElseThrow()).contains("sign-in code");
            world.time.advance(Duration.ofHours(12));
            over(session);
            assertThat(world.count(CREATE)).as("each would send an e-mail").isEqualTo(2);
        }
    }

    @Test
    @Scenario(57)
    void aMissingPasswordIsReportedAndAskedForNowAndThen() {
        try (World world = World.together()) {
            PasswordSession session = process(world).build().login(world.asAlice());
            vault.password = null;
            endAll(world);
            assertThat(over(session).healing()).contains("there is no password for it");
            over(session);
            assertThat(vault.asked).hasSize(1);
            vault.password = PASSWORD;
            world.time.advance(Duration.ofMinutes(1).plusNanos(1));
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(vault.asked).hasSize(2);
            world.heard.await("updated", 2);
            assertThat(world.heard.all())
                    .containsExactly("updated", "healFailed there is no password for it", "deleted REVOKED", "updated");
        }
    }

    @Test
    void aProviderThatFailsIsReportedWithoutItsWordsAndAskedAgain() {
        try (World world = World.together()) {
            PasswordSession session = world.process()
                    .credentials(account -> {
                        if (vault.password(account).isPresent() && vault.asked.size() == 1) {
                            throw new IllegalStateException("vault of " + PASSWORD);
                        }
                        return Optional.of(Secret.of(PASSWORD));
                    })
                    .build()
                    .login(world.asAlice());
            endAll(world);
            SessionOverException failure = over(session);
            assertThat(failure).hasMessageContaining("IllegalStateException");
            assertThat(failure.toString()).doesNotContain(PASSWORD);
            world.time.advance(Duration.ofMinutes(2));
            assertThat(read(session).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"503", "404"})
    void aLoginThatFailsInBadWeatherIsTriedAgainInTheNextWindow(int status) {
        try (World world = World.together()) {
            PasswordSession session = process(world).build().login(world.asAlice());
            endAll(world);
            world.fault(Fault.on(CREATE).html(status));
            assertThat(over(session).healing().orElseThrow()).contains("status " + status);
            world.time.advance(WINDOW);
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(world.count(CREATE)).isEqualTo(3);
        }
    }

    @Test
    void aSessionOfAnotherAccountIsEndedAndNotUsed() {
        try (World world = World.together()) {
            PasswordSession session = process(world).build().login(world.asAlice());
            endAll(world);
            world.fault(Fault.on(CREATE).wrongDid(Did.parse("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb")));
            assertThat(over(session).healing()).contains("the service gave a session of another account");
            assertThat(world.count(DELETE)).isEqualTo(1);
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @Test
    void aSessionThatIsOverIsHealedWhenItIsResumedOrOpened() {
        try (World world = World.together()) {
            over(world.login(), world);
            PasswordSession resumed = process(world).build().resume(world.alice.did());
            assertThat(resumed.destroyed()).isFalse();

            world.time.advance(WINDOW);
            over(world.sibling(), world);
            PasswordSession lazy = process(world).build().resume(world.key(), Resume.LAZY);
            assertThat(world.count(CREATE)).as("nobody was asked yet").isEqualTo(2);
            assertThat(read(lazy).status()).isEqualTo(200);

            world.time.advance(WINDOW);
            over(world.sibling(), world);
            assertThat(read(process(world).build().open(world.asAlice())).status())
                    .isEqualTo(200);
            assertThat(world.count(CREATE)).isEqualTo(4);
        }
    }

    @Test
    void aMovedAccountIsLoggedInWhereItLivesNow() {
        try (World world = World.together()) {
            PasswordSession session =
                    process(world).identity(world.identity()).build().login(world.asAlice());
            URI other = world.pds.accounts().move(world.alice.did());
            world.fault(Fault.on(REFRESH)
                    .error(400, "InvalidRequest", "Could not find user info for account: " + world.alice.did()));
            session.refresh();
            assertThat(session.service()).isEqualTo(other);
            assertThat(session.pds()).isEqualTo(other);
            assertThat(vault.asked)
                    .containsExactly(
                            new CredentialsProvider.Account(world.key(), world.pds.url(), EndReason.ACCOUNT_MOVED));
            assertThat(read(session).status()).isEqualTo(200);
        }
    }

    @Test
    void aLogoutDuringALoginEndsTheNewSession() {
        try (World world = World.together()) {
            PasswordSession session = process(world).build().login(world.asAlice());
            PasswordSession sibling = world.sibling();
            endAll(world);
            Gate gate = world.hold(CREATE, 1);
            Aside<Boolean> refresh = Aside.run(session::refresh);
            gate.awaitArrivals(1);
            Aside<Boolean> logout = Aside.run(sibling::logout);
            gate.open();
            logout.get();
            refresh.failure();
            assertThat(over(session).reason()).isEqualTo(EndReason.LOGGED_OUT);
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @Test
    void withTheStoreDownNobodyLogsIn() throws Exception {
        try (World world = World.together()) {
            var store = new TroubledStore(world.store);
            PasswordSession session = process(world).store(store).build().login(world.asAlice());
            endAll(world);
            store.failingWrites.set(Integer.MAX_VALUE);
            assertThat(refreshWhileTimePasses(world, session)).isInstanceOf(RefreshFailedException.class);
            assertThat(session.destroyed()).isFalse();
            assertThat(world.count(CREATE)).isEqualTo(1);
            store.failingWrites.set(0);
            assertThat(refreshWhileTimePasses(world, session)).isNull();
            assertThat(world.count(CREATE)).isEqualTo(2);
            assertThat(world.heard.all()).noneMatch(event -> event.startsWith("deleted"));
        } catch (StoreException e) {
            throw new AssertionError("a store that is down is no caller's trouble", e);
        }
    }

    /** Refreshes, and lets time pass whenever somebody waits to try again. */
    private static @Nullable Throwable refreshWhileTimePasses(World world, PasswordSession session) throws Exception {
        Aside<Throwable> refresh = Aside.call(() -> catchThrowableOfType(RuntimeException.class, session::refresh));
        while (!refresh.over()) {
            if (world.time.due(SOON) > 0) {
                world.time.advance(SOON);
            } else {
                Thread.yield();
            }
        }
        return refresh.get();
    }

    @Test
    void aSessionHealsInTheBackgroundBeforeAnybodyCalls() {
        try (World world = World.together(EmbeddedPds.builder())) {
            PasswordSession session =
                    process(world).proactiveRefresh(true).build().login(world.asAlice());
            endAll(world);
            world.time.pass(Duration.ofHours(2));
            world.heard.await("updated", 2);
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(world.count(CREATE)).isEqualTo(2);
        }
    }
}
