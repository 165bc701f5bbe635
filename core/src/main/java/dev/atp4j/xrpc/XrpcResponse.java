// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import java.io.InputStream;
import java.util.Optional;

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
     * Returns the body as a JSON object.
     *
     * @return the object
     * @throws XrpcDecodeException if the body is something else
     */
    LexMap json();

    /**
     * Returns the body's bytes.
     *
     * @return a copy of the bytes, perhaps none
     */
    byte[] bytes();

    /**
     * Returns the body as a stream, which need not be closed itself if the answer is.
     *
     * @return the stream
     */
    InputStream stream();

    /**
     * Returns what the answer's {@code error} and {@code message} fields say, if it has a JSON body with them.
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
     * @throws XrpcResponseException if the status is not 2xx; the answer is then closed
     */
    XrpcResponse orThrow();

    /** Gives the connection of a streamed answer back. Does nothing to one in memory. */
    @Override
    void close();
}
