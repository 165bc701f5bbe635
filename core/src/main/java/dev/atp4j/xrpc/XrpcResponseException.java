// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import dev.atp4j.http.Headers;
import dev.atp4j.syntax.Nsid;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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
     * @see #of
     */
    public XrpcResponseException(Nsid nsid, XrpcResponse response) {
        this(nsid, response, "");
    }

    XrpcResponseException(Nsid nsid, XrpcResponse response, String advice) {
        super(nsid, nsid + " was answered " + response.status() + describe(response) + advice, null);
        this.status = response.status();
        this.error = response.error();
        this.headers = response.headers();
        this.rateLimit = response.rateLimit();
    }

    /**
     * Returns the exception that fits an answer: one of a subclass where there is one.
     *
     * @param nsid what was called
     * @param response the answer
     * @return the exception, not thrown
     */
    public static XrpcResponseException of(Nsid nsid, XrpcResponse response) {
        return InsufficientScopeException.fits(nsid, response)
                ? new InsufficientScopeException(nsid, response)
                : new XrpcResponseException(nsid, response);
    }

    private static String describe(XrpcResponse response) {
        if (response.error().isPresent()) {
            return " " + response.error().get();
        }
        if (response.status() / 100 == 3) {
            return ", a redirect, which is not followed"
                    + response.headers()
                            .first("location")
                            .map(to -> " (to " + redirect(to) + ")")
                            .orElse("")
                    + "; is the service's address right?";
        }
        return ", no XRPC error but " + BufferedResponse.contentType(response.headers());
    }

    /** Shows where a redirect leads, without path and query, which may hold anything. */
    private static String redirect(String location) {
        try {
            URI uri = new URI(location);
            return uri.getHost() == null ? "another path" : ServerText.clean(uri.getHost(), 200);
        } catch (URISyntaxException e) {
            return "an address that is none";
        }
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
        Instant servers =
                headers.first("date").map(XrpcResponseException::moment).orElse(now);
        return headers.first("retry-after")
                .map(text -> span(text, servers))
                .or(() -> rateLimit
                        .filter(limit -> status == 429 || limit.remaining().orElse(1) == 0)
                        .map(RateLimit::reset)
                        .map(reset -> Duration.between(servers, reset)))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    private static @Nullable Duration span(String text, Instant servers) {
        OptionalLong seconds = RateLimit.number(text);
        if (seconds.isPresent()) {
            return Duration.ofSeconds(seconds.getAsLong());
        }
        Instant moment = moment(text);
        return moment == null ? null : Duration.between(servers, moment);
    }

    private static @Nullable Instant moment(String text) {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip()));
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Override
    public boolean retryable() {
        return status == 408 || status == 425 || status == 429 || status >= 500;
    }
}
