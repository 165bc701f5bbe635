// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.GET;
import static dev.atp4j.session.World.PASSWORD;
import static dev.atp4j.session.World.REFRESH;
import static dev.atp4j.session.World.TIMELINE;
import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.Secret;
import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.http.Headers;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Journal;
import dev.atp4j.pds.Side;
import dev.atp4j.session.kernel.Status;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.xrpc.XrpcResponse;
import dev.atp4j.xrpc.XrpcResponseException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts that are taken down, deactivated, deleted or moved, and servers that tell odd things about them. */
@Timeout(120)
class AccountStateTest {

    private static final Duration LONG = Duration.ofHours(3);

    @Test
    @Scenario(53)
    void theSessionOfATakenDownAccountIsNeverRefreshed() {
        try (World world = World.together()) {
            world.pds.accounts().takeDown(world.alice.did());
            PasswordSession session = world.process()
                    .proactiveRefresh(true)
                    .build()
                    .login(Login.as("alice.test", Secret.of(PASSWORD))
                            .service(world.pds.url())
                            .allowTakendown()
                            .build());
            world.fault(Fault.on(TIMELINE).error(401, "AuthenticationRequired", "no"));
            world.fault(Fault.on(TIMELINE).error(401, "ExpiredToken", "Token has expired"));
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> read(session)).isInstanceOf(XrpcResponseException.class);
            }
            world.time.advance(LONG);
            assertThat(catchThrowableOfType(XrpcResponseException.class, () -> read(session))
                            .is("ExpiredToken"))
                    .isTrue();
            assertThatThrownBy(session::refresh)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("taken down");
            assertThat(world.refreshes()).isZero();
            assertThat(session.destroyed()).isFalse();
        }
    }

    @Test
    @Scenario(54)
    void aTakedownEndsTheSessionUnderItsNameAndTheIdentityStays() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.pds.accounts().takeDown(world.alice.did());
            world.time.advance(LONG);
            var over = catchThrowableOfType(SessionOverException.class, () -> read(session));
            assertThat(over.reason()).isEqualTo(EndReason.ACCOUNT_TAKEN_DOWN);
            assertThat(over).hasMessageContaining("taken down");
            assertThat(session.handle()).contains("alice.test");
            assertThat(session.service()).isEqualTo(world.pds.url());
            assertThat(world.stored().status()).isEqualTo(Status.DEAD);
            assertThat(world.stored().profile().handle()).isEqualTo("alice.test");
            assertThatThrownBy(() -> read(session)).isInstanceOf(SessionOverException.class);
            assertThat(world.refreshes()).isEqualTo(1);
            session.close();
            assertThat(world.heard.all()).endsWith("deleted ACCOUNT_TAKEN_DOWN");
        }
    }

    @Test
    void aDeactivatedAccountsSessionLivesOn() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            assertThat(session.accountActive()).isTrue();
            world.pds.accounts().deactivate(world.alice.did());
            session.refresh();
            assertThat(session.accountActive()).isFalse();
            assertThat(session.accountStatus()).contains("deactivated");
            world.pds.accounts().activate(world.alice.did());
            session.refresh();
            assertThat(session.accountActive()).isTrue();
            assertThat(session.accountStatus()).isEmpty();
        }
    }

    @Test
    @Scenario(55)
    void aDeletedAccountIsLookedUpOnceAndIsThenOver() {
        try (World world = World.together()) {
            PasswordSession session =
                    world.process().identity(world.identity()).build().login(world.asAlice());
            world.pds.accounts().delete(world.alice.did());
            int before = lookups(world);
            world.time.advance(LONG);
            for (int i = 0; i < 3; i++) {
                assertThat(catchThrowableOfType(SessionOverException.class, () -> read(session))
                                .reason())
                        .isEqualTo(EndReason.ACCOUNT_DELETED);
            }
            assertThat(lookups(world) - before).isEqualTo(1);
            assertThat(world.refreshes()).isEqualTo(1);
            session.close();
            assertThat(world.heard.count("deleted")).isEqualTo(1);
        }
    }

    @Test
    @Scenario(55)
    void anAccountWhoseDidIsGoneIsOver() {
        try (World world = World.together()) {
            PasswordSession session =
                    world.process().identity(world.identity()).build().login(world.asAlice());
            world.pds.accounts().delete(world.alice.did());
            world.fault(Fault.on("/" + world.alice.did()).always().answer(404, Headers.empty(), "{}"));
            world.time.advance(LONG);
            assertThat(catchThrowableOfType(SessionOverException.class, () -> read(session))
                            .reason())
                    .isEqualTo(EndReason.ACCOUNT_DELETED);
        }
    }

    @Test
    @Scenario(55)
    void anUnknownAccountIsNotBelievedGoneWhileTheDirectoryIsDown() {
        try (World world = World.together()) {
            PasswordSession session =
                    world.process().identity(world.identity()).build().login(world.asAlice());
            world.fault(Fault.on(REFRESH)
                    .error(400, "InvalidRequest", "Could not find user info for account: " + world.alice.did()));
            world.fault(Fault.on("/" + world.alice.did()).times(3).html(503));
            world.time.advance(LONG);
            Aside<XrpcResponse> caller = Aside.call(() -> read(session));
            world.time.pass(Duration.ofSeconds(1));
            assertThat(caller.get().status()).isEqualTo(200);
        }
    }

    private static int lookups(World world) {
        return (int) world.pds.journal().entries().stream()
                .filter(call -> call.side() == Side.PLC)
                .count();
    }

    @Test
    @Scenario(56)
    void aMoveBehindTheSessionsBackIsRecognisedWhenTheNewServerRefusesTheTokens() {
        try (World world = World.apart(EmbeddedPds.builder().didDocInSession(true))) {
            PasswordSession session =
                    world.process().identity(world.identity()).build().login(world.asAlice());
            read(session);
            URI other = world.pds.accounts().move(world.alice.did());
            session.refresh();
            assertThat(session.pds()).isEqualTo(other);
            var moved = catchThrowableOfType(AccountMovedException.class, () -> read(session));
            assertThat(moved.pds()).isEqualTo(other);
            assertThat(moved).hasMessageContaining("log in there").hasCauseInstanceOf(XrpcResponseException.class);
            int refreshes = world.refreshes();
            assertThatThrownBy(() -> read(session)).isInstanceOf(AccountMovedException.class);
            assertThat(world.refreshes()).as("no refresh helps").isEqualTo(refreshes);
        }
    }

    @Test
    @Scenario(56)
    void aMoveIsRecognisedWhenWhatTheOldServerSignsIsRefused() {
        try (World world = World.together()) {
            PasswordSession session =
                    world.process().identity(world.identity()).build().login(world.asAlice());
            URI other = world.pds.accounts().move(world.alice.did());
            world.fault(Fault.on(TIMELINE).always().error(401, "BadJwtSignature", "jwt signature does not match"));
            for (int i = 0; i < 5; i++) {
                assertThat(catchThrowableOfType(AccountMovedException.class, () -> read(session))
                                .pds())
                        .isEqualTo(other);
            }
            assertThat(world.refreshes()).isZero();
        }
    }

    @Test
    void aSignatureThatIsRefusedWithoutAMoveIsTheCallersBusiness() {
        try (World world = World.together()) {
            PasswordSession session =
                    world.process().identity(world.identity()).build().login(world.asAlice());
            for (String name : List.of("BadJwtSignature", "JwtExpired", "BadJwt", "UntrustedIss", "AuthMissing")) {
                world.fault(Fault.on(TIMELINE).error(401, name, "no"));
                assertThat(catchThrowableOfType(XrpcResponseException.class, () -> read(session))
                                .is(name))
                        .isTrue();
            }
            assertThat(world.refreshes()).isZero();
        }
    }

    @Test
    void anAccountThatItsServerNoLongerHasIsLookedForAtTheService() {
        try (World world = World.together(EmbeddedPds.builder().entryway(true))) {
            PasswordSession session = world.login();
            URI other = world.pds.accounts().move(world.alice.did());
            world.fault(Fault.on(TIMELINE).error(403, "AccountNotFound", "Account not found"));
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(session.pds()).isEqualTo(other);
            assertThat(world.calls(TIMELINE)).extracting(Journal.Entry::side).containsExactly(Side.PDS, Side.OTHER_PDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"handle", "email", "emailConfirmed", "emailAuthFactor", "active", "status", "didDoc"})
    @Scenario(58)
    void oddFieldsBesideTheTokensDoNotCostTheTokens(String field) {
        List<LexValue> odd = List.of(
                new LexInteger(1),
                new LexString("handle.invalid"),
                new LexString(""),
                new LexBoolean(true),
                LexNull.NULL,
                new LexList(List.of()),
                LexMap.builder().put("id", 1).build());
        try (World world = World.together()) {
            PasswordSession session = world.login();
            for (LexValue value : odd) {
                world.fault(Fault.on(REFRESH).withField(field, value));
                SessionData before = session.data();
                session.refresh();
                assertThat(session.data().refreshJwt()).isNotEqualTo(before.refreshJwt());
                assertThat(world.stored().current().refreshJwt())
                        .isEqualTo(session.data().refreshJwt());
                assertThat(read(session).status()).isEqualTo(200);
                world.time.advance(Duration.ofMinutes(1));
            }
            world.fault(Fault.on(REFRESH).withoutField(field));
            session.refresh();
            assertThat(session.handle()).isNotEmpty();
            session.close();
            assertThat(world.heard.count("updateFailed")).isZero();
        }
    }

    @Test
    @Scenario(58)
    void aLoginWithOddFieldsIsALogin() {
        try (World world = World.together()) {
            world.fault(Fault.on(World.CREATE).withField("handle", new LexInteger(7)));
            world.fault(Fault.on(GET).always().html(500));
            PasswordSession session = world.login();
            assertThat(session.handle()).isEmpty();
            assertThat(read(session).status()).isEqualTo(200);
        }
    }

    @Test
    void revokingAnAppPasswordEndsItsSessionsOnly() {
        try (World world = World.together()) {
            PasswordSession main = world.login();
            String appPassword = world.pds.accounts().createAppPassword(world.alice.did(), "bot", false);
            PasswordSession bot = world.process()
                    .build()
                    .login(Login.as("alice.test", Secret.of(appPassword))
                            .service(world.pds.url())
                            .slot("bot")
                            .build());
            world.pds.accounts().revokeAppPassword(world.alice.did(), "bot");
            world.time.advance(LONG);
            assertThat(catchThrowableOfType(SessionOverException.class, () -> read(bot))
                            .reason())
                    .isEqualTo(EndReason.REVOKED);
            assertThat(read(main).status()).isEqualTo(200);
        }
    }
}
