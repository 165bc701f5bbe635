// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends single requests and returns what came back, with no session logic in between. */
public final class Wire {

    private final HttpTransport transport;
    private final URI service;
    private final Headers headers;

    Wire(HttpTransport transport, URI service) {
        this(transport, service, Headers.empty());
    }

    private Wire(HttpTransport transport, URI service, Headers headers) {
        this.transport = transport;
        this.service = service;
        this.headers = headers;
    }

    /** Returns a caller that shows this token. */
    public Wire as(String token) {
        return with("authorization", "Bearer " + token);
    }

    /** Returns a caller that sends this header field. */
    Wire with(String name, String value) {
        return new Wire(transport, service, headers.with(name, value));
    }

    /** Calls a query; the parameters are already encoded. */
    Answer get(String nsid, String... params) {
        return send("GET", nsid + (params.length == 0 ? "" : "?" + String.join("&", params)), null);
    }

    /** Calls a procedure that takes nothing. */
    public Answer post(String nsid) {
        return send("POST", nsid, null);
    }

    /** Calls a procedure. */
    public Answer post(String nsid, LexMap input) {
        return send("POST", nsid, RequestBody.bytes(LexJson.write(input), "application/json"));
    }

    /** Calls a procedure with any body. */
    public Answer post(String nsid, String contentType, byte[] body) {
        return send("POST", nsid, RequestBody.bytes(body, contentType));
    }

    public Answer logIn(String identifier, String password) {
        return post(
                "com.atproto.server.createSession",
                LexMap.builder()
                        .put("identifier", identifier)
                        .put("password", password)
                        .build());
    }

    public Tokens logIn(Account account) {
        return logIn(account.handle(), account.password()).tokens();
    }

    public Answer refresh(String token) {
        return as(token).post("com.atproto.server.refreshSession");
    }

    public Tokens refresh(Tokens tokens) {
        return refresh(tokens.refresh()).tokens();
    }

    public Answer logOut(String token) {
        return as(token).post("com.atproto.server.deleteSession");
    }

    Answer getSession(String token) {
        return as(token).get("com.atproto.server.getSession");
    }

    private Answer send(String method, String path, @Nullable RequestBody body) {
        var request = new TransportRequest(
                method,
                URI.create(service + "/xrpc/" + path),
                headers,
                body == null ? RequestBody.empty() : body,
                Duration.ofSeconds(30),
                TransportRequest.Reach.ANY);
        try (TransportResponse response = transport.send(request)) {
            return new Answer(
                    response.status(),
                    response.headers(),
                    new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
