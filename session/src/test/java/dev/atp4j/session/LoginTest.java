// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.CREATE;
import static dev.atp4j.session.World.DELETE;
import static dev.atp4j.session.World.PASSWORD;
import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.identity.DidDocument;
import dev.atp4j.identity.IdentityResolver;
import dev.atp4j.pds.Account;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import dev.atp4j.session.LoginOutcome.AuthFactorRequired;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcResponseException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins, sign-in codes, and stored sessions that save a login. */
@Timeout(120)
class LoginTest {

    private static final Secret SECRET = Secret.of(PASSWORD);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice.test",
                "@Alice.Test",
                " alice.test\n",
                "\u200b@alice.test\u200d",
                "\u2066alice.test\u2069",
                "\ufeffalice.test\u00a0",
                "\u202aalice\u00ad.test"
            })
    @Scenario(48)
    void anIdentifierIsSentAsItIsMeant(String identifier) {
        try (World world = World.together()) {
            Login login = Login.as(identifier, SECRET).service(world.pds.url()).build();
            assertThat(login.identifier()).isEqualTo("alice.test");
            PasswordSession session = world.process().build().login(login);
            assertThat(session.did()).contains(world.alice.did());
        }
    }

    @Test
    @Scenario(48)
    void aDidAndAnEmailAddressWorkToo() {
        try (World world = World.together()) {
            for (String identifier : new String[] {world.alice.did().value(), " Alice-Test@Example.COM "}) {
                PasswordSession session = world.process()
                        .build()
                        .login(Login.as(identifier, SECRET)
                                .service(world.pds.url())
                                .build());
                assertThat(session.did()).contains(world.alice.did());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alice", "@", "\u200b"})
    @Scenario(48)
    void aNameThatNoServiceCouldKnowIsRefusedBeforeItIsSent(String identifier) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Login.as(identifier, SECRET))
                .withMessageContaining("handle");
    }

    @Test
    @Scenario(49)
    void aLoginUrlIsDecoded() {
        Login login = Login.url(Secret.of("https://a%40b.c:p%40ss%3A%2F%C3%BC@host.example:8443/"));
        assertThat(login.identifier()).isEqualTo("a@b.c");
        assertThat(login.password()).isEqualTo(Secret.of("p@ss:/ü"));
        assertThat(login.service()).contains(URI.create("https://host.example:8443"));
        assertThat(Login.url(Secret.of("http://alice.test:pw@localhost:2583")).service())
                .contains(URI.create("http://localhost:2583"));
        assertThat(Login.url(Secret.of("https://ä%40b.c:ö%20é%21€%25@host.example"))
                        .password())
                .isEqualTo(Secret.of("ö é!€%"));
    }

    @Tag("M7")
    @Test
    @Scenario(49)
    void theIdentifierOfALoginUrlReachesTheServerDecoded() {
        try (World world = World.together()) {
            String url =
                    world.pds.url().toString().replace("http://", "http://alice-test%40example.com:" + PASSWORD + "@");
            assertThat(world.process().build().login(Login.url(Secret.of(url))).did())
                    .contains(world.alice.did());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://alice.test:hunter2@pds.example.com",
                "https://alice.test:hunter2@host.example/path",
                "https://alice.test:hunter2@host.example?q",
                "https://alice.test:hunter2@host.example#f",
                "https://alice.test:@host.example",
                "https://:hunter2@host.example",
                "https://hunter2@host.example",
                "https://hunter2:alice.test@host.example",
                "https://alice.test:ähunter2%4@host.example",
                "https://alice.test:hunter2@host.example:70000",
                "ftp://alice.test:hunter2@host.example",
                "https://a@b.c:hunter2@host.example",
                "https://alice.test:hunter2%@host.example",
                "https://alice.test:hunter2%FF@host.example",
                "alice.test:hunter2",
                "not a url hunter2"
            })
    @Scenario({49, 63})
    void aLoginUrlThatIsNoneIsRefusedWithoutShowingIt(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Login.url(Secret.of(url)))
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401})
    @Scenario(50)
    void aSignInCodeIsAskedForAndSentOnce(int status) {
        try (World world = World.together()) {
            world.pds.accounts().requireAuthFactor(world.alice.did());
            if (status == 400) {
                world.fault(Fault.on(CREATE).error(400, "AuthFactorTokenRequired", "A code was sent"));
            }
            var first = (AuthFactorRequired) world.process().build().tryLogin(world.asAlice());
            assertThat(first.codeRefused()).isFalse();
            assertThat(first.message())
                    .isEqualTo(
                            status == 400 ? "A code was sent" : "A sign in code has been sent to your email address");
            assertThat(first.explanation()).contains("app password");
            assertThat(world.count(CREATE)).as("no automatic repeat").isEqualTo(1);
            if (status == 400) {
                world.process().build().tryLogin(world.asAlice()); // has a code mailed
            }
            int before = world.count(CREATE);

            var refused = (AuthFactorRequired) first.withCode(Secret.of("AAAAA-AAAAA"));
            assertThat(refused.codeRefused()).isTrue();
            assertThat(refused.message()).isEqualTo("Token is invalid");
            assertThat(world.count(CREATE)).isEqualTo(before + 1);

            String code =
                    world.pds.accounts().latestEmailCode(world.alice.did()).orElseThrow();
            PasswordSession session =
                    refused.withCode(Secret.of(" " + code + "\n")).orThrow();
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(world.count(CREATE)).isEqualTo(before + 2);
        }
    }

    @Test
    @Scenario(50)
    void aCodeThatIsTooOldIsToldFromAWrongPassword() {
        try (World world = World.together()) {
            world.pds.accounts().requireAuthFactor(world.alice.did());
            var first = (AuthFactorRequired) world.process().build().tryLogin(world.asAlice());
            world.time.advance(Duration.ofMinutes(16));
            String code =
                    world.pds.accounts().latestEmailCode(world.alice.did()).orElseThrow();
            var refused = (AuthFactorRequired) first.withCode(Secret.of(code));
            assertThat(refused.codeRefused()).isTrue();
            assertThat(refused.message()).isEqualTo("Token is expired");
        }
    }

    @Test
    @Scenario(50)
    void anAppPasswordNeedsNoCode() {
        try (World world = World.together()) {
            world.pds.accounts().requireAuthFactor(world.alice.did());
            String appPassword = world.pds.accounts().createAppPassword(world.alice.did(), "bot", false);
            PasswordSession session = world.process()
                    .build()
                    .login(Login.as("alice.test", Secret.of(appPassword))
                            .service(world.pds.url())
                            .build());
            assertThat(session.scope()).contains("com.atproto.appPass");
            session.refresh();
            assertThat(session.scope()).contains("com.atproto.appPass");
        }
    }

    @Test
    void theExceptionOfALoginLetsOneGoOnWithTheCode() {
        try (World world = World.together()) {
            world.pds.accounts().requireAuthFactor(world.alice.did());
            var failure = catchThrowableOfType(LoginException.class, world::login);
            var outcome = (AuthFactorRequired) failure.outcome();
            String code =
                    world.pds.accounts().latestEmailCode(world.alice.did()).orElseThrow();
            assertThat(outcome.withCode(Secret.of(code))).isInstanceOf(LoginOutcome.LoggedIn.class);
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownNameLookTheSame() {
        try (World world = World.together()) {
            Sessions sessions = world.process().build();
            LoginOutcome wrong = sessions.tryLogin(Login.as("alice.test", Secret.of("wrong"))
                    .service(world.pds.url())
                    .build());
            LoginOutcome unknown = sessions.tryLogin(
                    Login.as("nobody.test", SECRET).service(world.pds.url()).build());
            assertThat(wrong).isInstanceOf(LoginOutcome.BadCredentials.class).isEqualTo(unknown);
            assertThat(world.store.keys()).isEmpty();
        }
    }

    @Test
    void tooManyLoginsSayWhenTheNextOneMayWork() {
        try (World world = World.together(EmbeddedPds.builder().rateLimits(true))) {
            Sessions sessions = world.process().build();
            Login wrong = Login.as("alice.test", Secret.of("wrong"))
                    .service(world.pds.url())
                    .build();
            for (int i = 0; i < 30; i++) {
                assertThat(sessions.tryLogin(wrong)).isInstanceOf(LoginOutcome.BadCredentials.class);
            }
            var limited = (LoginOutcome.RateLimited) sessions.tryLogin(world.asAlice());
            assertThat(limited.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(5));
            world.time.advance(limited.retryAfter());
            assertThat(sessions.tryLogin(world.asAlice())).isInstanceOf(LoginOutcome.LoggedIn.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"200, <h1>Hello</h1>", "200, {}", "200, null", "204, ''"})
    void anAnswerThatIsNoLoginIsAnExceptionOfItsOwn(int status, String body) {
        try (World world = World.together()) {
            world.fault(Fault.on(CREATE).answer(status, Headers.empty(), body));
            assertThatThrownBy(world::login).isInstanceOf(XrpcDecodeException.class);
            world.fault(Fault.on(CREATE).html(503));
            assertThat(catchThrowableOfType(XrpcResponseException.class, world::login)
                            .retryable())
                    .isTrue();
            assertThat(world.store.keys()).isEmpty();
        }
    }

    @Test
    @Scenario(51)
    void aStoredSessionOfTheAccountSavesALogin() {
        try (World world = World.together()) {
            Sessions sessions = world.process().build();
            for (String name : new String[] {"alice.test", world.alice.did().value(), world.alice.email()}) {
                assertThat(sessions.open(Login.as(name, SECRET)
                                        .service(world.pds.url())
                                        .build())
                                .did())
                        .contains(world.alice.did());
            }
            assertThat(world.count(CREATE)).isEqualTo(1);
        }
    }

    @Tag("M8")
    @Test
    @Scenario(51)
    void aStoredSessionOfAnotherAccountOrServiceIsNotUsed() {
        try (World world = World.together();
                EmbeddedPds elsewhere = EmbeddedPds.builder().start()) {
            Account bob = world.pds.createAccount("bob.test", "bobs-password");
            elsewhere.createAccount("alice.test", "another-password");
            world.login();
            Sessions sessions = world.process().build();
            assertThat(sessions.open(Login.as("bob.test", Secret.of("bobs-password"))
                                    .service(world.pds.url())
                                    .build())
                            .did())
                    .contains(bob.did());
            PasswordSession other = sessions.open(Login.as("alice.test", Secret.of("another-password"))
                    .service(elsewhere.url())
                    .build());
            assertThat(other.did()).isNotEqualTo(java.util.Optional.of(world.alice.did()));
            assertThat(other.service()).isEqualTo(elsewhere.url());
            assertThat(sessions.stored()).hasSize(3);
        }
    }

    @Test
    @Scenario(51)
    void aStoredSessionOfAnAccountThatWasRenamedSavesALogin() {
        try (World world = World.together()) {
            world.login();
            world.pds.accounts().changeHandle(world.alice.did(), "renamed.test");
            Handle handle = Handle.parse("renamed.test");
            // Nobody else resolves names that end in .test.
            IdentityResolver identity = new IdentityResolver() {
                @Override
                public Did resolveHandle(Handle asked) {
                    assertThat(asked).isEqualTo(handle);
                    return world.alice.did();
                }

                @Override
                public DidDocument resolveDid(Did did) {
                    return world.identity().resolveDid(did);
                }

                @Override
                public DidDocument resolveAccount(Handle asked) {
                    return resolveDid(resolveHandle(asked));
                }

                @Override
                public DidDocument refreshDid(Did did) {
                    return world.identity().refreshDid(did);
                }

                @Override
                public URI serviceFor(DidDocument document) {
                    return world.identity().serviceFor(document);
                }
            };
            Sessions sessions = world.process().identity(identity).build();
            Login login =
                    Login.as("renamed.test", SECRET).service(world.pds.url()).build();
            assertThat(sessions.open(login).did()).contains(world.alice.did());
            assertThat(world.count(CREATE)).isEqualTo(1);
            assertThat(sessions.open(login).handle()).contains("renamed.test");
            assertThat(sessions.find(handle)).contains(world.key());
        }
    }

    @Test
    @Scenario(51)
    void aStoredSessionThatDiedIsReplacedByALogin() {
        try (World world = World.together()) {
            PasswordSession first = world.login();
            world.pds.accounts().resetPassword(world.alice.did(), "another-password");
            Sessions sessions = world.process().build();
            world.time.advance(Duration.ofHours(3));
            PasswordSession second = sessions.open(Login.as("alice.test", Secret.of("another-password"))
                    .service(world.pds.url())
                    .build());
            assertThat(read(second).status()).isEqualTo(200);
            assertThat(read(first).status()).as("which the sibling adopts").isEqualTo(200);
        }
    }

    @Test
    @Scenario(51)
    void aLoginThatGivesAnotherAccountThanWasAskedForIsEndedAtOnce() {
        try (World world = World.together()) {
            Did bob = Did.parse("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");
            world.fault(Fault.on(CREATE).wrongDid(bob));
            LoginOutcome outcome = world.process()
                    .build()
                    .tryLogin(Login.as(world.alice.did().value(), SECRET)
                            .service(world.pds.url())
                            .build());
            assertThat(outcome).isEqualTo(new LoginOutcome.WrongAccount(world.alice.did(), bob));
            assertThat(world.store.keys()).isEmpty();
            assertThat(world.count(DELETE)).isEqualTo(1);
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @Test
    void aLoginWithoutAServiceFindsTheAccountsOwn() {
        try (World world = World.together()) {
            PasswordSession session = world.process()
                    .identity(world.identity())
                    .build()
                    .login(Login.as(world.alice.did().value(), SECRET).build());
            assertThat(session.service()).isEqualTo(world.pds.url());
            assertThat(session.pds()).isEqualTo(world.pds.pdsUrl());
        }
    }

    @Test
    void aLoginWhoseWriteFailedAfterItWasDoneIsALogin() {
        try (World world = World.together()) {
            var store = new TroubledStore(world.store);
            store.afterWrite = written -> {
                store.afterWrite = record -> {};
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "the connection broke", null);
            };
            PasswordSession session = world.process().store(store).build().login(world.asAlice());
            World.read(session);
            assertThat(world.stored().version()).isEqualTo(1);
            assertThat(world.count(World.DELETE)).isZero();
        }
    }

    @Test
    void aLoginThatMayBeStoredOrNotIsLeftAlive() {
        try (World world = World.together()) {
            world.login();
            var store = new TroubledStore(world.store);
            store.afterWrite = written -> {
                store.failingReads.set(1);
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "the connection broke", null);
            };
            assertThatThrownBy(() -> world.process().store(store).build().login(world.asAlice()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("left alive");
            PasswordSession sibling = world.sibling();
            sibling.refresh();
            assertThat(sibling.destroyed())
                    .as("the store has the new session, and it is alive")
                    .isFalse();
        }
    }

    @Test
    void aLoginThatCannotBeStoredIsEndedAtTheServer() {
        try (World world = World.together()) {
            var store = new TroubledStore(world.store);
            store.failingWrites.set(Integer.MAX_VALUE);
            assertThatThrownBy(() -> world.process().store(store).build().login(world.asAlice()))
                    .isInstanceOf(StoreException.class);
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @Test
    void aLoginOverARecordThatCannotBeReadIsNotToBeTriedAgain() {
        try (World world = World.together()) {
            SessionRecord newer = SessionRecord.of(
                    world.key(), 1, LexMap.builder().put("state", "UNHEARD-OF").build());
            assertThat(world.store.compareAndSet(world.key(), 0, newer)).isTrue();
            StoreException refused = catchThrowableOfType(StoreException.class, world::login);
            assertThat(refused.kind()).isEqualTo(StoreException.Kind.UNREADABLE);
            assertThat(refused.retryable()).isFalse();
            assertThat(world.store.read(world.key())).contains(newer);
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @Test
    void aTakenDownAccountMayAskForTheLittleThatIsLeft() {
        try (World world = World.together()) {
            world.pds.accounts().takeDown(world.alice.did());
            assertThat(world.process().build().tryLogin(world.asAlice())).isInstanceOf(LoginOutcome.TakenDown.class);
            PasswordSession session = world.process()
                    .build()
                    .login(Login.as("alice.test", SECRET)
                            .service(world.pds.url())
                            .allowTakendown()
                            .build());
            assertThat(session.scope()).contains("com.atproto.takendown");
            assertThat(session.accountActive()).isFalse();
            assertThat(session.accountStatus()).contains("takendown");
        }
    }

    @Test
    void aCopyIsResumedWithoutAStoreAndAsNewAsTheStoreIs() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            SessionData old = session.data();
            session.refresh();
            assertThat(world.process().build().resume(old, Resume.LAZY).data())
                    .as("the store is newer")
                    .isEqualTo(session.data());
            PasswordSession elsewhere = world.process()
                    .store(new dev.atp4j.session.store.MemorySessionStore(world.time))
                    .build()
                    .resume(SessionData.parse(session.data().toJson()), Resume.CHECKED);
            assertThat(read(elsewhere).status()).isEqualTo(200);
            assertThat(elsewhere.handle()).contains("alice.test");
        }
    }

    @Test
    void aResumptionThatIsCheckedTellsTheDeadFromTheUnreachable() {
        try (World world = World.together()) {
            world.login();
            Sessions sessions = world.process().build();
            world.fault(Fault.onAny().html(503));
            assertThat(sessions.resume(world.alice.did()).destroyed()).isFalse();
            world.fault(Fault.onAny().html(503));
            assertThatThrownBy(() -> sessions.resume(world.key(), Resume.CHECKED))
                    .isInstanceOf(XrpcResponseException.class);
            world.pds.accounts().resetPassword(world.alice.did(), "another");
            world.time.advance(Duration.ofHours(3));
            assertThat(catchThrowableOfType(SessionOverException.class, () -> sessions.resume(world.alice.did()))
                            .reason())
                    .isEqualTo(EndReason.REVOKED);
            assertThatThrownBy(() -> sessions.resume(Did.parse("did:plc:nobody")))
                    .isInstanceOf(NoSessionException.class);
            assertThat(sessions.stored()).containsExactly(SessionKey.of(world.alice.did()));
        }
    }
}
