// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.pds.server.Call.Credentials;
import dev.atp4j.pds.server.RateLimiter.Charge;
import dev.atp4j.pds.server.RateLimiter.Status;
import dev.atp4j.pds.wire.Answer;
import dev.atp4j.pds.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes a request through the stages of the reference server: parameters, token, body, rate limits, method. Thread-safe.
 */
final class Router {

    private static final String XRPC = "/xrpc/";
    private static final RateLimiter.Rule GLOBAL = new RateLimiter.Rule("global-ip", 3000, Duration.ofMinutes(5));
    private static final Headers EVERYWHERE = Headers.of("access-control-allow-origin", "*");

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private static final Set<String> VERBS = Set.of("GET", "HEAD", "POST");

    /** Less than the syntax of an NSID, but all that the reference server asks of a path. */
    private static final Pattern NSID_CHARACTERS = Pattern.compile("[a-zA-Z0-9]+([.-][a-zA-Z0-9]+)*");

    private final Map<String, Method> methods = new HashMap<>();

    Router() {
        add(SessionMethods.all());
        add(AccountMethods.all());
        add(AppPasswordMethods.all());
        add(EmailMethods.all());
        add(ServiceAuthMethods.all());
        add(IdentityMethods.all());
        add(RepoMethods.all());
        add(BlobMethods.all());
        add(BskyMethods.all());
    }

    private void add(List<Method> group) {
        group.forEach(method -> methods.put(method.nsid(), method));
    }

    Answer answer(Service service, Request request) {
        String path = request.path();
        Answer answer = path.startsWith(XRPC)
                ? xrpc(service, request, path.substring(XRPC.length()))
                : Pages.answer(service, request);
        String date = DATE.format(service.box().time().now());
        return answer.headers(answer.headers().plus(EVERYWHERE).plus("date", date));
    }

    private Answer xrpc(Service service, Request request, String nsid) {
        if (nsid.equals("_health")) {
            return Answer.json(200, LexMap.builder().put("version", "atp4j").build());
        }
        Method method = methods.get(nsid);
        try {
            if (method == null) {
                return new Exchange(service, request, unknown(nsid, request)).answer();
            }
            if (!VERBS.contains(request.method())) {
                throw XrpcFailure.invalidRequest("XRPC requests only supports GET and POST");
            }
            if (!method.accepts(request.method())) {
                throw XrpcFailure.invalidRequest(
                        "Incorrect HTTP method (" + request.method() + ") expected " + method.verb());
            }
            Service target = service.entryway() && !method.isAboutAccounts() ? home(service, request) : service;
            return new Exchange(target, request, method).answer();
        } catch (XrpcFailure failure) {
            return failure.answer();
        }
    }

    /** What this server does not know, the reference server passes on to its AppView, for those who may call it. */
    private static Method unknown(String nsid, Request request) {
        if (!NSID_CHARACTERS.matcher(nsid).matches()) {
            throw XrpcFailure.invalidRequest("invalid xrpc path");
        }
        if (!VERBS.contains(request.method())) {
            throw XrpcFailure.invalidRequest("XRPC requests only supports GET and POST");
        }
        return Method.procedure(nsid).unchecked().auth(Auth.STANDARD).does(call -> {
            BskyMethods.checkPrivilege(call, nsid);
            throw XrpcFailure.notImplemented();
        });
    }

    /** Finds the PDS behind the entryway that a call is for: the caller's, else that of the repository it names. */
    private static Service home(Service entryway, Request request) {
        Box box = entryway.box();
        var parameters = new Parameters(request.query());
        String account = Bearer.subject(request)
                .or(() -> parameters.find("repo"))
                .or(() -> parameters.find("did"))
                .orElse("");
        box.lock().lock();
        try {
            return entryway.find(account)
                    .map(row -> row.home)
                    .orElse(box.hosts().get(0));
        } finally {
            box.lock().unlock();
        }
    }

    /** One call on its way through the stages. */
    private static final class Exchange {

        private final Service service;
        private final Request request;
        private final Method method;
        private Headers headers = Headers.empty();

        Exchange(Service service, Request request, Method method) {
            this.service = service;
            this.request = request;
            this.method = method;
        }

        Answer answer() {
            Answer answer;
            try {
                answer = reply().answer();
            } catch (XrpcFailure failure) {
                answer = failure.answer();
            }
            return answer.headers(answer.headers().plus(headers));
        }

        private Reply reply() {
            Box box = service.box();
            var parameters = new Parameters(request.query());
            method.check(parameters);
            headers = method.auth().headers(request);
            Credentials credentials = method.auth().verify(service, request);
            box.lock().lock();
            try {
                method.auth().checkAccount(service, credentials);
            } finally {
                box.lock().unlock();
            }
            LexMap input = method.input(new Body(request));
            Instant now = box.time().now();
            var call = new Call(service, request, parameters, credentials, input, now);
            box.lock().lock();
            try {
                limit(call);
                return method.reply(call);
            } finally {
                box.lock().unlock();
            }
        }

        private void limit(Call call) {
            if (!service.box().settings().rateLimits()) {
                return;
            }
            List<Charge> charges = new ArrayList<>(method.charges(call));
            charges.add(new Charge(GLOBAL, call.address(), 1));
            Status status = service.rateLimiter.consume(charges, call.now());
            if (status != null) {
                headers = headers.plus(status.headers(call.now()));
                if (status.exceeded()) {
                    throw new XrpcFailure(429, "RateLimitExceeded", "Rate Limit Exceeded");
                }
            }
        }
    }
}
