// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.data.LexMap;
import dev.atp4j.http.TransportException;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.lexicon.LexiconException;
import dev.atp4j.lexicon.source.SourceException;
import dev.atp4j.session.AccountMovedException;
import dev.atp4j.session.LoginException;
import dev.atp4j.session.LoginOutcome;
import dev.atp4j.session.NoSessionException;
import dev.atp4j.session.RefreshFailedException;
import dev.atp4j.session.SessionOverException;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcError;
import dev.atp4j.xrpc.XrpcResponseException;

/** Thrown when a command does not work out: what it exits with, what happened, and what to do next. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String BUG = "InternalError";
    private static final String KEPT = "the stored session is kept; try again later";

    private final int exitCode;
    private final String name;
    private final String hint;

    private Failure(int exitCode, String name, String message, String hint) {
        super(message);
        this.exitCode = exitCode;
        this.name = name;
        this.hint = hint;
    }

    /** Something on the command line, or named by it, is wrong. */
    static Failure usage(String message, String hint) {
        return new Failure(ExitCode.USAGE, "UsageError", message, hint);
    }

    /** There is no session to work with. */
    static Failure noSession(String message, String hint) {
        return new Failure(ExitCode.NO_SESSION, "NoSession", message, hint);
    }

    /** There are several sessions to work with. */
    static Failure ambiguous(String message, String hint) {
        return new Failure(ExitCode.USAGE, "AmbiguousAccount", message, hint);
    }

    /** Something does not work. */
    static Failure failed(String name, String message, String hint) {
        return new Failure(ExitCode.FAILED, name, message, hint);
    }

    /** Something has not worked yet. */
    static Failure tryLater(String name, String message, String hint) {
        return new Failure(ExitCode.TRY_LATER, name, message, hint);
    }

    /** Says in the command's own terms what an exception means. */
    static Failure of(Throwable thrown) {
        if (thrown instanceof Failure failure) {
            return failure;
        } else if (thrown instanceof LoginException e) {
            return ofLogin(e);
        } else if (thrown instanceof SessionOverException e) {
            return failure(ExitCode.NO_SESSION, "SessionOver", e, "try: atp login");
        } else if (thrown instanceof NoSessionException e) {
            return failure(ExitCode.NO_SESSION, "NoSession", e, "try: atp login");
        } else if (thrown instanceof AccountMovedException e) {
            return failure(ExitCode.NO_SESSION, "AccountMoved", e, "try: atp login --service " + e.pds());
        } else if (thrown instanceof RefreshFailedException e) {
            return failure(ExitCode.TRY_LATER, "RefreshFailed", e, KEPT);
        } else if (thrown instanceof StoreException e) {
            return ofStore(e);
        } else if (thrown instanceof IdentityException e) {
            return ofIdentity(e);
        } else if (thrown instanceof TransportException e) {
            return failure(
                    e.retryable() ? ExitCode.TRY_LATER : ExitCode.FAILED,
                    "NetworkError",
                    e,
                    "check the network and the service's address; what is stored is kept");
        } else if (thrown instanceof XrpcResponseException e) {
            return ofAnswer(e);
        } else if (thrown instanceof SourceException e) {
            return failure(ExitCode.FAILED, "LexiconSourceError", e, "nothing was changed");
        } else if (thrown instanceof LexiconException e) {
            return failure(ExitCode.FAILED, "LexiconInvalid", e, "nothing was changed");
        } else if (thrown instanceof XrpcDecodeException e) {
            return failure(
                    ExitCode.FAILED, "InvalidResponse", e, "check that the address is that of an AT Protocol service");
        }
        return new Failure(ExitCode.FAILED, BUG, thrown.toString(), "this is a bug of atp; --verbose shows where");
    }

    private static Failure ofLogin(LoginException e) {
        LoginOutcome outcome = e.outcome();
        if (outcome instanceof LoginOutcome.AuthFactorRequired wanted) {
            return failure(
                    ExitCode.LOGIN_REFUSED,
                    "AuthFactorTokenRequired",
                    e,
                    wanted.codeRefused()
                            ? "log in again for a new code, or use an app password"
                            : "--auth-factor-token-stdin takes the code from standard input");
        } else if (outcome instanceof LoginOutcome.TakenDown) {
            return failure(
                    ExitCode.LOGIN_REFUSED,
                    "AccountTakedown",
                    e,
                    "--allow-takendown asks for the little that is still allowed");
        } else if (outcome instanceof LoginOutcome.RateLimited) {
            return failure(ExitCode.TRY_LATER, "RateLimitExceeded", e, "a stored session needs no login: atp whoami");
        } else if (outcome instanceof LoginOutcome.WrongAccount) {
            return failure(ExitCode.FAILED, "WrongAccount", e, "nothing was kept; do not trust this service");
        }
        return failure(
                ExitCode.LOGIN_REFUSED,
                "AuthenticationRequired",
                e,
                "check identifier, password and service; an app password will do as well");
    }

    private static Failure ofStore(StoreException e) {
        return switch (e.kind()) {
            case UNREADABLE -> failure(ExitCode.FAILED, "StoreUnreadable", e, "nothing was changed");
            case UNSAFE ->
                failure(ExitCode.FAILED, "StoreUnsafe", e, "keep sessions elsewhere by naming a folder in ATP_HOME");
            case UNAVAILABLE -> failure(ExitCode.FAILED, "StoreUnavailable", e, "check the folder and its disk");
            case INTERRUPTED -> failure(ExitCode.FAILED, "Interrupted", e, "try again");
        };
    }

    private static Failure ofIdentity(IdentityException e) {
        return switch (e.kind()) {
            case NOT_FOUND -> failure(ExitCode.USAGE, "IdentityNotFound", e, "check the spelling, or name --service");
            case UNSUPPORTED -> failure(ExitCode.USAGE, "IdentityUnsupported", e, "name --service");
            case INVALID -> failure(ExitCode.FAILED, "IdentityInvalid", e, "if you know its service, name --service");
            case UNAVAILABLE ->
                failure(ExitCode.TRY_LATER, "IdentityUnavailable", e, "try again later, or name --service");
        };
    }

    private static Failure ofAnswer(XrpcResponseException e) {
        return failure(
                e.retryable() ? ExitCode.TRY_LATER : ExitCode.FAILED,
                e.error().map(XrpcError::name).orElse("HttpError"),
                e,
                e.retryable() ? "try again later" : "check that the service is the account's own");
    }

    private static Failure failure(int exitCode, String name, Throwable cause, String hint) {
        return new Failure(exitCode, name, String.valueOf(cause.getMessage()), hint);
    }

    /** Tells whether this is nobody's fault but the command's own. */
    boolean isBug() {
        return name.equals(BUG);
    }

    /** Returns what the command exits with. */
    int exitCode() {
        return exitCode;
    }

    /** Returns what happened and what to do next, in one line. */
    String line() {
        return "atp: " + getMessage() + "; " + hint;
    }

    /** Returns the same as JSON. */
    LexMap json() {
        return LexMap.builder()
                .put(
                        "error",
                        LexMap.builder()
                                .put("name", name)
                                .put("message", getMessage())
                                .put("hint", hint)
                                .build())
                .build();
    }
}
