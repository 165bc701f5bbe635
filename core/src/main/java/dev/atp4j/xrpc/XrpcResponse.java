// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.lex.Diagnostic;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The answer to an {@link XrpcRequest}.
 *
 * <p>Its body is in memory unless the request asked for {@linkplain XrpcRequest.Builder#streaming() streaming}; only then
 * it must be closed. Thread-safe if the body is in memory.
 */
public interface XrpcResponse extends AutoCloseable {

    /**
     * Returns the HTTP status.
     *
     * @return the status
     */
    int status();

    /**
     * Returns the header fields.
     *
     * @return the header fields
     */
    Headers headers();

    /**
     * Returns the body as a JSON object, read {@linkplain dev.atp4j.data.LexJson#parseMapLenient leniently}: what is odd in
     * one field does not cost the others. It is read anew at every call; a streamed answer can be read once.
     *
     * @return the object
     * @throws XrpcDecodeException if the body is something else
     * @throws dev.atp4j.http.TransportException if a streamed answer breaks off or is larger than the request allows to
     *     keep in memory
     */
    LexMap json();

    /**
     * Returns the body as a JSON object of a type. It is read anew at every call; a streamed answer can be read once.
     *
     * @param type the type
     * @param diagnostics hears of what is not as the lexicon says
     * @return the object
     * @throws XrpcDecodeException if the body is no JSON object
     * @throws dev.atp4j.http.TransportException as {@link #json()}
     * @param <T> the generated class
     */
    <T extends LexObject> T as(ObjectType<T> type, Consumer<? super Diagnostic> diagnostics);

    /**
     * Returns the body's bytes. A streamed answer can be read once.
     *
     * @return a copy of the bytes, perhaps none
     * @throws dev.atp4j.http.TransportException as {@link #json()}
     */
    byte[] bytes();

    /**
     * Returns the body as a stream, which need not be closed itself if the answer is. Reads of a streamed answer throw
     * {@link dev.atp4j.http.TransportException} if it breaks off or the call's time is over.
     *
     * @return the bytes from the start, or where a streamed answer has got to
     */
    InputStream stream();

    /**
     * Returns what the {@code error} and {@code message} fields say, if this is no success and has a JSON body with them.
     *
     * @return the error, or empty
     */
    Optional<XrpcError> error();

    /**
     * Returns the server's limits on calls like this one, if it stated them.
     *
     * @return the limits
     */
    Optional<RateLimit> rateLimit();

    /**
     * Returns this answer if it is a success.
     *
     * @return this answer
     * @throws XrpcResponseException if the status is not 2xx, a redirect included; the answer is then closed
     */
    XrpcResponse orThrow();

    /** Gives the connection of a streamed answer back. Does nothing to one in memory. */
    @Override
    void close();
}
