// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportResponse;
import dev.atp4j.lex.Diagnostic;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.syntax.Nsid;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An answer whose body is in memory. */
final class BufferedResponse implements XrpcResponse {

    /** How much of an error's body is read, in bytes. */
    private static final int ERROR_LIMIT = 64 * 1024;

    /** How much memory is taken on the server's word that it will send as much, in bytes. */
    private static final int TRUSTED_LENGTH = 1024 * 1024;

    private static final int UNKNOWN_LENGTH = 8 * 1024;

    private final Nsid nsid;
    private final int status;
    private final Headers headers;
    private final byte[] body;
    private final @Nullable XrpcError error;

    private BufferedResponse(Nsid nsid, int status, Headers headers, byte[] body) {
        this.nsid = nsid;
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.error = isSuccess() ? null : error(body);
    }

    /**
     * Reads an answer. The body of one that is no success is cut if it is too long.
     *
     * @throws TransportException if it breaks off, or is a success larger than the limit
     */
    static BufferedResponse read(Nsid nsid, TransportResponse answer, long limit) {
        boolean success = answer.status() / 100 == 2;
        int most = success ? (int) Math.min(limit, Integer.MAX_VALUE - 8) : ERROR_LIMIT;
        return new BufferedResponse(nsid, answer.status(), answer.headers(), body(nsid, answer, most, !success));
    }

    private static byte[] body(Nsid nsid, TransportResponse answer, int most, boolean cut) {
        OptionalLong announced =
                answer.headers().first("content-length").map(RateLimit::number).orElse(OptionalLong.empty());
        if (announced.orElse(0) > most && !cut) {
            throw tooLarge(nsid, most);
        }
        byte[] bytes = new byte[(int) Math.min(Math.min(announced.orElse(UNKNOWN_LENGTH), TRUSTED_LENGTH), most)];
        int length = 0;
        try {
            InputStream in = answer.body();
            while (true) {
                int count = in.read(bytes, length, bytes.length - length);
                if (count > 0) {
                    length += count;
                }
                if (count < 0) {
                    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
                }
                if (length < bytes.length) {
                    continue;
                }
                if (length == most && cut) {
                    return bytes;
                }
                int next = in.read();
                if (next < 0) {
                    return bytes;
                }
                if (length == most) {
                    throw tooLarge(nsid, most);
                }
                bytes = Arrays.copyOf(bytes, (int) Math.min(most, Math.max(UNKNOWN_LENGTH, 2L * length)));
                bytes[length++] = (byte) next;
            }
        } catch (IOException e) {
            throw new TransportException(
                    TransportException.Kind.BROKEN, true, "the answer to " + nsid + " broke off", e);
        }
    }

    private static TransportException tooLarge(Nsid nsid, int most) {
        return new TransportException(
                TransportException.Kind.TOO_LARGE,
                true,
                "the answer to " + nsid + " is larger than " + most
                        + " bytes; the request can allow more, or stream it",
                null);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    public LexMap json() {
        try {
            return LexJson.parseMapLenient(body);
        } catch (DataException e) {
            throw unreadable(e);
        }
    }

    @Override
    public <T extends LexObject> T as(ObjectType<T> type, Consumer<? super Diagnostic> diagnostics) {
        try {
            return type.fromJson(body, diagnostics);
        } catch (DataException e) {
            throw unreadable(e);
        }
    }

    private XrpcDecodeException unreadable(DataException e) {
        String coding = headers.first("content-encoding")
                .map(name -> ", coded as " + ServerText.clean(name, 50))
                .orElse("");
        return new XrpcDecodeException(
                nsid,
                "the answer (status " + status + ", " + contentType(headers) + coding + ", " + body.length
                        + " bytes) is no JSON object: " + e.getMessage(),
                e);
    }

    static String contentType(Headers headers) {
        return headers.first("content-type")
                .map(type -> ServerText.clean(type, 100))
                .orElse("no content type");
    }

    @Override
    public byte[] bytes() {
        return body.clone();
    }

    @Override
    public InputStream stream() {
        return new ByteArrayInputStream(body);
    }

    @Override
    public Optional<XrpcError> error() {
        return Optional.ofNullable(error);
    }

    private static @Nullable XrpcError error(byte[] body) {
        try {
            return XrpcError.of(LexJson.parseMapLenient(body)).orElse(null);
        } catch (DataException e) {
            return null;
        }
    }

    private boolean isSuccess() {
        return status / 100 == 2;
    }

    @Override
    public Optional<RateLimit> rateLimit() {
        return RateLimit.of(headers);
    }

    @Override
    public XrpcResponse orThrow() {
        if (isSuccess()) {
            return this;
        }
        throw XrpcResponseException.of(nsid, this);
    }

    @Override
    public void close() {}

    /** Returns the call and the status. */
    @Override
    public String toString() {
        return nsid + ": " + status;
    }
}
