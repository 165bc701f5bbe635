// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.TransportRequest.Reach;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.session.kernel.Answer;
import dev.atp4j.session.kernel.Effect;
import dev.atp4j.session.kernel.Event;
import dev.atp4j.session.kernel.LoginCount;
import dev.atp4j.session.kernel.LoginVerdict;
import dev.atp4j.session.kernel.Verdict;
import dev.atp4j.xrpc.RateLimit;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Calls createSession as often as the login budget allows, and tells the budget what the server says of its own. */
final class LoginCalls {

    private final Settings settings;
    private final ServerClock clock;
    private final ServerCalls calls;

    LoginCalls(Settings settings, ServerClock clock) {
        this.settings = settings;
        this.clock = clock;
        this.calls = new ServerCalls(settings, clock);
    }

    /** What became of a login. */
    sealed interface Ended {

        /** It was not sent. */
        record HeldBack(Duration pause) implements Ended {}

        /** It was sent. */
        record Called(ServerCalls.Result result) implements Ended {}
    }

    /** Logs in for somebody who waits. If the budget is used up, that takes up to half of the time that a call may take. */
    Ended login(LoginTarget target, Login login) {
        Deadline deadline = Deadline.in(settings.timeout(), settings.time());
        Deadline patience = Deadline.in(settings.timeout().dividedBy(2), settings.time());
        while (true) {
            Duration wait = settings.logins().take(target.service(), login.identifier(), false);
            if (wait.isZero()) {
                return new Ended.Called(call(target, login, deadline.left()));
            }
            if (wait.compareTo(patience.left()) > 0 || !pause(wait, deadline)) {
                return new Ended.HeldBack(wait);
            }
        }
    }

    /** Logs in for a session that does so by itself: never after a wait, and never with the last logins. */
    Event.LoggedIn again(Effect.Login effect) {
        Login login = Login.as(effect.did().value(), effect.password()).build();
        LoginTarget target;
        try {
            target = effect.service() == null
                    ? LoginTarget.of(login, settings.identity())
                    : new LoginTarget(effect.service(), Reach.ANY, effect.did());
        } catch (IdentityException | IllegalArgumentException e) {
            return failed(
                    new LoginVerdict.Other(), null, "the account's new server can't be found out: " + e.getMessage());
        }
        URI service = target.service();
        Duration wait = settings.logins().take(service, login.identifier(), true);
        if (!wait.isZero()) {
            return failed(new LoginVerdict.RateLimited(wait), service, "too many logins of this account lately");
        }
        ServerCalls.Result result = call(target, login, settings.refreshTimeout());
        if (result.answer() instanceof Answer.None none) {
            return failed(new LoginVerdict.Other(), service, "no answer to the login: " + none.why());
        }
        var response = (Answer.Response) result.answer();
        LoginVerdict verdict = Verdict.ofLogin(response);
        URI pds = verdict instanceof LoginVerdict.Granted granted
                ? Pds.of(granted.grant().profile(), effect.did(), service)
                : null;
        return new Event.LoggedIn(
                verdict, service, pds, "the service answered the login with status " + response.status());
    }

    private static Event.LoggedIn failed(LoginVerdict verdict, @Nullable URI service, String why) {
        return new Event.LoggedIn(verdict, service, null, why);
    }

    private boolean pause(Duration wait, Deadline deadline) {
        var over = new CompletableFuture<Boolean>();
        settings.time().after(wait, () -> over.complete(true));
        try {
            return Boolean.TRUE.equals(deadline.await(over));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ServerCalls.Result call(LoginTarget target, Login login, Duration timeout) {
        ServerCalls.Result result = calls.createSession(target, input(login), timeout);
        learn(target.service(), login.identifier(), result);
        return result;
    }

    private static LexMap input(Login login) {
        var input = LexMap.builder()
                .put("identifier", login.identifier())
                .put("password", login.password().expose())
                .put(
                        "authFactorToken",
                        login.authFactorToken().map(Secret::expose).orElse(null));
        if (login.allowTakendown()) {
            input.put("allowTakendown", true);
        }
        return input.build();
    }

    private void learn(URI service, String identifier, ServerCalls.Result result) {
        if (result.answer() instanceof Answer.None none) {
            if (!none.mayHaveArrived()) {
                settings.logins().notSent(service, identifier);
            }
            return;
        }
        var response = (Answer.Response) result.answer();
        RateLimit limits = result.limits();
        Duration retryAfter = response.status() == 429 ? response.retryAfter() : null;
        if (limits != null) {
            settings.logins()
                    .told(
                            service,
                            identifier,
                            new LoginCount.Told(number(limits.remaining()), left(limits), limits.policy(), retryAfter));
        } else if (retryAfter != null) {
            settings.logins().told(service, identifier, new LoginCount.Told(null, null, null, retryAfter));
        }
    }

    /** Turns the moment at which the server's window ends, which only its own clock tells, into a length. */
    private @Nullable Duration left(RateLimit limits) {
        return limits.reset() == null || !clock.known() ? null : Duration.between(clock.now(), limits.reset());
    }

    private static @Nullable Long number(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
