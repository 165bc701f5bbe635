// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import dev.atp4j.data.DagCbor;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest.Reach;
import dev.atp4j.identity.DidDocument.EndpointRule;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.identity.IdentityResolver;
import dev.atp4j.identity.NetworkIdentityResolver;
import dev.atp4j.identity.TxtLookup;
import dev.atp4j.syntax.AtIdentifier;
import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.RecordKey;
import dev.atp4j.xrpc.XrpcClient;
import dev.atp4j.xrpc.XrpcException;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds lexicons the way the network publishes them: the domain of an NSID names a repository in DNS, at
 * {@code _lexicon.<domain>}, and the document is a record there, in the collection {@code com.atproto.lexicon.schema}.
 * Thread-safe. Which repository a domain names is remembered as long as this object lives.
 *
 * <p>The record is taken on the word of the repository's server. That it has the content its CID stands for is checked.
 */
public final class LexiconNetwork {

    /** The collection that lexicons are published in. */
    public static final Nsid COLLECTION = Nsid.parse("com.atproto.lexicon.schema");

    private static final String PREFIX = "did=";
    private static final int MAX_DNS_NAME = 253;

    private final HttpTransport transport;
    private final IdentityResolver identities;
    private final TxtLookup dns;
    private final EndpointRule rule;
    private final Map<String, Did> repositories = new ConcurrentHashMap<>();

    /**
     * Creates a way to a network.
     *
     * @param transport what to send with; not closed
     * @param identities finds the documents of DIDs
     * @param dns asks for the repositories of domains
     * @param rule which addresses a repository's server may have
     */
    public LexiconNetwork(HttpTransport transport, IdentityResolver identities, TxtLookup dns, EndpointRule rule) {
        this.transport = Objects.requireNonNull(transport, "transport");
        this.identities = Objects.requireNonNull(identities, "identities");
        this.dns = Objects.requireNonNull(dns, "dns");
        this.rule = Objects.requireNonNull(rule, "rule");
    }

    /**
     * Returns the way to the public network.
     *
     * @param transport what to send with; not closed
     * @return the way
     */
    public static LexiconNetwork publicOne(HttpTransport transport) {
        return new LexiconNetwork(
                transport,
                NetworkIdentityResolver.builder(transport).build(),
                TxtLookup.system(),
                EndpointRule.PUBLIC_HTTPS);
    }

    /**
     * A document as it was published.
     *
     * @param id its NSID
     * @param uri the record
     * @param cid what the content is called
     * @param document the record's content, {@code $type} included
     */
    public record Published(Nsid id, AtUri uri, Cid cid, LexMap document) {}

    /**
     * Finds and fetches a document.
     *
     * @param id its NSID
     * @return the document
     * @throws IdentityException if DNS names no repository, or the repository has no server
     * @throws XrpcException if the server refuses, above all because it has no such record
     * @throws TransportException if the server gave no answer
     * @throws SourceException if the record is not what it should be
     */
    public Published find(Nsid id) {
        return fetch(repositoryOf(id), id);
    }

    /**
     * Fetches a document from a repository, without asking DNS.
     *
     * @param repository the repository
     * @param id the document's NSID
     * @return the document
     * @throws IdentityException if the repository has no server
     * @throws XrpcException if the server refuses, above all because it has no such record
     * @throws TransportException if the server gave no answer
     * @throws SourceException if the record is not what it should be
     */
    public Published fetch(Did repository, Nsid id) {
        URI server = identities
                .resolveDid(repository)
                .pds(rule)
                .orElseThrow(() -> new IdentityException(
                        IdentityException.Kind.INVALID,
                        "the document of " + repository + ", which publishes " + id + ", names no acceptable PDS",
                        null));
        var client = new XrpcClient(transport, server, rule == EndpointRule.PUBLIC_HTTPS ? Reach.PUBLIC : Reach.ANY);
        var request = XrpcRequest.query("com.atproto.repo.getRecord")
                .param("repo", repository.value())
                .param("collection", COLLECTION.value())
                .param("rkey", id.value())
                .maxResponseBytes(LexiconSource.MAX_DOCUMENT)
                .build();
        var uri = new AtUri(AtIdentifier.parse(repository.value()), COLLECTION, RecordKey.parse(id.value()));
        try (XrpcResponse response = client.send(request)) {
            return published(id, uri, response.json());
        }
    }

    private static Published published(Nsid id, AtUri uri, LexMap answer) {
        LexMap document = answer.getMap("value").orElseThrow(() -> wrong(uri, "it has no value"));
        Cid cid = answer.getString("cid")
                .flatMap(Cid::tryParse)
                .orElseThrow(() -> wrong(uri, "the server does not say its CID"));
        String name = document.getString("id").orElse("nothing");
        if (!name.equals(id.value())) {
            throw wrong(uri, "it is no lexicon of that name but of " + name);
        }
        if (!DagCbor.cid(document).equals(cid)) {
            throw wrong(uri, "its content is not that of " + cid);
        }
        return new Published(id, uri, cid, document);
    }

    private static SourceException wrong(AtUri uri, String what) {
        return new SourceException("the record " + uri + " cannot be used: " + what, null);
    }

    /**
     * Asks DNS which repository the lexicons of a domain are in.
     *
     * @param id an NSID of the domain
     * @return the repository
     * @throws IdentityException if DNS names none, or several, or gave no answer
     */
    public Did repositoryOf(Nsid id) {
        String domain = id.authority();
        Did known = repositories.get(domain);
        if (known == null) {
            known = ask(domain, id);
            repositories.put(domain, known);
        }
        return known;
    }

    private Did ask(String domain, Nsid id) {
        String name = "_lexicon." + domain;
        List<Did> dids = name.length() > MAX_DNS_NAME
                ? List.of()
                : dns.texts(name).stream()
                        .filter(text -> text.startsWith(PREFIX))
                        .map(text ->
                                Did.tryParse(text.substring(PREFIX.length()).strip()))
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList();
        if (dids.isEmpty()) {
            throw new IdentityException(
                    IdentityException.Kind.NOT_FOUND,
                    "nobody publishes " + id + ": the name " + name + " has no TXT record did=DID",
                    null);
        }
        if (dids.size() > 1) {
            throw new IdentityException(
                    IdentityException.Kind.INVALID,
                    "the name " + name + " has TXT records with " + dids.size() + " different DIDs",
                    null);
        }
        return dids.get(0);
    }
}
