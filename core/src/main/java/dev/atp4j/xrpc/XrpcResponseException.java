// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import dev.atp4j.http.Headers;
import dev.atp4j.syntax.Nsid;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Thrown when a server answered with a status other than 2xx. */
public class XrpcResponseException extends XrpcException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Optional<XrpcError> error;
    private final transient Headers headers;
    private final transient Optional<RateLimit> rateLimit;

    /**
     * Creates an exception from an answer.
     *
     * @param nsid what was called
     * @param response the answer
     */
    public XrpcResponseException(Nsid nsid, XrpcResponse response) {
        super(nsid, describe(nsid, response), null);
        this.status = response.status();
        this.error = response.error();
        this.headers = response.headers();
        this.rateLimit = response.rateLimit();
    }

    private static String describe(Nsid nsid, XrpcResponse response) {
        String said = response.error()
                .map(e -> e.name() + (e.message() == null ? "" : ": " + e.message()))
                .orElse("no error name");
        return nsid + " was answered " + response.status() + " " + said;
    }

    /**
     * Returns the HTTP status.
     *
     * @return the status
     */
    public int status() {
        return status;
    }

    /**
     * Returns the error's name and message.
     *
     * @return the error, or empty if the body was not an XRPC error
     */
    public Optional<XrpcError> error() {
        return error;
    }

    /**
     * Tells whether the server gave this error name.
     *
     * @param name an error name, such as {@code RecordNotFound}
     * @return true if it did
     */
    public boolean is(String name) {
        return error.isPresent() && error.get().name().equals(name);
    }

    /**
     * Returns the header fields of the answer.
     *
     * @return the header fields
     */
    public Headers headers() {
        return headers;
    }

    /**
     * Returns the server's limits, if it stated them.
     *
     * @return the limits
     */
    public Optional<RateLimit> rateLimit() {
        return rateLimit;
    }

    /**
     * Returns how long the server asked to wait ({@code Retry-After}, as seconds or as a date, else the end of an
     * exhausted rate limit).
     *
     * @param now the time of day, for headers that name a moment; the answer's own {@code Date} is preferred if it has
     *     one
     * @return the time to wait, not negative, or empty if the server did not say
     */
    public Optional<Duration> retryAfter(Instant now) {
        return Optional.empty();
    }

    @Override
    public boolean retryable() {
        return status == 408 || status == 425 || status == 429 || status >= 500;
    }
}
