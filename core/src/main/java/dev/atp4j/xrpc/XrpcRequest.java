// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.SyntaxException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of a query or procedure, independent of who sends it and where. Immutable; thread-safe and reusable as far as
 * its body is {@linkplain RequestBody#replayable() replayable}.
 *
 * <p>See <a href="https://atproto.com/specs/xrpc">the XRPC specification</a>.
 */
public final class XrpcRequest {

    /** How many bytes of an answer are kept in memory unless the request says otherwise: 5 MiB. */
    public static final long DEFAULT_MAX_RESPONSE_BYTES = 5L * 1024 * 1024;

    private static final String PREFIX = "/xrpc/";

    /** What a request says of its own accord; firewalls take one without for an attack. */
    private static final Headers COMMON = Headers.of("accept", "*/*").plus("user-agent", "atp4j");

    private final Nsid nsid;
    private final boolean procedure;
    private final String path;
    private final RequestBody body;
    private final Headers headers;
    private final Headers fields;
    private final @Nullable Duration timeout;
    private final long maxResponseBytes;
    private final boolean streaming;

    /** Where it was sent last; many requests are sent again and again. */
    private volatile @Nullable URI address;

    private XrpcRequest(Builder builder) {
        this.nsid = builder.nsid;
        this.procedure = builder.procedure;
        this.path = builder.path == null ? PREFIX + builder.nsid : builder.path.toString();
        this.body = builder.body;
        this.headers = builder.headers;
        this.fields = withCommon(builder.headers);
        this.timeout = builder.timeout;
        this.maxResponseBytes = builder.maxResponseBytes;
        this.streaming = builder.streaming;
    }

    /**
     * Starts a query, which is sent as a GET.
     *
     * @param nsid the query's name
     * @return a builder
     */
    public static Builder query(Nsid nsid) {
        return new Builder(nsid, false);
    }

    /**
     * Starts a query, which is sent as a GET.
     *
     * @param nsid the query's name
     * @return a builder
     * @throws dev.atp4j.syntax.SyntaxException if the name is no NSID
     */
    public static Builder query(String nsid) {
        return query(Nsid.parse(nsid));
    }

    /**
     * Starts a procedure, which is sent as a POST.
     *
     * @param nsid the procedure's name
     * @return a builder
     */
    public static Builder procedure(Nsid nsid) {
        return new Builder(nsid, true);
    }

    /**
     * Starts a procedure, which is sent as a POST.
     *
     * @param nsid the procedure's name
     * @return a builder
     * @throws dev.atp4j.syntax.SyntaxException if the name is no NSID
     */
    public static Builder procedure(String nsid) {
        return procedure(Nsid.parse(nsid));
    }

    /**
     * Returns the name of what is called.
     *
     * @return the query's or procedure's name
     */
    public Nsid nsid() {
        return nsid;
    }

    /**
     * Tells procedures from queries.
     *
     * @return true for a procedure
     */
    public boolean procedure() {
        return procedure;
    }

    /**
     * Returns the path and query part of the address.
     *
     * @return {@code /xrpc/}, the name, and the encoded parameters if there are any
     */
    public String path() {
        return path;
    }

    /**
     * Returns what the request carries.
     *
     * @return the body; the empty one for queries
     */
    public RequestBody body() {
        return body;
    }

    /**
     * Returns the header fields that the caller asked for.
     *
     * @return the header fields
     */
    public Headers headers() {
        return headers;
    }

    /** Returns the whole address at an origin, which has no slash at its end. */
    URI address(String origin) {
        URI known = address;
        if (known != null) {
            String text = known.toString();
            if (text.length() == origin.length() + path.length() && text.startsWith(origin)) {
                return known;
            }
        }
        URI made = URI.create(origin + path);
        address = made;
        return made;
    }

    /** Returns the caller's header fields and the common ones that these do not replace. */
    Headers fields() {
        return fields;
    }

    private static Headers withCommon(Headers headers) {
        if (headers.size() == 0) {
            return COMMON;
        }
        Headers common = COMMON;
        for (String name : new String[] {"accept", "user-agent"}) {
            if (headers.contains(name)) {
                common = common.without(name);
            }
        }
        return common.plus(headers);
    }

    /**
     * Returns how long the call may take in all, retries and waiting included.
     *
     * @return the time allowed, or null for the agent's own default
     */
    public @Nullable Duration timeout() {
        return timeout;
    }

    /**
     * Returns how many bytes of the answer may be kept in memory. A streamed answer is not limited.
     *
     * @return the limit in bytes
     */
    public long maxResponseBytes() {
        return maxResponseBytes;
    }

    /**
     * Tells whether the answer's body is left on the wire for the caller to read.
     *
     * @return true if it is; the caller then closes the answer
     */
    public boolean streaming() {
        return streaming;
    }

    /**
     * Starts a copy of this request.
     *
     * @return a builder that holds what this request holds
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns the kind and name of the call; parameters are left out. */
    @Override
    public String toString() {
        return (procedure ? "procedure " : "query ") + nsid;
    }

    /** Builds an {@link XrpcRequest}. Confined to one thread. */
    public static final class Builder {

        private static final String REDACT = ";redact";

        private final Nsid nsid;
        private final boolean procedure;
        private @Nullable StringBuilder path;
        private RequestBody body = RequestBody.empty();
        private Headers headers = Headers.empty();
        private @Nullable Duration timeout;
        private long maxResponseBytes = DEFAULT_MAX_RESPONSE_BYTES;
        private boolean streaming;

        private Builder(Nsid nsid, boolean procedure) {
            this.nsid = nsid;
            this.procedure = procedure;
        }

        private Builder(XrpcRequest request) {
            this(request.nsid, request.procedure);
            this.path = request.path.indexOf('?') < 0 ? null : new StringBuilder(request.path);
            this.body = request.body;
            this.headers = request.headers;
            this.timeout = request.timeout;
            this.maxResponseBytes = request.maxResponseBytes;
            this.streaming = request.streaming;
        }

        /**
         * Adds a parameter; an array's values by repeated calls or at once.
         *
         * @param name the parameter's name
         * @param value its value: text, an integer, a boolean, an identifier or anything else whose {@code toString} is
         *     its wire form; or a collection of them for an array
         * @return this builder
         * @throws IllegalArgumentException if the name is empty, or the value is a floating-point number, which the data
         *     model does not have, or a collection within a collection
         */
        public Builder param(String name, Object value) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a parameter without a name");
            }
            if (value instanceof Iterable<?> values) {
                values.forEach(item -> add(name, item));
            } else {
                add(name, value);
            }
            return this;
        }

        private void add(String name, Object value) {
            if (value instanceof Double
                    || value instanceof Float
                    || value instanceof BigDecimal
                    || value instanceof Iterable
                    || value instanceof Map
                    || value instanceof Optional
                    || value.getClass().isArray()) {
                throw new IllegalArgumentException(
                        "parameter " + name + " cannot be a " + value.getClass().getSimpleName());
            }
            char separator = '&';
            if (path == null) {
                path = new StringBuilder(128).append(PREFIX).append(nsid.value());
                separator = '?';
            }
            path.append(separator);
            PercentEncoding.append(path, name);
            path.append('=');
            PercentEncoding.append(path, value.toString());
        }

        /**
         * Sets the body to a JSON document.
         *
         * @param document the document
         * @return this builder
         * @throws IllegalStateException if this is a query
         */
        public Builder json(LexMap document) {
            return body(RequestBody.bytes(LexJson.write(document), "application/json"));
        }

        /**
         * Sets the body.
         *
         * @param body what to carry
         * @return this builder
         * @throws IllegalStateException if this is a query
         */
        public Builder body(RequestBody body) {
            if (!procedure) {
                throw new IllegalStateException("a query has no body: " + nsid);
            }
            this.body = Objects.requireNonNull(body, "body");
            return this;
        }

        /**
         * Sets a header field in place of any of the same name.
         *
         * @param name the field's name
         * @param value its value
         * @return this builder
         * @throws IllegalArgumentException if name or value break the rules of {@link Headers}, or the field is one that
         *     the body and the transport set: content-type, content-length, transfer-encoding, host, connection and such
         */
        public Builder header(String name, String value) {
            if (TransportRequest.isReserved(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("header " + name + " is set by the body or the transport");
            }
            headers = headers.with(name, value);
            return this;
        }

        /**
         * Asks the account's server to pass the call on to a service ({@code atproto-proxy}).
         *
         * @param service the service's DID and fragment, such as {@code did:web:api.bsky.chat#bsky_chat}
         * @return this builder
         * @throws dev.atp4j.syntax.SyntaxException if it is not a DID with a fragment
         */
        public Builder proxy(String service) {
            int hash = service.indexOf('#');
            if (hash < 0 || !isFragment(service.substring(hash + 1))) {
                throw new SyntaxException("service reference", service, "is not a DID followed by # and a name");
            }
            Did.parse(service.substring(0, hash));
            return header("atproto-proxy", service);
        }

        /**
         * Names the labelers whose labels the answer shall carry ({@code atproto-accept-labelers}).
         *
         * @param labelers at least one labeler's DID, each perhaps followed by {@code ;redact}
         * @return this builder
         * @throws IllegalArgumentException if there is none
         * @throws dev.atp4j.syntax.SyntaxException if one is not a DID
         */
        public Builder labelers(String... labelers) {
            if (labelers.length == 0) {
                throw new IllegalArgumentException("no labeler");
            }
            for (String labeler : labelers) {
                Did.parse(
                        labeler.endsWith(REDACT) ? labeler.substring(0, labeler.length() - REDACT.length()) : labeler);
            }
            return header("atproto-accept-labelers", String.join(", ", labelers));
        }

        /**
         * Sets how long the call may take in all.
         *
         * @param timeout a positive time
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder timeout(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("timeout must be positive: " + timeout);
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * Sets how many bytes of the answer may be kept in memory.
         *
         * @param limit the limit in bytes, at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxResponseBytes(long limit) {
            if (limit < 1) {
                throw new IllegalArgumentException("maxResponseBytes must be at least 1: " + limit);
            }
            this.maxResponseBytes = limit;
            return this;
        }

        /**
         * Leaves the body of a successful answer on the wire, to be read with {@link XrpcResponse#stream()} and closed. The
         * call's time runs until the last byte is read, so a long download needs a long {@link #timeout(Duration)}.
         *
         * @return this builder
         */
        public Builder streaming() {
            this.streaming = true;
            return this;
        }

        /**
         * Returns the request. The builder may be used further.
         *
         * @return the request
         */
        public XrpcRequest build() {
            return new XrpcRequest(this);
        }

        private static boolean isFragment(String text) {
            boolean plain = !text.isEmpty();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                plain &= c > ' ' && c < 127 && "\"#%<>[\\]^`{|}".indexOf(c) < 0;
            }
            return plain;
        }
    }
}
