// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportRequest.Reach;
import dev.atp4j.http.TransportResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Gets small documents over HTTP, without following redirects. */
final class Documents {

    private final HttpTransport transport;
    private final Duration timeout;

    Documents(HttpTransport transport, Duration timeout) {
        this.transport = transport;
        this.timeout = timeout;
    }

    /**
     * Gets a document.
     *
     * @param limit how many bytes it may have; the body of anything but a 2xx answer is not read
     * @throws TransportException if there is no answer, or it is too large
     */
    Document get(URI uri, String accept, int limit, Reach reach) {
        var request =
                new TransportRequest("GET", uri, Headers.of("accept", accept), RequestBody.empty(), timeout, reach);
        try (TransportResponse response = transport.send(request)) {
            byte[] body = {};
            if (response.status() / 100 == 2) {
                body = response.body().readNBytes(limit + 1);
            }
            if (body.length > limit) {
                throw new TransportException(
                        TransportException.Kind.TOO_LARGE, true, uri + " has more than " + limit + " bytes", null);
            }
            return new Document(response.status(), response.headers().first("location"), body);
        } catch (IOException e) {
            throw new TransportException(
                    TransportException.Kind.BROKEN, true, "the answer of " + uri.getHost() + " broke off", e);
        }
    }

    /** An answer of any status. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
    record Document(int status, Optional<String> location, byte[] body) {

        boolean ok() {
            return status / 100 == 2;
        }

        /** Tells whether the server says that there is no such document, for good. */
        boolean missing() {
            return status == 404 || status == 410;
        }

        /** Tells whether the status speaks of the server's state rather than of the document. */
        boolean overloaded() {
            return status >= 500 || status == 408 || status == 425 || status == 429;
        }

        boolean redirect() {
            return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8).strip();
        }

        /** Returns the JSON object in the body, or empty if it is anything else. */
        Optional<LexMap> json() {
            try {
                return Optional.of(LexJson.parseMapLenient(body));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }
}
