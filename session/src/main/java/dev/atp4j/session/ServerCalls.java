// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.AtpException;
import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.session.kernel.Answer;
import dev.atp4j.time.Time;
import dev.atp4j.xrpc.RateLimit;
import dev.atp4j.xrpc.XrpcClient;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcError;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import dev.atp4j.xrpc.XrpcResponseException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The session calls of {@code com.atproto.server}, made at the service and nowhere else. */
final class ServerCalls {

    /** A session answer holds tokens and perhaps a DID document; more than this is no answer to such a call. */
    private static final long MOST_BYTES = 64 * 1024;

    private static final XrpcRequest REFRESH = XrpcRequest.procedure("com.atproto.server.refreshSession")
            .maxResponseBytes(MOST_BYTES)
            .build();
    private static final XrpcRequest DELETE = XrpcRequest.procedure("com.atproto.server.deleteSession")
            .maxResponseBytes(MOST_BYTES)
            .build();
    private static final XrpcRequest GET = XrpcRequest.query("com.atproto.server.getSession")
            .maxResponseBytes(MOST_BYTES)
            .build();

    private final Settings settings;
    private final ServerClock clock;

    ServerCalls(Settings settings, ServerClock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What came back from a call, for the rules and for people.
     *
     * @param answer the answer as the rules see it
     * @param problem the same as an exception, or null if the call was a success
     * @param limits what the server says about how often it may be called, or null
     */
    record Result(
            Answer answer,
            @Nullable AtpException problem,
            @Nullable RateLimit limits) {

        /** Returns the answer of a call that certainly got one. */
        Answer.Response orThrow() {
            if (answer instanceof Answer.Response response) {
                return response;
            }
            throw problem == null ? new IllegalStateException("no answer and no problem") : problem;
        }
    }

    Result createSession(LoginTarget target, LexMap input, Duration timeout) {
        return call(
                settings.clients().of(target.service(), target.reach()),
                procedure("com.atproto.server.createSession", input),
                Headers.empty(),
                timeout);
    }

    Result createAccount(URI service, LexMap input) {
        return call(service, procedure("com.atproto.server.createAccount", input), Headers.empty(), settings.timeout());
    }

    Result refreshSession(URI service, Secret refreshJwt) {
        return call(service, REFRESH, bearer(refreshJwt), settings.refreshTimeout());
    }

    Result deleteSession(URI service, Secret refreshJwt) {
        return call(service, DELETE, bearer(refreshJwt), settings.refreshTimeout());
    }

    Result getSession(URI service, Secret accessJwt, Duration timeout) {
        return call(service, GET, bearer(accessJwt), timeout);
    }

    static Headers bearer(Secret token) {
        return Headers.of("authorization", "Bearer " + token.expose());
    }

    private static XrpcRequest procedure(String nsid, LexMap input) {
        return XrpcRequest.procedure(nsid)
                .json(input)
                .maxResponseBytes(MOST_BYTES)
                .build();
    }

    private Result call(URI service, XrpcRequest request, Headers credentials, Duration timeout) {
        return call(settings.clients().of(service, TransportRequest.Reach.ANY), request, credentials, timeout);
    }

    private Result call(XrpcClient client, XrpcRequest request, Headers credentials, Duration timeout) {
        try {
            XrpcResponse response = client.exchange(request, credentials, timeout);
            clock.observe(response.headers(), settings.time().nanos());
            return result(response, settings.time());
        } catch (TransportException e) {
            return new Result(new Answer.None(e.mayHaveArrived(), String.valueOf(e.getMessage())), e, null);
        }
    }

    /** Puts an answer into the form that the rules look at. */
    static Result result(XrpcResponse response, Time time) {
        boolean html = response.headers()
                .first("content-type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
                .isPresent();
        RateLimit limits = response.rateLimit().orElse(null);
        try {
            response.orThrow();
        } catch (XrpcResponseException e) {
            String error = e.error().map(XrpcError::name).orElse("");
            String message = e.error().map(XrpcError::message).orElse("");
            Duration retryAfter = e.retryAfter(time.now()).orElse(null);
            return new Result(new Answer.Response(e.status(), error, message, null, html, retryAfter), e, limits);
        }
        try {
            return new Result(
                    new Answer.Response(response.status(), "", "", response.json(), html, null), null, limits);
        } catch (XrpcDecodeException e) {
            return new Result(new Answer.Response(response.status(), "", "", null, html, null), e, limits);
        }
    }
}
