// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.session.store.EndReason;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Nsid;
import java.util.Set;

/**
 * The one table that says what an answer means for a session. Nothing else in the library looks at the status codes or
 * error names of session calls.
 *
 * <p>The order of the rows matters: a status that means overload or a broken proxy outranks whatever name the body gives,
 * and only an answer that speaks of the token itself, from a server that speaks XRPC, can kill one.
 */
public final class Verdict {

    /** Procedures that take a code from an e-mail and report a stale one under the names of session errors. */
    private static final Set<String> TAKE_EMAIL_CODES = Set.of(
            "com.atproto.server.confirmEmail",
            "com.atproto.server.updateEmail",
            "com.atproto.server.deleteAccount",
            "com.atproto.server.resetPassword",
            "com.atproto.identity.signPlcOperation");

    /** What servers say of a wrong code, under whatever name. */
    private static final String WRONG_CODE = "Token is invalid";

    private Verdict() {}

    /** Judges an answer to refreshSession. */
    public static RefreshVerdict ofRefresh(Answer answer, Did account) {
        if (answer instanceof Answer.None none) {
            return new RefreshVerdict.Transient(none.mayHaveArrived(), null, none.why());
        }
        var response = (Answer.Response) answer;
        int status = response.status();
        if (status / 100 == 2) {
            return granted(response, account);
        }
        if (status == 400 || status == 401) {
            switch (response.error()) {
                case "ExpiredToken":
                    return new RefreshVerdict.TokenDead(
                            response.message().equals("Token has expired") ? EndReason.EXPIRED : EndReason.REVOKED);
                case "InvalidToken":
                    return new RefreshVerdict.TokenDead(EndReason.INVALID_TOKEN);
                case "AccountTakedown":
                    return new RefreshVerdict.TakenDown();
                default:
                    break;
            }
        }
        if (response.is(401, "AuthenticationRequired")) {
            return new RefreshVerdict.Refused();
        }
        if (response.is(403, "AccountNotFound")
                || response.is(400, "InvalidRequest")
                        && response.message().startsWith("Could not find user info for account")) {
            return new RefreshVerdict.AccountUnknown();
        }
        // 401 AuthMissing and MissingTokenId land here too: a header was stripped on the way, or a bug of ours.
        return new RefreshVerdict.Transient(status >= 500 || status == 408, response.retryAfter(), describe(response));
    }

    private static RefreshVerdict granted(Answer.Response response, Did account) {
        var grant = response.json() == null ? null : Grant.read(response.json()).orElse(null);
        if (grant == null) {
            return new RefreshVerdict.Transient(
                    true, response.retryAfter(), "status " + response.status() + " without tokens");
        }
        if (!grant.did().equals(account)) {
            return new RefreshVerdict.WrongAccount(grant.did());
        }
        return new RefreshVerdict.Rotated(grant);
    }

    /** Judges an answer to deleteSession. */
    public static DeleteVerdict ofDelete(Answer answer) {
        if (answer instanceof Answer.None none) {
            return new DeleteVerdict.Unconfirmed(null, none.why());
        }
        var response = (Answer.Response) answer;
        int status = response.status();
        if (status / 100 == 2 && !response.html()) {
            return new DeleteVerdict.Gone();
        }
        if ((status == 400 || status == 401)
                && (response.error().equals("ExpiredToken") || response.error().equals("InvalidToken"))) {
            return new DeleteVerdict.Gone();
        }
        return new DeleteVerdict.Unconfirmed(response.retryAfter(), describe(response));
    }

    /** Judges an answer to an ordinary call. */
    public static CallVerdict ofCall(Answer.Response response, Nsid nsid) {
        String error = response.error();
        return switch (response.status()) {
            case 400 -> {
                if (error.equals("ExpiredToken")) {
                    yield speaksOfEmailCode(response, nsid) ? CallVerdict.NOT_OURS : CallVerdict.EXPIRED;
                }
                yield error.equals("InvalidToken") && response.message().equals("Token could not be verified")
                        ? CallVerdict.UNVERIFIABLE
                        : CallVerdict.NOT_OURS;
            }
            case 401 ->
                switch (error) {
                    case "ExpiredToken" ->
                        speaksOfEmailCode(response, nsid) ? CallVerdict.NOT_OURS : CallVerdict.EXPIRED;
                    case "InvalidToken", "AuthenticationRequired", "" -> CallVerdict.SUSPECT;
                    case "BadJwtSignature" -> CallVerdict.UNVERIFIABLE;
                    default -> CallVerdict.NOT_OURS;
                };
            case 403 -> error.equals("AccountNotFound") ? CallVerdict.REROUTE : CallVerdict.NOT_OURS;
            default -> CallVerdict.NOT_OURS;
        };
    }

    private static boolean speaksOfEmailCode(Answer.Response response, Nsid nsid) {
        return response.message().equals("Token is expired")
                || TAKE_EMAIL_CODES.contains(nsid.value())
                        && !response.message().equals("Token has expired");
    }

    /** Judges an answer to createSession or createAccount. */
    public static LoginVerdict ofLogin(Answer.Response response) {
        if (response.status() / 100 == 2) {
            return response.json() == null
                    ? new LoginVerdict.Other()
                    : Grant.read(response.json())
                            .<LoginVerdict>map(LoginVerdict.Granted::new)
                            .orElseGet(LoginVerdict.Other::new);
        }
        if (response.status() == 429) {
            return new LoginVerdict.RateLimited(response.retryAfter());
        }
        if (response.status() != 400 && response.status() != 401) {
            return new LoginVerdict.Other();
        }
        if (response.message().equals(WRONG_CODE)) {
            return new LoginVerdict.AuthFactorRequired(response.message(), true);
        }
        return switch (response.error()) {
            // Servers differ in the status of this one; the name decides.
            case "AuthFactorTokenRequired" -> new LoginVerdict.AuthFactorRequired(response.message(), false);
            // The only token that a login takes is the code.
            case "InvalidToken", "ExpiredToken" -> new LoginVerdict.AuthFactorRequired(response.message(), true);
            case "AccountTakedown" -> new LoginVerdict.TakenDown(response.message());
            case "AuthenticationRequired" -> new LoginVerdict.BadCredentials(response.message());
            default -> new LoginVerdict.Other();
        };
    }

    private static String describe(Answer.Response response) {
        String what = response.html() ? "a page instead of an answer" : response.error();
        return "status " + response.status() + (what.isEmpty() ? "" : " " + what);
    }
}
