// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest.Reach;
import dev.atp4j.identity.DidDocument.EndpointRule;
import dev.atp4j.identity.IdentityException.Kind;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import dev.atp4j.time.Time;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Resolves handles and DIDs over the network, and remembers the answers for a while. Thread-safe.
 *
 * <ul>
 *   <li>A handle is looked up in DNS (TXT record of {@code _atproto.<handle>}); only if DNS knows no DID, or gives no
 *       answer, at {@code https://<handle>/.well-known/atproto-did}. Up to three redirects are followed there, as the
 *       specification allows, to {@code https} only. Two different DIDs in DNS are an error.
 *   <li>A {@code did:plc} is fetched from the PLC directory, a {@code did:web} from its host; redirects are not
 *       followed. Only the answers 404 and 410 mean that there is no such DID.
 *   <li>Hosts that are named by a handle, a DID or a document are reached on the public internet only; the directory,
 *       which the user of the library chose, may be anywhere.
 *   <li>Answers are used for {@linkplain Builder#freshFor a while} without asking again, and
 *       {@linkplain Builder#staleFor longer} if asking again gets no answer. Refusals are remembered
 *       {@linkplain Builder#refusedFor for a moment}; network trouble is not remembered.
 * </ul>
 */
public final class NetworkIdentityResolver implements IdentityResolver {

    /** The directory that every {@code did:plc} of the public network is registered in. */
    public static final URI PLC_DIRECTORY = URI.create("https://plc.directory");

    private static final int MAX_METADATA = 64 * 1024;

    private final EndpointRule rule;
    private final Documents documents;
    private final HandleLookup handleLookup;
    private final DidLookup didLookup;
    private final AnswerCache<Handle, Did> dids;
    private final AnswerCache<Did, DidDocument> docs;

    private NetworkIdentityResolver(Builder builder) {
        var bases = new HostBases(builder.hostBase);
        var limits = new AnswerCache.Limits(builder.freshFor, builder.staleFor, builder.refusedFor, builder.cacheSize);
        this.rule = builder.endpointRule;
        this.documents = new Documents(builder.transport, builder.timeout);
        this.handleLookup = new HandleLookup(builder.txtLookup, documents, bases);
        this.didLookup = new DidLookup(documents, builder.directory, bases, rule);
        this.dids = new AnswerCache<>(limits, builder.time);
        this.docs = new AnswerCache<>(limits, builder.time);
    }

    /**
     * Starts a resolver.
     *
     * @param transport what to send with; not closed by the resolver
     * @return a builder with the settings for the public network
     */
    public static Builder builder(HttpTransport transport) {
        return new Builder(transport);
    }

    @Override
    public Did resolveHandle(Handle handle) {
        return dids.get(handle.normalise(), handleLookup::find);
    }

    @Override
    public DidDocument resolveDid(Did did) {
        return docs.get(did, didLookup::find);
    }

    @Override
    public DidDocument refreshDid(Did did) {
        return docs.ask(did, didLookup::find);
    }

    @Override
    public DidDocument resolveAccount(Handle handle) {
        Handle name = handle.normalise();
        DidDocument document = resolveDid(resolveHandle(name));
        if (!isNamed(document, name)) {
            // Either side may have changed since it was remembered.
            document = refreshDid(dids.ask(name, handleLookup::find));
        }
        if (!isNamed(document, name)) {
            throw new IdentityException(
                    Kind.INVALID,
                    "the handle " + name + " leads to " + document.did() + ", whose document names "
                            + document.handle().map(Handle::value).orElse("no handle"),
                    null);
        }
        return document;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The PDS is asked for its authorization server, which for password sessions too is the service to log in at. If
     * it names none, or gives no answer, then it is taken for that service itself: a PDS behind an entryway passes
     * logins on.
     */
    @Override
    public URI serviceFor(DidDocument document) {
        URI pds = document.pds(rule)
                .orElseThrow(() -> new IdentityException(
                        Kind.INVALID, "the document of " + document.did() + " names no acceptable PDS", null));
        return entrywayOf(pds).orElse(pds);
    }

    private Optional<URI> entrywayOf(URI pds) {
        try {
            var document = documents.get(
                    URI.create(pds + "/.well-known/oauth-protected-resource"),
                    "application/json",
                    MAX_METADATA,
                    HostNames.isLoopback(pds) ? Reach.ANY : Reach.PUBLIC);
            return document.status() == 200
                    ? document.json().flatMap(metadata -> entryway(pds, metadata))
                    : Optional.empty();
        } catch (TransportException e) {
            return Optional.empty();
        }
    }

    private static Optional<URI> entryway(URI pds, LexMap metadata) {
        boolean speaksOfPds =
                metadata.getString("resource").flatMap(HostNames::origin).equals(Optional.of(pds));
        if (speaksOfPds
                && metadata.get("authorization_servers") instanceof LexList servers
                && servers.size() > 0
                && servers.get(0) instanceof LexString server) {
            return EndpointRule.forService(pds).origin(server.value());
        }
        return Optional.empty();
    }

    private static boolean isNamed(DidDocument document, Handle name) {
        return document.handle().equals(Optional.of(name));
    }

    /** Sets a resolver up. Confined to one thread. */
    public static final class Builder {

        private final HttpTransport transport;
        private URI directory = PLC_DIRECTORY;
        private TxtLookup txtLookup = TxtLookup.system();
        private Function<String, URI> hostBase = HostBases::https;
        private EndpointRule endpointRule = EndpointRule.PUBLIC_HTTPS;
        private Duration timeout = Duration.ofSeconds(10);
        private Duration freshFor = Duration.ofMinutes(5);
        private Duration staleFor = Duration.ofHours(1);
        private Duration refusedFor = Duration.ofMinutes(1);
        private int cacheSize = 1000;
        private Time time = Time.system();

        private Builder(HttpTransport transport) {
            this.transport = Objects.requireNonNull(transport, "transport");
        }

        /**
         * Sets the directory that {@code did:plc} documents are fetched from.
         *
         * @param directory its address, without a slash at the end; {@link #PLC_DIRECTORY} by default
         * @return this builder
         */
        public Builder directory(URI directory) {
            this.directory = directory;
            return this;
        }

        /**
         * Sets how DNS is asked.
         *
         * @param txtLookup the lookup; {@link TxtLookup#system()} by default
         * @return this builder
         */
        public Builder txtLookup(TxtLookup txtLookup) {
            this.txtLookup = txtLookup;
            return this;
        }

        /**
         * Sets where the well-known documents of a host name are fetched, for networks that are not the public one.
         *
         * @param hostBase gets the host name of a handle or {@code did:web} in lower case, and returns the address that
         *     the path {@code /.well-known/…} is put behind; {@code https://<host>} by default. Any other address may be
         *     on any network
         * @return this builder
         */
        public Builder hostBase(Function<String, URI> hostBase) {
            this.hostBase = hostBase;
            return this;
        }

        /**
         * Sets which addresses are acceptable as an account's PDS, and whether {@code did:web:localhost} is resolved.
         *
         * @param endpointRule the rule; {@link EndpointRule#PUBLIC_HTTPS} by default
         * @return this builder
         */
        public Builder endpointRule(EndpointRule endpointRule) {
            this.endpointRule = endpointRule;
            return this;
        }

        /**
         * Sets how long one HTTP exchange may take.
         *
         * @param timeout the time, positive; ten seconds by default
         * @return this builder
         */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /**
         * Sets how long an answer is used without asking again.
         *
         * @param freshFor the time, zero or positive; five minutes by default
         * @return this builder
         */
        public Builder freshFor(Duration freshFor) {
            this.freshFor = freshFor;
            return this;
        }

        /**
         * Sets how old an answer may be that is used when asking again fails for a passing reason.
         *
         * @param staleFor the age, zero or positive; one hour by default
         * @return this builder
         */
        public Builder staleFor(Duration staleFor) {
            this.staleFor = staleFor;
            return this;
        }

        /**
         * Sets how long a definitive refusal, such as an unknown handle, is repeated without asking again.
         *
         * @param refusedFor the time, zero or positive; one minute by default
         * @return this builder
         */
        public Builder refusedFor(Duration refusedFor) {
            this.refusedFor = refusedFor;
            return this;
        }

        /**
         * Sets how many handles, and how many DIDs, are remembered. The longest unused are forgotten first.
         *
         * @param cacheSize the number, zero or positive; 1000 by default
         * @return this builder
         */
        public Builder cacheSize(int cacheSize) {
            this.cacheSize = cacheSize;
            return this;
        }

        /**
         * Sets the clock that ages are measured by.
         *
         * @param time the clock; the system's by default
         * @return this builder
         */
        public Builder time(Time time) {
            this.time = time;
            return this;
        }

        /**
         * Returns the resolver. The builder may be used further.
         *
         * @return a new resolver with an empty cache
         * @throws IllegalArgumentException if the timeout is not positive, or a time or the size is negative
         */
        public NetworkIdentityResolver build() {
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("the timeout is not positive: " + timeout);
            }
            if (freshFor.isNegative() || staleFor.isNegative() || refusedFor.isNegative() || cacheSize < 0) {
                throw new IllegalArgumentException("a time or the size of the cache is negative");
            }
            return new NetworkIdentityResolver(this);
        }
    }
}
