// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the four session methods answer, case by case. */
final class SessionMethods {

    private static final String CREATE = "com.atproto.server.createSession";
    private static final String REFRESH = "com.atproto.server.refreshSession";
    private static final String DELETE = "com.atproto.server.deleteSession";
    private static final String GET = "com.atproto.server.getSession";
    private static final String UNVERIFIED = "Token could not be verified";
    private static final String WRONG = "Invalid identifier or password";

    private SessionMethods() {}

    static List<Scenario> scenarios() {
        return List.of(
                Scenario.of("createSession/ok", "a login answers tokens, names, address and status", world -> {
                    Account account = world.createAccount();
                    LexMap body = world.wire().logIn(account).body();
                    assertThat(body.getString("did")).hasValue(account.did());
                    assertThat(body.getString("handle")).hasValue(account.handle());
                    assertThat(body.getString("email")).hasValue(account.email());
                    assertThat(body.getBoolean("emailConfirmed")).hasValue(false);
                    assertThat(body.getBoolean("active")).hasValue(true);
                    assertThat(body.fields().keySet())
                            .containsExactlyInAnyOrder(
                                    "accessJwt", "refreshJwt", "did", "handle", "email", "emailConfirmed", "active");
                }),
                Scenario.of("createAccount/ok", "a new account's session comes without address and status", world -> {
                    assertThat(world.createAccount().born().body().fields().keySet())
                            .containsExactlyInAnyOrder("accessJwt", "refreshJwt", "did", "handle", "didDoc");
                }),
                Scenario.of("createSession/identifiers", "a handle in any case, an address and a DID log in", world -> {
                    Account account = world.createAccount();
                    for (String identifier : List.of(
                            account.handle(),
                            account.handle().toUpperCase(Locale.ROOT),
                            account.email(),
                            account.did())) {
                        world.wire().logIn(identifier, account.password()).ok();
                    }
                }),
                Scenario.of(
                        "createSession/odd-identifiers",
                        "an @ before, spaces around or no dot do not log in",
                        world -> {
                            Account account = world.createAccount();
                            String handle = account.handle();
                            String name = handle.substring(0, handle.indexOf('.'));
                            for (String identifier : List.of("@" + handle, " " + handle, handle + " ", name)) {
                                world.wire()
                                        .logIn(identifier, account.password())
                                        .refused(401, "AuthenticationRequired", WRONG);
                            }
                        }),
                Scenario.of(
                        "createSession/wrong", "a wrong password and an unknown name get the same answer", world -> {
                            Account account = world.createAccount();
                            Answer wrong = world.wire().logIn(account.handle(), "not it");
                            Answer unknown = world.wire().logIn("nobody.test", "not it");
                            wrong.refused(401, "AuthenticationRequired", WRONG);
                            assertThat(unknown.text()).isEqualTo(wrong.text());
                            assertThat(unknown.status()).isEqualTo(wrong.status());
                        }),
                Scenario.of(
                        "createSession/long-password",
                        "a password of 513 characters has an answer of its own",
                        world -> {
                            world.wire()
                                    .logIn(world.createAccount().handle(), "x".repeat(513))
                                    .refused(
                                            401,
                                            "AuthenticationRequired",
                                            "Password too long. Consider resetting your password.");
                        }),
                Scenario.of(
                        "createSession/ignores-authorization", "a login looks at no Authorization header", world -> {
                            Account account = world.createAccount();
                            world.wire()
                                    .as("garbage")
                                    .logIn(account.handle(), account.password())
                                    .ok();
                        }),
                Scenario.of("createSession/second-factor", "a code that nobody asked for does no harm", world -> {
                    Account account = world.createAccount();
                    world.wire()
                            .post(
                                    CREATE,
                                    LexMap.builder()
                                            .put("identifier", account.handle())
                                            .put("password", account.password())
                                            .put("authFactorToken", "AAAAA-BBBBB")
                                            .build())
                            .ok();
                }),
                Scenario.of("createSession/missing-key", "a login without a password is InvalidRequest", world -> {
                    world.wire()
                            .post(
                                    CREATE,
                                    LexMap.builder()
                                            .put("identifier", "alice.test")
                                            .build())
                            .refused(400, "InvalidRequest");
                }),
                Scenario.of("createSession/bad-json", "a login whose JSON is broken is refused", world -> {
                    world.wire()
                            .post(CREATE, "application/json", "{\"identifier\":".getBytes(UTF_8))
                            .refused(400, "SyntaxError");
                }),
                Scenario.of("createSession/content-type", "a login that is no JSON document is refused", world -> {
                    world.wire()
                            .post(CREATE, "text/plain", "hello".getBytes(UTF_8))
                            .refused(400, "InvalidRequest");
                }),
                Scenario.of("createSession/no-body", "a login without a body is refused", world -> {
                    world.wire().post(CREATE).refused(400, "InvalidRequest");
                }),
                Scenario.of("verbs", "a procedure does not answer GET, nor a query POST", world -> {
                    String access = world.createAccount().born().access();
                    for (String procedure : List.of(CREATE, REFRESH, DELETE)) {
                        world.wire()
                                .get(procedure)
                                .refused(400, "InvalidRequest", "Incorrect HTTP method (GET) expected POST");
                    }
                    world.wire()
                            .as(access)
                            .post(GET)
                            .refused(400, "InvalidRequest", "Incorrect HTTP method (POST) expected GET");
                }),
                Scenario.of("auth/missing", "without Authorization the answer is 401 AuthMissing", world -> {
                    for (Answer answer : List.of(
                            world.wire().post(REFRESH),
                            world.wire().post(DELETE),
                            world.wire().get(GET))) {
                        answer.refused(401, "AuthMissing", "Authentication Required");
                    }
                }),
                Scenario.of("auth/no-challenge", "these 401s carry no WWW-Authenticate", world -> {
                    for (Answer answer : List.of(
                            world.wire().post(REFRESH).is(401),
                            world.wire().get(GET).is(401),
                            world.wire().logIn("nobody.test", "x").is(401))) {
                        assertThat(answer.headers().contains("www-authenticate"))
                                .isFalse();
                    }
                }),
                Scenario.of("auth/caching", "answers to a token are private and vary with it", world -> {
                    Answer answer = world.wire()
                            .getSession(world.createAccount().born().access())
                            .ok();
                    assertThat(answer.headers().first("cache-control")).hasValue("private");
                    assertThat(String.join(",", answer.headers().all("vary"))).contains("Authorization");
                }),
                Scenario.of("auth/wrong-kind", "an access token does not refresh, nor a refresh token read", world -> {
                    Tokens tokens = world.createAccount().born();
                    world.wire().refresh(tokens.access()).refused(400, "InvalidToken", UNVERIFIED);
                    world.wire().logOut(tokens.access()).refused(400, "InvalidToken", UNVERIFIED);
                    world.wire().getSession(tokens.refresh()).refused(400, "InvalidToken", UNVERIFIED);
                }),
                Scenario.of("auth/garbage", "what is no token is refused as InvalidToken", world -> {
                    world.wire().refresh("garbage").refused(400, "InvalidToken", UNVERIFIED);
                    world.wire().logOut("garbage").refused(400, "InvalidToken", UNVERIFIED);
                    world.wire().getSession("garbage").refused(400, "InvalidToken", UNVERIFIED);
                }),
                Scenario.of("auth/forged", "a token whose signature is wrong is refused as InvalidToken", world -> {
                    Tokens tokens = world.createAccount().born();
                    world.wire().refresh(forged(tokens.refresh())).refused(400, "InvalidToken", UNVERIFIED);
                    world.wire().getSession(forged(tokens.access())).refused(400, "InvalidToken", UNVERIFIED);
                    world.wire().refresh(tokens);
                }),
                Scenario.of("auth/wrong-audience", "a token of another service is refused as InvalidToken", world -> {
                    LexMap claims = Tokens.claims(world.createAccount().born().refresh());
                    String token = world.sign("refresh+jwt", claims.with("aud", text("did:web:elsewhere.test")));
                    world.wire().refresh(token).refused(400, "InvalidToken", UNVERIFIED);
                    world.wire().logOut(token).refused(400, "InvalidToken", UNVERIFIED);
                }),
                Scenario.of("auth/wrong-scope", "a token of another scope is refused as \"Bad token scope\"", world -> {
                    LexMap claims = Tokens.claims(world.createAccount().born().refresh());
                    String token = world.sign("refresh+jwt", claims.with("scope", text("com.atproto.access")));
                    world.wire().refresh(token).refused(400, "InvalidToken", "Bad token scope");
                    world.wire().logOut(token).refused(400, "InvalidToken", "Bad token scope");
                }),
                Scenario.of("auth/no-jti", "a refresh token without a jti is 401 MissingTokenId", world -> {
                    LexMap claims = Tokens.claims(world.createAccount().born().refresh());
                    String token = world.sign("refresh+jwt", claims.without("jti"));
                    world.wire().refresh(token).refused(401, "MissingTokenId", "Unexpected missing refresh token id");
                    world.wire().logOut(token).refused(401, "MissingTokenId");
                }),
                Scenario.of("auth/unknown-jti", "a well signed token that is on no record is revoked", world -> {
                    LexMap claims = Tokens.claims(world.createAccount().born().refresh());
                    String token = world.sign("refresh+jwt", claims.with("jti", text("unknown")));
                    world.wire().refresh(token).refused(400, "ExpiredToken", "Token has been revoked");
                }),
                Scenario.of("auth/iat", "a token from ten minutes ahead is accepted", world -> {
                    LexMap claims = Tokens.claims(world.createAccount().born().refresh());
                    long iat = claims.getLong("iat").orElseThrow() + 600;
                    String token = world.sign("refresh+jwt", claims.with("iat", new LexInteger(iat)));
                    world.wire().refresh(token).ok();
                }),
                Scenario.of(
                        "auth/header-forms", "two spaces and other schemes are refused, any case is fine", world -> {
                            String token = world.createAccount().born().refresh();
                            authorized(world, "Bearer  " + token)
                                    .refused(400, "InvalidToken", "Malformed authorization header");
                            authorized(world, "Token " + token)
                                    .refused(400, "InvalidToken", "Unsupported authorization type: Token");
                            authorized(world, "Basic " + token).refused(401, "AuthMissing");
                            authorized(world, "bearer " + token).ok();
                        }),
                Scenario.of("refreshSession/body", "a refresh with the JSON body {} is refused", world -> {
                    Tokens tokens = world.createAccount().born();
                    Wire wire = world.wire().as(tokens.refresh());
                    String unexpected = "A request body was provided when none was expected";
                    wire.post(REFRESH, LexMap.empty()).refused(400, "InvalidRequest", unexpected);
                    wire.post(DELETE, LexMap.empty()).refused(400, "InvalidRequest", unexpected);
                    wire.post(REFRESH).ok();
                }),
                Scenario.of("refreshSession/ok", "a refresh answers the same fields as a login", world -> {
                    Account account = world.createAccount();
                    assertThat(world.wire()
                                    .refresh(account.born())
                                    .body()
                                    .fields()
                                    .keySet())
                            .containsExactlyInAnyOrderElementsOf(
                                    world.wire().logIn(account).body().fields().keySet());
                }),
                Scenario.of("getSession/ok", "getSession answers what a login does, without the tokens", world -> {
                    Account account = world.createAccount();
                    LexMap login = world.wire().logIn(account).body();
                    assertThat(world.wire()
                                    .getSession(account.born().access())
                                    .ok()
                                    .json())
                            .isEqualTo(login.without("accessJwt").without("refreshJwt"));
                }),
                Scenario.of("didDoc/on", "with didDoc on, session answers carry the document with the PDS", world -> {
                            Account account = world.createAccount();
                            Tokens tokens = world.wire().logIn(account);
                            for (LexMap body : List.of(
                                    tokens.body(),
                                    world.wire().refresh(tokens).body(),
                                    world.wire()
                                            .getSession(tokens.access())
                                            .ok()
                                            .json())) {
                                LexMap document = body.getMap("didDoc").orElseThrow();
                                assertThat(document.getString("id")).hasValue(account.did());
                                assertThat(document.toString()).contains("#atproto_pds", "AtprotoPersonalDataServer");
                            }
                        })
                        .with(Scenario.Setting.DID_DOC),
                Scenario.of("deleteSession/ok", "a logout answers 200, nothing else, and ends the token", world -> {
                    Tokens tokens = world.createAccount().born();
                    Answer answer = world.wire().logOut(tokens.refresh()).ok();
                    assertThat(answer.text()).isEmpty();
                    assertThat(answer.headers().contains("content-type")).isFalse();
                    world.wire().refresh(tokens.refresh()).refused(400, "ExpiredToken", "Token has been revoked");
                }),
                Scenario.of("deleteSession/again", "a second logout is as good as the first", world -> {
                    String token = world.createAccount().born().refresh();
                    world.wire().logOut(token).ok();
                    world.wire().logOut(token).ok();
                }),
                Scenario.of("deleteSession/expired", "a token past its exp still logs out", world -> {
                    String token = world.createAccount().born().refresh();
                    world.advance(Duration.ofDays(91));
                    world.wire().refresh(token).refused(400, "ExpiredToken", "Token has expired");
                    world.wire().logOut(token).ok();
                }),
                Scenario.of("deleteSession/access", "the access token goes on after the logout", world -> {
                    Tokens tokens = world.createAccount().born();
                    world.wire().logOut(tokens.refresh()).ok();
                    world.wire().getSession(tokens.access()).ok();
                }),
                Scenario.of("deleteSession/one-row", "a logout ends one session, not the others", world -> {
                    Account account = world.createAccount();
                    Tokens other = world.wire().logIn(account);
                    world.wire().logOut(account.born().refresh()).ok();
                    world.wire().refresh(other);
                }),
                Scenario.of(
                        "deleteSession/resurrection",
                        "a predecessor in grace brings a logged out session back with a new life",
                        world -> {
                            Tokens first = world.createAccount().born();
                            Tokens second = world.wire().refresh(first);
                            world.wire().logOut(second.refresh()).ok();
                            world.wire().refresh(second.refresh()).refused(400, "ExpiredToken");
                            Tokens risen = world.wire().refresh(first);
                            assertThat(risen.jti()).isEqualTo(second.jti());
                            world.advance(Duration.ofDays(1));
                            world.wire().refresh(risen);
                        }),
                Scenario.of(
                        "deleteSession/ancestors-first",
                        "a logout of every ancestor in grace, oldest first, leaves nothing alive",
                        world -> {
                            Account account = world.createAccount();
                            Tokens first = account.born();
                            Tokens second = world.wire().refresh(first);
                            Tokens third = world.wire().refresh(second);
                            for (Tokens each : List.of(first, second, third)) {
                                world.wire().logOut(each.refresh()).ok();
                            }
                            for (Tokens each : List.of(first, second, third)) {
                                world.wire().refresh(each.refresh()).refused(400, "ExpiredToken");
                            }
                            assertThat(world.liveTokens(account)).isZero();
                        }));
    }

    private static Answer authorized(World world, String header) {
        return world.wire().with("authorization", header).post(REFRESH);
    }

    static LexString text(String value) {
        return new LexString(value);
    }

    private static String forged(String token) {
        int signature = token.lastIndexOf('.') + 1;
        char first = token.charAt(signature);
        return token.substring(0, signature) + (first == 'A' ? 'B' : 'A') + token.substring(signature + 1);
    }
}
