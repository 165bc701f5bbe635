// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.AtpException;
import dev.atp4j.Secret;
import dev.atp4j.session.kernel.DeleteVerdict;
import dev.atp4j.session.kernel.Grant;
import dev.atp4j.session.kernel.LoginVerdict;
import dev.atp4j.session.kernel.Notice;
import dev.atp4j.session.kernel.OpenFlow;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Tokens;
import dev.atp4j.session.kernel.Verdict;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.xrpc.XrpcDecodeException;
import java.net.URI;

/** Turns credentials into stored sessions. */
final class Logins {

    private static final System.Logger LOG = System.getLogger(Logins.class.getName());

    private static final Nsid CREATE_SESSION = Nsid.parse("com.atproto.server.createSession");

    private final Settings settings;
    private final StoredSessions stored;
    private final Roster roster;

    Logins(Settings settings, StoredSessions stored, Roster roster) {
        this.settings = settings;
        this.stored = stored;
        this.roster = roster;
    }

    LoginOutcome tryLogin(Login login) {
        LoginTarget target = LoginTarget.of(login, settings.identity());
        var clock = new ServerClock(settings.time());
        LoginCalls.Ended ended = new LoginCalls(settings, clock).login(target, login);
        if (ended instanceof LoginCalls.Ended.HeldBack held) {
            return new LoginOutcome.RateLimited(held.pause(), true);
        }
        ServerCalls.Result result = ((LoginCalls.Ended.Called) ended).result();
        LoginVerdict verdict = Verdict.ofLogin(result.orThrow());
        if (verdict instanceof LoginVerdict.Granted granted) {
            return granted(granted.grant(), target, login, clock, result);
        } else if (verdict instanceof LoginVerdict.AuthFactorRequired wanted) {
            return new LoginOutcome.AuthFactorRequired(
                    wanted.message(),
                    wanted.codeRefused() || login.authFactorToken().isPresent(),
                    code -> tryLogin(login.withCode(code)));
        } else if (verdict instanceof LoginVerdict.BadCredentials bad) {
            return new LoginOutcome.BadCredentials(bad.message());
        } else if (verdict instanceof LoginVerdict.TakenDown down) {
            return new LoginOutcome.TakenDown(down.message());
        } else if (verdict instanceof LoginVerdict.RateLimited limited) {
            return new LoginOutcome.RateLimited(limited.retryAfter(), false);
        }
        throw problem(result);
    }

    private LoginOutcome granted(
            Grant grant, LoginTarget target, Login login, ServerClock clock, ServerCalls.Result result) {
        if (target.expected() != null && !target.expected().equals(grant.did())) {
            forget(target.service(), grant);
            return new LoginOutcome.WrongAccount(target.expected(), grant.did());
        }
        return new LoginOutcome.LoggedIn(open(grant, target.service(), login.slot(), clock, result));
    }

    PasswordSession createAccount(NewAccount account) {
        var clock = new ServerClock(settings.time());
        ServerCalls.Result result = new ServerCalls(settings, clock).createAccount(account.service(), account.input());
        if (Verdict.ofLogin(result.orThrow()) instanceof LoginVerdict.Granted granted) {
            return open(granted.grant(), account.service(), account.slot(), clock, result);
        }
        throw problem(result);
    }

    private static AtpException problem(ServerCalls.Result result) {
        AtpException problem = result.problem();
        return problem != null
                ? problem
                : new XrpcDecodeException(
                        CREATE_SESSION, "a success that brings no session; is this an AT Protocol service?", null);
    }

    private PasswordSession open(Grant grant, URI service, String slot, ServerClock clock, ServerCalls.Result result) {
        Secret refreshJwt = grant.refreshJwt();
        if (refreshJwt == null) {
            throw problem(result);
        }
        var tokens = new Tokens(1, grant.accessJwt(), refreshJwt, clock.now());
        URI pds = Pds.of(grant.profile(), grant.did(), service);
        SessionState opened =
                SessionState.opened(new SessionKey(grant.did(), slot), service, pds, grant.profile(), tokens);
        StoredSessions.Put put = stored.put(OpenFlow.login(opened), clock);
        StoreException trouble = put.trouble();
        if (trouble != null) {
            throw notStored(trouble, put.unsure(), service, grant);
        }
        PasswordSession session = new PasswordSession(settings, clock, put.held());
        roster.add(session);
        session.pin();
        session.tell(new Notice.Updated());
        session.keeper().learnDetails();
        session.keeper().finishDeletes();
        return session;
    }

    /** Ends the session at the server, unless it may be what all who share the store now have. */
    private StoreException notStored(StoreException trouble, boolean unsure, URI service, Grant grant) {
        if (unsure) {
            return new StoreException(
                    trouble.kind(),
                    trouble.getMessage() + "; it was left alive at the server. Resume it, or log in again",
                    trouble);
        }
        forget(service, grant);
        return new StoreException(trouble.kind(), trouble.getMessage() + "; it was ended at the server", trouble);
    }

    /** Ends, at the server, a session that can't be used. */
    private void forget(URI service, Grant grant) {
        Secret refreshJwt = grant.refreshJwt();
        var calls = new ServerCalls(settings, new ServerClock(settings.time()));
        if (refreshJwt != null
                && Verdict.ofDelete(calls.deleteSession(service, refreshJwt).answer())
                        instanceof DeleteVerdict.Unconfirmed unconfirmed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a session of {0} that was not used could not be ended at {1}: {2}",
                    grant.did(),
                    service,
                    unconfirmed.why());
        }
    }
}
