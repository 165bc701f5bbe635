// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexMap;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Nsid;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers mean, row by row. */
class VerdictTest {

    private static final Did ALICE = Given.DID;
    private static final Did MALLORY = Did.parse("did:plc:mmmmmmmmmmmmmmmmmmmmmmmm");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Nsid READ = Nsid.parse("app.bsky.feed.getTimeline");

    private static Answer.Response error(int status, String error, String message) {
        return new Answer.Response(status, error, message, null, false, null);
    }

    private static Answer.Response page(int status) {
        return new Answer.Response(status, "", "", null, true, null);
    }

    private static Answer.Response text(int status) {
        return new Answer.Response(status, "", "", null, false, null);
    }

    private static Answer.Response later(int status, String error) {
        return new Answer.Response(status, error, "", null, false, MINUTE);
    }

    private static Answer.Response ok(LexMap json) {
        return new Answer.Response(200, "", "", json, false, null);
    }

    private static LexMap tokens(Did did) {
        return LexMap.builder()
                .put("did", did.value())
                .put("accessJwt", "a.b.c")
                .put("refreshJwt", "d.e.f")
                .put("handle", "alice.test")
                .build();
    }

    private static RefreshVerdict refresh(Answer answer) {
        return Verdict.ofRefresh(answer, ALICE);
    }

    // ---- refreshSession

    @ParameterizedTest
    @CsvSource({
        "400, ExpiredToken, Token has been revoked, REVOKED",
        "400, ExpiredToken, '', REVOKED",
        "400, ExpiredToken, Token has expired, EXPIRED",
        "401, ExpiredToken, Token has been revoked, REVOKED",
        "400, InvalidToken, Token could not be verified, INVALID_TOKEN",
        "400, InvalidToken, Bad token scope, INVALID_TOKEN",
        "401, InvalidToken, Invalid token type, INVALID_TOKEN"
    })
    void aRefusalThatNamesTheTokenIsAboutTheToken(int status, String error, String message, EndReason reason) {
        assertThat(refresh(error(status, error, message))).isEqualTo(new RefreshVerdict.TokenDead(reason));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401})
    void aTakedownIsAStateOfTheAccount(int status) {
        assertThat(refresh(error(status, "AccountTakedown", "Account has been taken down")))
                .isEqualTo(new RefreshVerdict.TakenDown());
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidRequest, Could not find user info for account: did:plc:x",
        "403, AccountNotFound, Account not found"
    })
    void anUnknownAccountWasDeletedOrMoved(int status, String error, String message) {
        assertThat(refresh(error(status, error, message))).isEqualTo(new RefreshVerdict.AccountUnknown());
    }

    @Test
    void aRefusalWithoutACauseIsADoubt() {
        assertThat(refresh(error(401, "AuthenticationRequired", "no"))).isEqualTo(new RefreshVerdict.Refused());
    }

    @ParameterizedTest
    @CsvSource({
        "401, AuthMissing",
        "401, MissingTokenId",
        "400, InvalidRequest",
        "400, SomethingNew",
        "403, Forbidden",
        "403, ExpiredToken",
        "404, ExpiredToken",
        "404, XRPCNotSupported",
        "407, ''",
        "425, ''",
        "300, ''",
        "301, ''",
        "302, ExpiredToken",
        "307, ''",
        "308, ''"
    })
    void otherRefusalsPassAndLeaveTheTokenUnused(int status, String error) {
        var verdict = (RefreshVerdict.Transient) refresh(error(status, error, ""));
        assertThat(verdict.outcomeUnknown()).isFalse();
        assertThat(verdict.why()).contains(Integer.toString(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 407, 429, 500, 502, 503})
    void aPageForPeopleSaysNothingAboutTheToken(int status) {
        assertThat(refresh(page(status)))
                .isInstanceOfSatisfying(
                        RefreshVerdict.Transient.class,
                        verdict -> assertThat(verdict.why()).contains("page"));
        assertThat(refresh(text(status))).isInstanceOf(RefreshVerdict.Transient.class);
    }

    @ParameterizedTest
    @CsvSource({
        "500, ExpiredToken",
        "502, InvalidToken",
        "503, AccountTakedown",
        "504, AuthenticationRequired",
        "520, ExpiredToken",
        "408, ExpiredToken"
    })
    void aStatusOfTroubleOutranksTheNameAndMayHideARotation(int status, String error) {
        var verdict = (RefreshVerdict.Transient) refresh(error(status, error, "Token has been revoked"));
        assertThat(verdict.outcomeUnknown()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 500, 400})
    void whatTheServerAsksToWaitIsPassedOn(int status) {
        var verdict = (RefreshVerdict.Transient) refresh(later(status, "RateLimitExceeded"));
        assertThat(verdict.retryAfter()).isEqualTo(MINUTE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutAnAnswerTheTransportKnowsWhetherItMayHaveArrived(boolean arrived) {
        assertThat(refresh(new Answer.None(arrived, "reset")))
                .isEqualTo(new RefreshVerdict.Transient(arrived, null, "reset"));
    }

    @Test
    void aSuccessThatIsNoneMayHideARotation() {
        var empty = LexMap.empty();
        for (Answer answer : List.of(
                ok(empty),
                text(200),
                text(204),
                page(200),
                ok(tokens(ALICE).without("accessJwt")),
                ok(tokens(ALICE).without("did")))) {
            var verdict = (RefreshVerdict.Transient) refresh(answer);
            assertThat(verdict.outcomeUnknown()).isTrue();
        }
    }

    @Test
    void tokensOfTheAccountAreARotation() {
        var verdict = (RefreshVerdict.Rotated) refresh(ok(tokens(ALICE)));
        assertThat(verdict.grant().accessJwt().expose()).isEqualTo("a.b.c");
        assertThat(verdict.grant().profile().handle()).isEqualTo("alice.test");
    }

    @Test
    void tokensOfAnotherAccountAreNot() {
        assertThat(refresh(ok(tokens(MALLORY)))).isEqualTo(new RefreshVerdict.WrongAccount(MALLORY));
    }

    @Test
    void aMissingRefreshTokenIsNoReasonToThrowTheAccessTokenAway() {
        var verdict = (RefreshVerdict.Rotated) refresh(ok(tokens(ALICE).without("refreshJwt")));
        assertThat(verdict.grant().refreshJwt()).isNull();
    }

    // ---- deleteSession

    @Test
    void anySuccessButAPageConfirmsADelete() {
        for (Answer answer : List.of(text(200), text(204), text(202), ok(LexMap.empty()))) {
            assertThat(Verdict.ofDelete(answer)).isEqualTo(new DeleteVerdict.Gone());
        }
        assertThat(Verdict.ofDelete(page(200))).isInstanceOf(DeleteVerdict.Unconfirmed.class);
    }

    @ParameterizedTest
    @CsvSource({"400, ExpiredToken", "401, ExpiredToken", "400, InvalidToken", "401, InvalidToken"})
    void aTokenThatTheServerDoesNotKnowIsGone(int status, String error) {
        assertThat(Verdict.ofDelete(error(status, error, "x"))).isEqualTo(new DeleteVerdict.Gone());
    }

    @ParameterizedTest
    @CsvSource({
        "401, AccountTakedown",
        "401, AuthMissing",
        "401, AuthenticationRequired",
        "401, ''",
        "400, InvalidRequest",
        "403, ExpiredToken",
        "404, ''",
        "429, ''",
        "500, ExpiredToken",
        "502, InvalidToken",
        "307, ''"
    })
    void anythingElseLeavesADeleteOpen(int status, String error) {
        assertThat(Verdict.ofDelete(error(status, error, ""))).isInstanceOf(DeleteVerdict.Unconfirmed.class);
    }

    @Test
    void anOpenDeleteKnowsWhenToAskAgainAndWhy() {
        assertThat(Verdict.ofDelete(later(429, "RateLimitExceeded")))
                .isEqualTo(new DeleteVerdict.Unconfirmed(MINUTE, "status 429 RateLimitExceeded"));
        assertThat(Verdict.ofDelete(new Answer.None(true, "reset")))
                .isEqualTo(new DeleteVerdict.Unconfirmed(null, "reset"));
        assertThat(Verdict.ofDelete(page(401)))
                .isEqualTo(new DeleteVerdict.Unconfirmed(null, "status 401 a page instead of an answer"));
    }

    // ---- ordinary calls

    @ParameterizedTest
    @CsvSource({
        "400, ExpiredToken, Token has expired, EXPIRED",
        "400, ExpiredToken, '', EXPIRED",
        "401, ExpiredToken, Token expired, EXPIRED",
        "400, ExpiredToken, Token is expired, NOT_OURS",
        "401, ExpiredToken, Token is expired, NOT_OURS",
        "401, InvalidToken, x, SUSPECT",
        "401, AuthenticationRequired, x, SUSPECT",
        "401, '', '', SUSPECT",
        "401, AccountDeactivated, x, NOT_OURS",
        "401, AccountTakedown, x, NOT_OURS",
        "401, AuthMissing, x, NOT_OURS",
        "401, JwtExpired, x, NOT_OURS",
        "401, BadJwt, x, NOT_OURS",
        "401, BadJwtAudience, x, NOT_OURS",
        "401, BadJwtIss, x, NOT_OURS",
        "401, BadJwtType, x, NOT_OURS",
        "401, UntrustedIss, x, NOT_OURS",
        "401, BadJwtSignature, x, UNVERIFIABLE",
        "400, InvalidToken, Token could not be verified, UNVERIFIABLE",
        "400, InvalidToken, Bad token scope, NOT_OURS",
        "400, InvalidToken, Bad token method, NOT_OURS",
        "400, InvalidToken, Token is invalid, NOT_OURS",
        "400, InvalidRequest, x, NOT_OURS",
        "403, AccountNotFound, x, REROUTE",
        "403, ExpiredToken, x, NOT_OURS",
        "404, AccountNotFound, x, NOT_OURS",
        "429, ExpiredToken, x, NOT_OURS",
        "500, ExpiredToken, x, NOT_OURS",
        "502, '', '', NOT_OURS",
        "302, ExpiredToken, x, NOT_OURS"
    })
    void onlySomeAnswersToACallAreAboutTheSession(int status, String error, String message, CallVerdict verdict) {
        assertThat(Verdict.ofCall(error(status, error, message), READ)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.atproto.server.confirmEmail",
                "com.atproto.server.updateEmail",
                "com.atproto.server.deleteAccount",
                "com.atproto.server.resetPassword",
                "com.atproto.identity.signPlcOperation"
            })
    void methodsThatTakeCodesAreBelievedAboutTheSessionOnlyInTheExactWords(String nsid) {
        Nsid takesCode = Nsid.parse(nsid);
        for (int status : new int[] {400, 401}) {
            assertThat(Verdict.ofCall(error(status, "ExpiredToken", "Token is expired"), takesCode))
                    .isEqualTo(CallVerdict.NOT_OURS);
            assertThat(Verdict.ofCall(error(status, "ExpiredToken", "The code is old"), takesCode))
                    .isEqualTo(CallVerdict.NOT_OURS);
            assertThat(Verdict.ofCall(error(status, "ExpiredToken", "Token has expired"), takesCode))
                    .isEqualTo(CallVerdict.EXPIRED);
        }
    }

    // ---- createSession

    @ParameterizedTest
    @CsvSource({
        "401, AuthFactorTokenRequired, A sign in code has been sent, false",
        "400, AuthFactorTokenRequired, TOTP, false",
        "400, InvalidToken, Token is invalid, true",
        "401, AuthenticationRequired, Token is invalid, true",
        "400, ExpiredToken, Token is expired, true"
    })
    void aSignInCodeIsWantedOrRefusedByName(int status, String error, String message, boolean refused) {
        assertThat(Verdict.ofLogin(error(status, error, message)))
                .isEqualTo(new LoginVerdict.AuthFactorRequired(message, refused));
    }

    @Test
    void theOtherAnswersToALogin() {
        assertThat(Verdict.ofLogin(error(401, "AuthenticationRequired", "Invalid identifier or password")))
                .isEqualTo(new LoginVerdict.BadCredentials("Invalid identifier or password"));
        assertThat(Verdict.ofLogin(error(401, "AccountTakedown", "down")))
                .isEqualTo(new LoginVerdict.TakenDown("down"));
        assertThat(Verdict.ofLogin(later(429, "RateLimitExceeded"))).isEqualTo(new LoginVerdict.RateLimited(MINUTE));
        assertThat(Verdict.ofLogin(text(429))).isEqualTo(new LoginVerdict.RateLimited(null));
        assertThat(Verdict.ofLogin(ok(tokens(ALICE)))).isInstanceOf(LoginVerdict.Granted.class);
        for (Answer.Response other : List.of(
                ok(LexMap.empty()),
                page(200),
                page(401),
                text(500),
                error(500, "AuthenticationRequired", "x"),
                error(400, "InvalidRequest", "x"),
                text(302))) {
            assertThat(Verdict.ofLogin(other)).as(other.toString()).isEqualTo(new LoginVerdict.Other());
        }
    }

    @Test
    void anAnswerShowsNoBody() {
        assertThat(ok(tokens(ALICE)).toString()).isEqualTo("Response[200]");
        assertThat(describe(null)).isEqualTo("Response[400 X]");
    }

    private static String describe(@Nullable LexMap json) {
        return new Answer.Response(400, "X", "secret", json, false, null).toString();
    }
}
