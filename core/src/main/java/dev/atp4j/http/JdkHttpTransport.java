// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The transport on the JDK's own HTTP client; needs no other library. */
public final class JdkHttpTransport implements HttpTransport {

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .executor(Runnable::run)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** Creates a transport. */
    public JdkHttpTransport() {}

    @Override
    public TransportResponse send(TransportRequest request) {
        var builder = HttpRequest.newBuilder(request.uri()).timeout(request.timeout());
        request.headers().forEach(builder::header);
        if (request.body().contentType() != null) {
            builder.header("content-type", request.body().contentType());
        }
        try {
            builder.method(
                    request.method(),
                    request.body().length() == 0
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofByteArray(
                                    request.body().open().readAllBytes()));
            HttpResponse<InputStream> response =
                    client.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
            Headers headers = Headers.empty();
            for (var entry : response.headers().map().entrySet()) {
                for (String value : entry.getValue()) {
                    headers = headers.plus(entry.getKey(), value);
                }
            }
            return new Answer(response.statusCode(), headers, response.body());
        } catch (IOException e) {
            throw new TransportException(TransportException.Kind.BROKEN, true, "no answer from " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(TransportException.Kind.INTERRUPTED, true, "interrupted", e);
        }
    }

    @Override
    public void close() {}

    private record Answer(int status, Headers headers, InputStream body) implements TransportResponse {
        @Override
        public void close() {
            try {
                body.close();
            } catch (IOException ignored) {
                // nothing more is expected of this connection
            }
        }
    }
}
