// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.Secret;
import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.pds.Caller.Result;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the four session methods answer, case by case: status, error and message as the reference PDS has them. */
class OutcomeTest {

    private static final String KEY = "a key that only this test knows";
    private static final String CREATE = "com.atproto.server.createSession";
    private static final String REFRESH = "com.atproto.server.refreshSession";
    private static final String DELETE = "com.atproto.server.deleteSession";
    private static final String GET = "com.atproto.server.getSession";

    private static final String OK = "200";
    private static final String MISSING = "401 AuthMissing \"Authentication Required\"";
    private static final String UNVERIFIED = "400 InvalidToken \"Token could not be verified\"";
    private static final String BAD_SCOPE = "400 InvalidToken \"Bad token scope\"";
    private static final String EXPIRED = "400 ExpiredToken \"Token has expired\"";
    private static final String REVOKED = "400 ExpiredToken \"Token has been revoked\"";
    private static final String TAKEN_DOWN = "401 AccountTakedown \"Account has been taken down\"";
    private static final String WRONG = "401 AuthenticationRequired \"Invalid identifier or password\"";

    private final EmbeddedPds pds =
            EmbeddedPds.builder().jwtSecret(Secret.of(KEY)).start();
    private final Caller caller = new Caller(pds.url());
    private final Account alice = pds.createAccount("alice.test", "password");
    private final Result session = caller.login("alice.test", "password");

    @AfterEach
    void stop() {
        pds.close();
    }

    /** What refreshSession, deleteSession and getSession answer to these tokens. */
    private void assertOutcomes(String refresh, String refreshed, String deleted, String access, String read) {
        assertThat(caller.refreshSession(refresh).outcome())
                .as("refreshSession")
                .isEqualTo(refreshed);
        assertThat(caller.deleteSession(refresh).outcome()).as("deleteSession").isEqualTo(deleted);
        assertThat(caller.getSession(access).outcome()).as("getSession").isEqualTo(read);
    }

    private LexMap refreshClaims() {
        return Caller.claims(session.refresh());
    }

    private static LexString text(String value) {
        return new LexString(value);
    }

    @Test
    void tokensHaveTheReferenceShape() {
        long now = VirtualTime.START.getEpochSecond();
        String pdsDid = caller.get("com.atproto.server.describeServer", "").text("did");
        assertThat(new String(Base64.getUrlDecoder().decode(session.access().split("\\.")[0]), StandardCharsets.UTF_8))
                .isEqualTo("{\"typ\":\"at+jwt\",\"alg\":\"HS256\"}");
        assertThat(new String(Base64.getUrlDecoder().decode(session.refresh().split("\\.")[0]), StandardCharsets.UTF_8))
                .isEqualTo("{\"typ\":\"refresh+jwt\",\"alg\":\"HS256\"}");
        assertThat(Caller.claims(session.access()).toString())
                .isEqualTo("{\"scope\":\"com.atproto.access\",\"aud\":\"" + pdsDid + "\",\"sub\":\"" + alice.did()
                        + "\",\"iat\":" + now + ",\"exp\":" + (now + 7_200) + "}");
        assertThat(refreshClaims().without("jti").toString())
                .isEqualTo("{\"scope\":\"com.atproto.refresh\",\"aud\":\"" + pdsDid + "\",\"sub\":\"" + alice.did()
                        + "\",\"iat\":" + now + ",\"exp\":" + (now + 7_776_000) + "}");
        assertThat(Caller.jti(session.refresh())).matches("[A-Za-z0-9+/]{43}");
    }

    @Test
    void aGoodSessionIsAnswered() {
        assertThat(session.json().fields().keySet())
                .containsExactly("accessJwt", "refreshJwt", "did", "handle", "email", "emailConfirmed", "active");
        assertOutcomes(session.refresh(), OK, OK, session.access(), OK);
        assertThat(caller.deleteSession(session.refresh()).bytes()).isEmpty();
        assertThat(caller.deleteSession(session.refresh()).headers().firstValue("content-type"))
                .isEmpty();
    }

    @Test
    void noTokenIsMissing() {
        assertOutcomes("", MISSING, MISSING, "", MISSING);
        assertThat(caller.getSession("").headers().firstValue("www-authenticate"))
                .isEmpty();
    }

    @Test
    void aTokenOfTheOtherKindIsNotVerified() {
        assertOutcomes(session.access(), UNVERIFIED, UNVERIFIED, session.refresh(), UNVERIFIED);
    }

    @Test
    void garbageAndForgeriesAreNotVerified() {
        assertOutcomes("garbage", UNVERIFIED, UNVERIFIED, "a.b.c", UNVERIFIED);
        String forged = session.refresh().substring(0, session.refresh().length() - 5) + "AAAAA";
        assertOutcomes(forged, UNVERIFIED, UNVERIFIED, "..", UNVERIFIED);
    }

    @Test
    void aTokenForSomebodyElseIsNotVerified() {
        String foreign = Caller.forge(KEY, "refresh+jwt", refreshClaims().with("aud", text("did:web:elsewhere.test")));
        assertOutcomes(foreign, UNVERIFIED, UNVERIFIED, foreign, UNVERIFIED);
    }

    @Test
    void aTokenOfAnotherScopeIsToldSo() {
        String refresh = Caller.forge(KEY, "refresh+jwt", refreshClaims().with("scope", text("com.atproto.access")));
        String access = Caller.forge(
                KEY, "at+jwt", Caller.claims(session.access()).with("scope", text("com.atproto.takendown")));
        assertOutcomes(refresh, BAD_SCOPE, BAD_SCOPE, access, BAD_SCOPE);
    }

    @Test
    void aTokenAboutNobodyIsMalformed() {
        String malformed = "400 InvalidToken \"Malformed token\"";
        String refresh = Caller.forge(KEY, "refresh+jwt", refreshClaims().with("sub", text("alice.test")));
        String access =
                Caller.forge(KEY, "at+jwt", Caller.claims(session.access()).without("sub"));
        assertOutcomes(refresh, malformed, malformed, access, malformed);
    }

    @Test
    void aRefreshTokenWithoutAnIdIsToldSo() {
        String expected = "401 MissingTokenId \"Unexpected missing refresh token id\"";
        String refresh = Caller.forge(KEY, "refresh+jwt", refreshClaims().without("jti"));
        assertOutcomes(refresh, expected, expected, session.access(), OK);
    }

    @Test
    void anUnknownIdIsRevokedAndALogoutOfItIsFine() {
        String refresh = Caller.forge(KEY, "refresh+jwt", refreshClaims().with("jti", text("unknown")));
        assertOutcomes(refresh, REVOKED, OK, session.access(), OK);
    }

    @Test
    void expiryIsExactAndALogoutAfterItIsFine() {
        pds.time().advance(Duration.ofSeconds(7_199));
        assertThat(caller.getSession(session.access()).outcome()).isEqualTo(OK);
        pds.time().advance(Duration.ofSeconds(1));
        assertThat(caller.getSession(session.access()).outcome()).isEqualTo(EXPIRED);
        pds.time().advance(Duration.ofDays(90));
        assertOutcomes(session.refresh(), EXPIRED, OK, session.access(), EXPIRED);
    }

    @Test
    void aTokenFromTheFutureIsAccepted() {
        long ahead = VirtualTime.START.getEpochSecond() + 600;
        String refresh =
                Caller.forge(KEY, "refresh+jwt", refreshClaims().with("iat", new dev.atp4j.data.LexInteger(ahead)));
        assertThat(caller.refreshSession(refresh).outcome()).isEqualTo(OK);
    }

    @Test
    void theHeaderHasToBeWellFormed() {
        String malformed = "400 InvalidToken \"Malformed authorization header\"";
        for (String[] row : new String[][] {
            {REFRESH, "Bearer  " + session.refresh(), malformed},
            {REFRESH, "Bearer", malformed},
            {REFRESH, "Token x", "400 InvalidToken \"Unsupported authorization type: Token\""},
            {REFRESH, "Basic x", MISSING},
            {DELETE, "Basic x", MISSING},
            {REFRESH, "bearer " + session.refresh(), OK},
            {GET, "BEARER " + session.access(), OK},
            {GET, "Basic x", "400 InvalidToken \"Unexpected authorization type\""}
        }) {
            HttpRequest.Builder request = caller.request("/xrpc/" + row[0]).header("authorization", row[1]);
            Result result =
                    caller.send(row[0].equals(GET) ? request.GET() : request.POST(HttpRequest.BodyPublishers.noBody()));
            assertThat(result.outcome()).as(row[0] + " " + row[1]).isEqualTo(row[2]);
        }
    }

    @Test
    void aDeletedAccountIsNotFound() {
        pds.accounts().delete(alice.did());
        String expected = "400 InvalidRequest \"Could not find user info for account: " + alice.did() + "\"";
        assertOutcomes(session.refresh(), expected, OK, session.access(), expected);
        assertThat(caller.login("alice.test", "password").outcome()).isEqualTo(WRONG);
    }

    @Test
    void aTakedownEndsEverythingButLogout() {
        pds.accounts().takeDown(alice.did());
        assertOutcomes(
                session.refresh(),
                TAKEN_DOWN,
                OK,
                session.access(),
                "400 InvalidRequest \"Could not find user info for account: " + alice.did() + "\"");
        assertThat(caller.login("alice.test", "password").outcome()).isEqualTo(TAKEN_DOWN);
        assertThat(caller.login("alice.test", "wrong").outcome()).isEqualTo(WRONG);
        pds.accounts().restore(alice.did());
        assertThat(caller.refreshSession(session.refresh()).outcome()).isEqualTo(REVOKED);
        assertThat(caller.getSession(session.access()).outcome()).isEqualTo(OK);
    }

    @Test
    void aTakedownLoginThatIsAllowedCannotBeRefreshed() {
        String appPassword = pds.accounts().createAppPassword(alice.did(), "phone", false);
        pds.accounts().takeDown(alice.did());
        Result allowed = allowTakendown("password");
        assertThat(allowed.json().getBoolean("active")).contains(false);
        assertThat(allowed.text("status")).isEqualTo("takendown");
        assertThat(Caller.claims(allowed.access()).getString("scope")).contains("com.atproto.takendown");
        assertThat(pds.accounts().refreshTokens(alice.did())).isEmpty();
        assertOutcomes(allowed.refresh(), TAKEN_DOWN, OK, allowed.access(), BAD_SCOPE);
        assertThat(allowTakendown(appPassword).outcome()).isEqualTo(WRONG);
        assertThat(caller.post("com.atproto.server.deactivateAccount", allowed.access(), LexMap.empty())
                        .outcome())
                .isEqualTo(OK);
    }

    private Result allowTakendown(String password) {
        return caller.post(
                CREATE,
                "",
                LexMap.builder()
                        .put("identifier", "alice.test")
                        .put("password", password)
                        .put("allowTakendown", new LexBoolean(true))
                        .build());
    }

    @Test
    void aDeactivatedAccountGoesOn() {
        pds.accounts().deactivate(alice.did());
        for (Result result : List.of(
                caller.login("alice.test", "password"),
                caller.refreshSession(session.refresh()),
                caller.getSession(session.access()))) {
            assertThat(result.outcome()).isEqualTo(OK);
            assertThat(result.json().getBoolean("active")).contains(false);
            assertThat(result.text("status")).isEqualTo("deactivated");
        }
        pds.accounts().activate(alice.did());
        assertThat(caller.getSession(session.access()).json().getBoolean("active"))
                .contains(true);
    }

    @Test
    void aNewPasswordEndsAllSessionsButNotTheAccessTokens() {
        String appPassword = pds.accounts().createAppPassword(alice.did(), "phone", false);
        Result app = caller.login("alice.test", appPassword);
        pds.accounts().resetPassword(alice.did(), "another");
        assertThat(caller.refreshSession(session.refresh()).outcome()).isEqualTo(REVOKED);
        assertThat(caller.refreshSession(app.refresh()).outcome()).isEqualTo(REVOKED);
        assertThat(caller.getSession(session.access()).outcome()).isEqualTo(OK);
        assertThat(caller.login("alice.test", "password").outcome()).isEqualTo(WRONG);
        assertThat(caller.login("alice.test", appPassword).outcome()).isEqualTo(OK);
    }

    @Test
    void identifiersAreHandlesDidsAndAddresses() {
        for (String good : List.of("alice.test", "ALICE.test", alice.did().value(), "Alice-Test@example.com")) {
            assertThat(caller.login(good, "password").outcome()).as(good).isEqualTo(OK);
        }
        for (String bad : List.of("@alice.test", " alice.test", "alice.test ", "alice", "bob.test", "")) {
            assertThat(caller.login(bad, "password").outcome()).as(bad).isEqualTo(WRONG);
        }
    }

    @Test
    void loginsLookAtNoHeaderAndPasswordsHaveALongestLength() {
        assertThat(caller.post(
                                CREATE,
                                "garbage",
                                LexMap.builder()
                                        .put("identifier", "alice.test")
                                        .put("password", "password")
                                        .build())
                        .outcome())
                .isEqualTo(OK);
        assertThat(caller.login("alice.test", "x".repeat(512)).outcome()).isEqualTo(WRONG);
        assertThat(caller.login("alice.test", "x".repeat(513)).outcome())
                .isEqualTo("401 AuthenticationRequired \"Password too long. Consider resetting your password.\"");
    }

    @Test
    void badInputIsTold() {
        assertThat(caller.post(CREATE, "", LexMap.empty()).outcome())
                .isEqualTo("400 InvalidRequest \"Missing required key \"identifier\" at $\"");
        assertThat(caller.post(CREATE, "", LexMap.builder().put("identifier", 5).build())
                        .outcome())
                .isEqualTo("400 InvalidRequest \"Expected string value type (got 5) at $.identifier\"");
        assertThat(caller.post(CREATE, "").outcome())
                .isEqualTo("400 InvalidRequest \"Request encoding (Content-Type) required but not provided\"");
        assertThat(sent("text/plain", "hello").outcome())
                .isEqualTo("400 InvalidRequest \"Wrong request encoding (Content-Type): text/plain\"");
        assertThat(sent("application/json", "{\"identifier\":").outcome()).startsWith("400 SyntaxError ");
        assertThat(sent("application/json", "{\"identifier\":\"" + "x".repeat(160_000) + "\"}")
                        .outcome())
                .isEqualTo("413 PayloadTooLargeError \"request entity too large\"");
    }

    private Result sent(String type, String body) {
        return caller.send(caller.request("/xrpc/" + CREATE)
                .header("content-type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void aBodyWhereNoneBelongsIsRefused() {
        String expected = "400 InvalidRequest \"A request body was provided when none was expected\"";
        assertThat(caller.post(REFRESH, session.refresh(), LexMap.empty()).outcome())
                .isEqualTo(expected);
        assertThat(caller.post(DELETE, session.refresh(), LexMap.empty()).outcome())
                .isEqualTo(expected);
    }

    @Test
    void theVerbHasToBeRight() {
        for (String procedure : List.of(CREATE, REFRESH, DELETE)) {
            assertThat(caller.get(procedure, "").outcome())
                    .isEqualTo("400 InvalidRequest \"Incorrect HTTP method (GET) expected POST\"");
        }
        assertThat(caller.post(GET, session.access()).outcome())
                .isEqualTo("400 InvalidRequest \"Incorrect HTTP method (POST) expected GET\"");
        assertThat(caller.send(caller.request("/xrpc/" + GET).method("PUT", HttpRequest.BodyPublishers.noBody()))
                        .outcome())
                .isEqualTo("400 InvalidRequest \"XRPC requests only supports GET and POST\"");
    }

    @Test
    void answersToTokensAreForNobodyElse() {
        for (Result result : List.of(caller.getSession(session.access()), caller.getSession("garbage"))) {
            assertThat(result.headers().firstValue("cache-control")).contains("private");
            assertThat(result.headers().firstValue("vary")).contains("Authorization");
        }
    }

    @Test
    void expiredTokensAreAnsweredBy401IfWished() {
        try (EmbeddedPds other = EmbeddedPds.builder()
                .expiredTokenAs401(true)
                .refreshGrace(Duration.ZERO)
                .start()) {
            other.createAccount("bob.test", "password");
            Caller bob = new Caller(other.url());
            Result login = bob.login("bob.test", "password");
            assertThat(bob.refreshSession(login.refresh()).outcome()).isEqualTo(OK);
            assertThat(bob.refreshSession(login.refresh()).outcome())
                    .isEqualTo("401 ExpiredToken \"Token has been revoked\"");
            other.time().advance(Duration.ofHours(2));
            assertThat(bob.getSession(login.access()).outcome()).isEqualTo("401 ExpiredToken \"Token has expired\"");
        }
    }

    @Test
    void theDidDocumentIsShownIfWished() {
        try (EmbeddedPds other = EmbeddedPds.builder().didDocInSession(true).start()) {
            Account bob = other.createAccount("bob.test", "password");
            Caller anybody = new Caller(other.url());
            LexMap document = anybody.login("bob.test", "password")
                    .json()
                    .getMap("didDoc")
                    .orElseThrow();
            assertThat(document.getString("id")).contains(bob.did().value());
            assertThat(document.toString()).contains("\"serviceEndpoint\":\"" + other.pdsUrl() + "\"");
        }
    }
}
