// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.http.Headers;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.xrpc.XrpcRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How calls are made: what they carry beside their content, and how long and how often they are tried. Immutable.
 *
 * <p>A client has options of its own. Those of one call, or of {@link AtpClient#with}, come on top: what they do not mention is
 * inherited, what they mention is replaced, and a header field can be removed.
 */
public final class CallOptions {

    static final String PROXY = "atproto-proxy";
    static final String LABELERS = "atproto-accept-labelers";

    private static final CallOptions NONE = new CallOptions(new Builder());

    private final Headers headers;
    private final Set<String> removed;
    private final @Nullable Duration timeout;
    private final @Nullable Long maxResponseBytes;
    private final @Nullable Retries retries;
    private final @Nullable Boolean validate;
    private final @Nullable Boolean repeatable;

    private CallOptions(Builder builder) {
        this.headers = builder.headers;
        this.removed = Set.copyOf(builder.removed);
        this.timeout = builder.timeout;
        this.maxResponseBytes = builder.maxResponseBytes;
        this.retries = builder.retries;
        this.validate = builder.validate;
        this.repeatable = builder.repeatable;
    }

    /**
     * Returns options that say nothing.
     *
     * @return the options
     */
    public static CallOptions none() {
        return NONE;
    }

    /**
     * Starts options that say nothing.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts a copy.
     *
     * @return a builder that says what these options say
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns these options where they say something, and others elsewhere. */
    CallOptions over(CallOptions base) {
        if (base == NONE || this == NONE) {
            return base == NONE ? this : base;
        }
        Builder both = base.toBuilder();
        removed.forEach(both::withoutHeader);
        headers.forEach(both::put);
        both.timeout = timeout == null ? base.timeout : timeout;
        both.maxResponseBytes = maxResponseBytes == null ? base.maxResponseBytes : maxResponseBytes;
        both.retries = retries == null ? base.retries : retries;
        both.validate = validate == null ? base.validate : validate;
        both.repeatable = repeatable == null ? base.repeatable : repeatable;
        return both.build();
    }

    /** Returns the header fields to send. */
    Headers headers() {
        return headers;
    }

    /** Tells whether these options decide about a header field. */
    boolean decide(String header) {
        return headers.contains(header) || removed.contains(header);
    }

    @Nullable
    Duration timeout() {
        return timeout;
    }

    @Nullable
    Long maxResponseBytes() {
        return maxResponseBytes;
    }

    Retries retries() {
        return retries == null ? Retries.standard() : retries;
    }

    boolean validate() {
        return validate != null && validate;
    }

    boolean repeatable() {
        return repeatable != null && repeatable;
    }

    /** Returns the names of the header fields; their values may be secret. */
    @Override
    public String toString() {
        return "CallOptions" + headers;
    }

    /** Builds {@link CallOptions}. Confined to one thread. */
    public static final class Builder {

        private static final Nsid ANY = Nsid.parse("dev.atp4j.any");

        private Headers headers;
        private final Set<String> removed;
        private @Nullable Duration timeout;
        private @Nullable Long maxResponseBytes;
        private @Nullable Retries retries;
        private @Nullable Boolean validate;
        private @Nullable Boolean repeatable;

        private Builder() {
            this.headers = Headers.empty();
            this.removed = new HashSet<>();
        }

        private Builder(CallOptions options) {
            this.headers = options.headers;
            this.removed = new HashSet<>(options.removed);
            this.timeout = options.timeout;
            this.maxResponseBytes = options.maxResponseBytes;
            this.retries = options.retries;
            this.validate = options.validate;
            this.repeatable = options.repeatable;
        }

        /**
         * Sends a header field in place of any of the same name.
         *
         * @param name the field's name
         * @param value its value
         * @return this builder
         * @throws IllegalArgumentException as {@link XrpcRequest.Builder#header}
         */
        public Builder header(String name, String value) {
            return checked(request -> request.header(name, value));
        }

        /**
         * Sends no header field of a name, whatever was said before.
         *
         * @param name the field's name
         * @return this builder
         */
        public Builder withoutHeader(String name) {
            headers = headers.without(name);
            removed.add(name.toLowerCase(Locale.ROOT));
            return this;
        }

        /**
         * Asks the account's server to pass calls on to a service. Calls about the account's own records and blobs are not
         * passed on.
         *
         * @param service the service's DID and fragment, such as {@code did:web:api.bsky.chat#bsky_chat}
         * @return this builder
         * @throws dev.atp4j.syntax.SyntaxException if it is not a DID with a fragment
         */
        public Builder proxy(String service) {
            return checked(request -> request.proxy(service));
        }

        /**
         * Has calls answered by the account's server itself, also those that are passed on by default.
         *
         * @return this builder
         */
        public Builder withoutProxy() {
            return withoutHeader(PROXY);
        }

        /**
         * Names the labelers whose labels answers shall carry, in place of any others.
         *
         * @param labelers at least one labeler's DID, each perhaps followed by {@code ;redact}
         * @return this builder
         * @throws IllegalArgumentException if there is none
         * @throws dev.atp4j.syntax.SyntaxException if one is not a DID
         */
        public Builder labelers(String... labelers) {
            return checked(request -> request.labelers(labelers));
        }

        /**
         * Names no labelers.
         *
         * @return this builder
         */
        public Builder withoutLabelers() {
            return withoutHeader(LABELERS);
        }

        /**
         * Sets how long a call may take in all, repetitions and pauses included.
         *
         * @param timeout a positive time; by default each try has the agent's own
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder timeout(Duration timeout) {
            this.timeout = XrpcRequest.query(ANY).timeout(timeout).build().timeout();
            return this;
        }

        /**
         * Sets how many bytes of an answer may be kept in memory.
         *
         * @param limit the limit in bytes, at least 1; by default {@link XrpcRequest#DEFAULT_MAX_RESPONSE_BYTES}
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxResponseBytes(long limit) {
            this.maxResponseBytes =
                    XrpcRequest.query(ANY).maxResponseBytes(limit).build().maxResponseBytes();
            return this;
        }

        /**
         * Sets how often calls that may be sent twice are.
         *
         * @param retries how often; {@link Retries#standard()} by default
         * @return this builder
         */
        public Builder retries(Retries retries) {
            this.retries = retries;
            return this;
        }

        /**
         * Checks parameters, inputs and records against their lexicons before they are sent.
         *
         * @param on whether to; false by default
         * @return this builder
         */
        public Builder validate(boolean on) {
            this.validate = on;
            return this;
        }

        /**
         * Says that procedures may be sent again, since doing them twice is the same as once. Without it only queries and
         * writes of records are.
         *
         * @param on whether they may; false by default
         * @return this builder
         */
        public Builder repeatable(boolean on) {
            this.repeatable = on;
            return this;
        }

        /**
         * Returns the options. The builder may be used further.
         *
         * @return the options
         */
        public CallOptions build() {
            return new CallOptions(this);
        }

        /** Has a request check a header field, whose rules it knows. */
        private Builder checked(UnaryOperator<XrpcRequest.Builder> change) {
            change.apply(XrpcRequest.query(ANY)).build().headers().forEach(this::put);
            return this;
        }

        private void put(String name, String value) {
            headers = headers.with(name, value);
            removed.remove(name.toLowerCase(Locale.ROOT));
        }
    }
}
