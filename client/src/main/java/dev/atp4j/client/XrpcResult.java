// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.lex.Diagnostic;
import dev.atp4j.xrpc.RateLimit;
import dev.atp4j.xrpc.XrpcResponse;
import java.util.List;
import java.util.Optional;

/**
 * All that there is to know about a success. Immutable and thread-safe.
 *
 * @param <O> the value
 */
public final class XrpcResult<O> {

    private final XrpcResponse response;
    private final O value;
    private final List<Diagnostic> diagnostics;

    XrpcResult(XrpcResponse response, O value, List<Diagnostic> diagnostics) {
        this.response = response;
        this.value = value;
        this.diagnostics = List.copyOf(diagnostics);
    }

    /**
     * Returns what the method gives.
     *
     * @return the value; null if the method gives nothing
     */
    public O value() {
        return value;
    }

    /**
     * Returns what in the answer is not as its lexicon says.
     *
     * @return the oddities in the order of the document; none for values that are no typed objects
     */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /**
     * Returns the HTTP status.
     *
     * @return the status, which is 2xx
     */
    public int status() {
        return response.status();
    }

    /**
     * Returns the header fields.
     *
     * @return the header fields
     */
    public Headers headers() {
        return response.headers();
    }

    /**
     * Returns the server's limits on calls like this one.
     *
     * @return the limits, or empty if it stated none
     */
    public Optional<RateLimit> rateLimit() {
        return response.rateLimit();
    }

    /**
     * Returns the body as a tree. It is read anew at every call.
     *
     * @return the tree
     * @throws dev.atp4j.xrpc.XrpcDecodeException if it is no JSON object
     */
    public LexMap tree() {
        return response.json();
    }

    /**
     * Returns the body as it came.
     *
     * @return a copy of the bytes
     */
    public byte[] bytes() {
        return response.bytes();
    }

    /** Returns the call and the status. */
    @Override
    public String toString() {
        return response.toString();
    }
}
