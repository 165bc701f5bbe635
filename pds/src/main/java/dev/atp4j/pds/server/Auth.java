// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.Secret;
import dev.atp4j.http.Headers;
import dev.atp4j.pds.server.Call.Credentials;
import dev.atp4j.pds.wire.Request;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may call a method. Immutable.
 *
 * <p>Checks happen in the order of the reference server, because the order decides which error a client sees.
 */
final class Auth {

    /** Anybody; a header is ignored. */
    static final Auth NONE = new Auth(Kind.NONE, Set.of(), false);

    /** Anybody who does not send a header. */
    static final Auth ANONYMOUS = new Auth(Kind.ANONYMOUS, Set.of(), false);

    /** Whoever has a refresh token that has not expired. */
    static final Auth REFRESH = new Auth(Kind.REFRESH, Set.of(Scope.REFRESH), false);

    /** Whoever has, or had, a refresh token. */
    static final Auth REFRESH_EVEN_EXPIRED = new Auth(Kind.REFRESH_EVEN_EXPIRED, Set.of(Scope.REFRESH), false);

    /** Sessions of the account password and of app passwords. */
    static final Auth STANDARD = new Auth(Kind.ACCESS, Scope.STANDARD, false);

    /** Sessions of the account password only. */
    static final Auth FULL = new Auth(Kind.ACCESS, Scope.FULL, false);

    private static final String INVALID_TOKEN = "InvalidToken";

    private final Kind kind;
    private final Set<String> scopes;
    private final boolean checkTakedown;

    private Auth(Kind kind, Set<String> scopes, boolean checkTakedown) {
        this.kind = kind;
        this.scopes = scopes;
        this.checkTakedown = checkTakedown;
    }

    private enum Kind {
        NONE,
        ANONYMOUS,
        REFRESH,
        REFRESH_EVEN_EXPIRED,
        ACCESS,
        OPTIONAL_ACCESS
    }

    /** An authorization header, taken apart. */
    private record Header(String scheme, Secret token) {}

    /** Also lets tokens of this scope in. */
    Auth plus(String scope) {
        Set<String> more = new HashSet<>(scopes);
        more.add(scope);
        return new Auth(kind, Set.copyOf(more), checkTakedown);
    }

    /** Also refuses accounts that were taken down after the token was made, and those that are gone. */
    Auth checkTakedown() {
        return new Auth(kind, scopes, true);
    }

    /** Also lets calls without a token in. */
    Auth optional() {
        return new Auth(Kind.OPTIONAL_ACCESS, scopes, checkTakedown);
    }

    /**
     * Returns what answers of such methods say to caches, whatever else they say. For access tokens that is only so if
     * the header can be read.
     */
    Headers headers(Request request) {
        if (kind == Kind.ACCESS || kind == Kind.OPTIONAL_ACCESS) {
            header(request);
        }
        return kind == Kind.NONE
                ? Headers.empty()
                : Headers.of("cache-control", "private").plus("vary", "Authorization");
    }

    /**
     * Verifies the caller's token. Needs no lock.
     *
     * @return who calls, or null if nobody in particular
     * @throws XrpcFailure if the caller is not let in
     */
    @Nullable
    Credentials verify(Service service, Request request) {
        return switch (kind) {
            case NONE -> null;
            case ANONYMOUS -> anonymous(request);
            case REFRESH -> refresh(service, request, false);
            case REFRESH_EVEN_EXPIRED -> refresh(service, request, true);
            case ACCESS -> access(service, request);
            case OPTIONAL_ACCESS -> header(request).isPresent() ? access(service, request) : null;
        };
    }

    /** Checks the state of the caller's account. Needs the lock of the box. */
    void checkAccount(Service service, @Nullable Credentials credentials) {
        if (checkTakedown && credentials != null) {
            AccountRow account = service.find(credentials.did())
                    .orElseThrow(() -> new XrpcFailure(403, "AccountNotFound", "Account not found"));
            if (account.takenDown) {
                throw XrpcFailure.unauthorized("AccountTakedown", "Account has been taken down");
            }
        }
    }

    private static @Nullable Credentials anonymous(Request request) {
        if (request.headers().contains("authorization")) {
            throw XrpcFailure.unauthorized("Invalid authorization header");
        }
        return null;
    }

    private Credentials refresh(Service service, Request request, boolean evenExpired) {
        String token = header(request)
                .filter(header -> header.scheme().equals("BEARER"))
                .map(header -> header.token().expose())
                .orElseThrow(Auth::missing);
        Authority authority = service.authority;
        Tokens.Claims claims = authority.tokens.verify(
                token,
                Tokens.REFRESH_TYPE,
                authority.did()::equals,
                scopes,
                evenExpired,
                service.box().time().now());
        String id = claims.id();
        if (id == null || id.isEmpty()) {
            throw XrpcFailure.unauthorized("MissingTokenId", "Unexpected missing refresh token id");
        }
        return new Credentials(claims.subject(), claims.scope(), id);
    }

    private Credentials access(Service service, Request request) {
        Header header = header(request).orElseThrow(Auth::missing);
        if (!header.scheme().equals("BEARER")) {
            throw XrpcFailure.invalidRequest(INVALID_TOKEN, "Unexpected authorization type");
        }
        Set<String> accepted = new HashSet<>(scopes);
        if (checkTakedown) {
            accepted.remove(Scope.TAKENDOWN);
        }
        Tokens.Claims claims = service.authority.tokens.verify(
                header.token().expose(),
                Tokens.ACCESS_TYPE,
                service::acceptsAudience,
                accepted,
                false,
                service.box().time().now());
        return new Credentials(claims.subject(), claims.scope(), "");
    }

    private static XrpcFailure missing() {
        return XrpcFailure.unauthorized("AuthMissing", "Authentication Required");
    }

    private static Optional<Header> header(Request request) {
        String header = request.headers().first("authorization").orElse("");
        if (header.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = header.split(" ", -1);
        if (parts.length != 2) {
            throw XrpcFailure.invalidRequest(INVALID_TOKEN, "Malformed authorization header");
        }
        String scheme = parts[0].toUpperCase(Locale.ROOT);
        if (!Set.of("BEARER", "BASIC", "DPOP").contains(scheme)) {
            throw XrpcFailure.invalidRequest(INVALID_TOKEN, "Unsupported authorization type: " + parts[0]);
        }
        return Optional.of(new Header(scheme, Secret.of(parts[1])));
    }
}
