// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.CREATE;
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
import dev.atp4j.http.Headers;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Journal;
import dev.atp4j.pds.Side;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.MemorySessionStore;
import dev.atp4j.xrpc.XrpcClient;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponseException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the tests of the reference's password session demand, of ours. The tags are their numbers. */
@Timeout(120)
class LexSessionTest {

    @Test
    @Tag("L1")
    void failsWithInvalidCredentials() {
        try (World world = World.together()) {
            Login wrong = Login.as("alice.test", Secret.of("wrong"))
                    .service(world.pds.url())
                    .build();
            var failure = catchThrowableOfType(
                    LoginException.class, () -> world.process().build().login(wrong));
            assertThat(failure.outcome()).isInstanceOf(LoginOutcome.BadCredentials.class);
            assertThat(failure).hasMessageContaining("Invalid identifier or password");
            assertThat(world.heard.all()).isEmpty();
        }
    }

    @Test
    @Tag("L2")
    void requiresASecondFactor() {
        try (World world = World.together()) {
            world.pds.accounts().requireAuthFactor(world.alice.did());
            var failure = catchThrowableOfType(LoginException.class, world::login);
            assertThat(failure.outcome()).isInstanceOf(LoginOutcome.AuthFactorRequired.class);
            assertThat(world.heard.all()).isEmpty();
        }
    }

    @Test
    @Tag("L3")
    void logsInCallsTheServerOfTheDocumentAndLogsOut() {
        try (World world = World.together(EmbeddedPds.builder().entryway(true))) {
            world.pds.accounts().requireAuthFactor(world.alice.did());
            Sessions sessions = world.process().build();
            sessions.tryLogin(world.asAlice());
            String code =
                    world.pds.accounts().latestEmailCode(world.alice.did()).orElseThrow();
            PasswordSession session = sessions.login(Login.as("alice.test", Secret.of(PASSWORD))
                    .service(world.pds.url())
                    .authFactorToken(Secret.of(code))
                    .build());
            world.heard.await("updated", 1);
            read(session);
            read(session);
            assertThat(world.calls(TIMELINE)).extracting(Journal.Entry::side).containsExactly(Side.PDS, Side.PDS);
            session.logout();
            assertThatThrownBy(() -> read(session))
                    .isInstanceOf(SessionOverException.class)
                    .hasMessageContaining("logged out");
            session.close();
            assertThat(world.heard.all()).containsExactly("updated", "deleted LOGGED_OUT");
        }
    }

    @Test
    @Tag("L4")
    void failsToPerformAnUnauthenticatedCall() {
        try (World world = World.together()) {
            var client = new XrpcClient(World.TRANSPORT, world.pds.url());
            assertThat(catchThrowableOfType(XrpcResponseException.class, () -> client.send(World.READ))
                            .is("AuthMissing"))
                    .isTrue();
            world.fault(Fault.on(TIMELINE)
                    .answer(
                            401,
                            Headers.of("www-authenticate", "Bearer realm=\"access token\""),
                            "{\"error\":\"AuthenticationRequired\"}"));
            var failure = catchThrowableOfType(XrpcResponseException.class, () -> client.send(World.READ));
            assertThat(failure.is("AuthenticationRequired")).isTrue();
            assertThat(failure.headers().first("www-authenticate")).contains("Bearer realm=\"access token\"");
        }
    }

    @Test
    @Tag("L5")
    void refreshesAnExpiredTokenOnceAndGivesTheErrorThatStays() {
        try (World world = World.together(EmbeddedPds.builder().entryway(true))) {
            for (String missing : new String[] {"didDoc", "emailConfirmed"}) {
                world.fault(Fault.on(GET).withField("emailAuthFactor", LexBoolean.FALSE));
                world.fault(Fault.on(CREATE).withoutField(missing));
                PasswordSession session = world.login();
                SessionData first = session.data();
                world.fault(Fault.on(REFRESH).withoutField(missing));
                world.fault(Fault.on("app.bsky.actor.getProfile").times(2).error(401, "ExpiredToken", "Token expired"));
                int refreshes = world.refreshes();
                long updates = world.heard.count("updated");
                assertThat(catchThrowableOfType(
                                XrpcResponseException.class,
                                () -> session.send(XrpcRequest.query("app.bsky.actor.getProfile")
                                        .param("actor", world.alice.did())
                                        .build())))
                        .hasMessageContaining("Token expired");
                assertThat(world.refreshes() - refreshes).isEqualTo(1);
                SessionData second = session.data();
                assertThat(second.refreshJwt()).isNotEqualTo(first.refreshJwt());
                assertThat(second.service()).isEqualTo(first.service());
                assertThat(second.email()).contains(world.alice.email());
                assertThat(second.emailConfirmed()).isNotEmpty();
                assertThat(second.emailAuthFactor())
                        .as("told by getSession only")
                        .contains(false);
                assertThat(second.didDoc()).isNotEmpty();
                assertThat(read(session).status()).isEqualTo(200);
                session.close();
                assertThat(world.heard.count("updated") - updates).isGreaterThanOrEqualTo(1);
                world.pds.faults().clear();
            }
        }
    }

    @Test
    @Tag("L6")
    void restoresASessionFromACopyAndTheOldInstanceLearnsOfItsEnd() {
        try (World world =
                World.together(EmbeddedPds.builder().refreshGrace(Duration.ZERO).expiredTokenAs401(true))) {
            PasswordSession old = world.process()
                    .store(new MemorySessionStore(world.time))
                    .build()
                    .login(world.asAlice());
            PasswordSession resumed = world.process()
                    .store(new MemorySessionStore(world.time))
                    .build()
                    .resume(SessionData.parse(old.data().toJson()), Resume.CHECKED);
            world.heard.await("updated", 2);
            assertThat(catchThrowableOfType(SessionOverException.class, old::refresh)
                            .reason())
                    .isEqualTo(EndReason.REVOKED);
            world.heard.await("deleted", 1);
            assertThat(read(resumed).status()).isEqualTo(200);
            resumed.logout();
            resumed.close();
            old.close();
            assertThat(world.heard.all())
                    .containsExactly("updated", "updated", "deleted REVOKED", "deleted LOGGED_OUT");
        }
    }

    @Test
    @Tag("L7")
    void silentlyIgnoresExpectedLogoutErrors() {
        try (World world = World.together()) {
            Sessions sessions = world.process().build();
            PasswordSession session = sessions.login(world.asAlice());
            SessionData saved = session.data();
            session.logout();
            session.logout();
            sessions.delete(saved);
            sessions.delete(saved);
            session.close();
            assertThat(world.heard.count("deleteFailed")).isZero();
        }
    }
}
