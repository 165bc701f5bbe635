// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.pds.server.AccountRow.AppPassword;
import dev.atp4j.pds.server.Field.Form;
import dev.atp4j.pds.server.RateLimiter.Charge;
import dev.atp4j.pds.server.RateLimiter.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code com.atproto.server.*Session}. */
final class SessionMethods {

    private static final int LONGEST_PASSWORD = 512;
    private static final Rule PER_DAY = new Rule("createSession-day", 300, Duration.ofDays(1));
    private static final Rule PER_FIVE_MINUTES = new Rule("createSession", 30, Duration.ofMinutes(5));

    private SessionMethods() {}

    static List<Method> all() {
        return List.of(
                Method.procedure("com.atproto.server.createSession")
                        .json(
                                Field.text("identifier"),
                                Field.text("password"),
                                Field.text("authFactorToken").optional(),
                                Field.of("allowTakendown", Form.FLAG).optional())
                        .aboutAccounts()
                        .costs(SessionMethods::loginCosts)
                        .does(SessionMethods::create),
                Method.procedure("com.atproto.server.refreshSession")
                        .auth(Auth.REFRESH)
                        .aboutAccounts()
                        .does(SessionMethods::refresh),
                Method.procedure("com.atproto.server.deleteSession")
                        .auth(Auth.REFRESH_EVEN_EXPIRED)
                        .aboutAccounts()
                        .does(SessionMethods::delete),
                Method.query("com.atproto.server.getSession")
                        .auth(Auth.STANDARD.plus(Scope.SIGNUP_QUEUED))
                        .aboutAccounts()
                        .does(SessionMethods::get));
    }

    /** Each spelling of an identifier has a budget of its own, as on the reference server. */
    private static List<Charge> loginCosts(Call call) {
        String key = call.text("identifier") + "-" + call.address();
        return List.of(new Charge(PER_DAY, key, 1), new Charge(PER_FIVE_MINUTES, key, 1));
    }

    private static Reply create(Call call) {
        Secret password = Secret.of(call.text("password"));
        if (call.text("password").length() > LONGEST_PASSWORD) {
            throw XrpcFailure.unauthorized("Password too long. Consider resetting your password.");
        }
        Service authority = authority(call);
        AccountRow account = find(authority, call.text("identifier")).orElseThrow(SessionMethods::wrongCredentials);
        AppPassword appPassword = null;
        if (!account.password.equals(password)) {
            appPassword = appPassword(account, password).orElseThrow(SessionMethods::wrongCredentials);
        }
        if (account.takenDown && !call.input().getBoolean("allowTakendown").orElse(false)) {
            throw XrpcFailure.unauthorized("AccountTakedown", "Account has been taken down");
        }
        if (account.authFactorRequired && appPassword == null) {
            EmailMethods.checkAuthFactor(call, account);
        }
        Authority.Pair tokens = authority.authority.open(account, appPassword);
        return Reply.json(session(call, account, tokens));
    }

    /** Sessions are opened where they are kept, whichever server was asked. */
    private static Service authority(Call call) {
        return call.box().entryway().orElse(call.service());
    }

    private static Optional<AccountRow> find(Service service, String identifier) {
        String normal = identifier.toLowerCase(Locale.ROOT);
        return normal.contains("@") ? service.findByEmail(normal) : service.find(normal);
    }

    private static Optional<AppPassword> appPassword(AccountRow account, Secret password) {
        return account.takenDown
                ? Optional.empty()
                : account.appPasswords.values().stream()
                        .filter(each -> each.password().equals(password))
                        .findFirst();
    }

    private static XrpcFailure wrongCredentials() {
        return XrpcFailure.unauthorized("Invalid identifier or password");
    }

    private static Reply refresh(Call call) {
        // Also a PDS behind an entryway looks for the account here first, before it passes the call on.
        AccountRow account = call.account().orElseThrow(() -> noSuchAccount(call));
        if (account.takenDown) {
            throw XrpcFailure.unauthorized("AccountTakedown", "Account has been taken down");
        }
        Authority authority = call.service().authority;
        Authority.Pair tokens = authority
                .renew(account, call.caller().tokenId())
                .orElseThrow(() -> authority.tokens.expired("Token has been revoked"));
        return Reply.json(session(call, account, tokens));
    }

    private static Reply delete(Call call) {
        call.service()
                .authority
                .refreshTokens
                .revoke(call.caller().did(), call.caller().tokenId());
        return Reply.EMPTY;
    }

    private static Reply get(Call call) {
        AccountRow account = call.account().filter(found -> !found.takenDown).orElseThrow(() -> noSuchAccount(call));
        return Reply.json(session(call, account, null));
    }

    private static XrpcFailure noSuchAccount(Call call) {
        return XrpcFailure.invalidRequest(
                "Could not find user info for account: " + call.caller().did());
    }

    private static LexMap session(Call call, AccountRow account, Authority.@Nullable Pair tokens) {
        LexMap.Builder session = LexMap.builder();
        if (tokens != null) {
            session.put("accessJwt", tokens.access()).put("refreshJwt", tokens.refresh());
        }
        session.put("did", account.did);
        if (call.box().settings().didDocInSession()) {
            call.box().directory().document(account.did).ifPresent(document -> session.put("didDoc", document));
        }
        session.put("handle", account.handle).put("email", account.email).put("emailConfirmed", account.emailConfirmed);
        if (account.authFactorRequired) {
            // The open PDS has no second factor; servers that have one say so.
            session.put("emailAuthFactor", true);
        }
        return session.put("active", account.active())
                .put("status", account.status())
                .build();
    }
}
