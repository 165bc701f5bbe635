// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.TransportResponse;
import dev.atp4j.lex.Diagnostic;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.syntax.Nsid;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** A success whose body is still on the wire. */
final class StreamedResponse implements XrpcResponse {

    private final Nsid nsid;
    private final TransportResponse answer;
    private final long limit;

    StreamedResponse(Nsid nsid, TransportResponse answer, long limit) {
        this.nsid = nsid;
        this.answer = answer;
        this.limit = limit;
    }

    @Override
    public int status() {
        return answer.status();
    }

    @Override
    public Headers headers() {
        return answer.headers();
    }

    @Override
    public LexMap json() {
        return rest().json();
    }

    @Override
    public <T extends LexObject> T as(ObjectType<T> type, Consumer<? super Diagnostic> diagnostics) {
        return rest().as(type, diagnostics);
    }

    @Override
    public byte[] bytes() {
        return rest().bytes();
    }

    private BufferedResponse rest() {
        try (answer) {
            return BufferedResponse.read(nsid, answer, limit);
        }
    }

    @Override
    public InputStream stream() {
        return answer.body();
    }

    @Override
    public Optional<XrpcError> error() {
        return Optional.empty();
    }

    @Override
    public Optional<RateLimit> rateLimit() {
        return RateLimit.of(headers());
    }

    @Override
    public XrpcResponse orThrow() {
        return this;
    }

    @Override
    public void close() {
        answer.close();
    }

    /** Returns the call and the status. */
    @Override
    public String toString() {
        return nsid + ": " + status() + ", streamed";
    }
}
