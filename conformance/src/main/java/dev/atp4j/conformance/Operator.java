// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
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

/**
 * Uses a server's control interface.
 *
 * @param transport the way to it
 * @param base its address, with a slash at its end
 */
record Operator(HttpTransport transport, URI base) {

    LexValue post(String action, LexMap input) {
        var request = new TransportRequest(
                "POST",
                base.resolve(action),
                Headers.empty(),
                RequestBody.bytes(LexJson.write(input), "application/json"),
                Duration.ofSeconds(30),
                TransportRequest.Reach.ANY);
        try (TransportResponse response = transport.send(request)) {
            byte[] answer = response.body().readAllBytes();
            if (response.status() != 200) {
                throw new IOException(action + ": " + new String(answer, StandardCharsets.UTF_8));
            }
            return LexJson.parse(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
