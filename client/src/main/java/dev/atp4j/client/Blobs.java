// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest.Reach;
import dev.atp4j.identity.DidDocument.EndpointRule;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.identity.IdentityResolver;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Did;
import dev.atp4j.xrpc.XrpcClient;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;

/**
 * Fetches blobs from the servers of the accounts that have them. Immutable and thread-safe.
 *
 * <p>It has no credentials, so that none can reach somebody else's server. Each blob is checked against its CID; what does not
 * match is given to nobody as a whole.
 *
 * <pre>{@code
 * new Blobs(transport, identities).save(did, image.cid(), Path.of("cat.jpg"));
 * }</pre>
 */
public final class Blobs {

    /** How large a blob may be unless {@link #withMaxBytes} says otherwise: 300 MB, as much as a video may have. */
    public static final long DEFAULT_MAX_BYTES = 300_000_000;

    private final HttpTransport transport;
    private final IdentityResolver identities;
    private final EndpointRule rule;
    private final long maxBytes;
    private final Duration timeout;
    private final Progress progress;

    /**
     * Makes one that goes to servers on the public internet.
     *
     * @param transport what to send with; not closed
     * @param identities finds the servers
     */
    public Blobs(HttpTransport transport, IdentityResolver identities) {
        this(
                transport,
                identities,
                EndpointRule.PUBLIC_HTTPS,
                DEFAULT_MAX_BYTES,
                Duration.ofMinutes(10),
                Progress.NONE);
    }

    private Blobs(
            HttpTransport transport,
            IdentityResolver identities,
            EndpointRule rule,
            long maxBytes,
            Duration timeout,
            Progress progress) {
        this.transport = Objects.requireNonNull(transport, "transport");
        this.identities = Objects.requireNonNull(identities, "identities");
        this.rule = rule;
        this.maxBytes = maxBytes;
        this.timeout = timeout;
        this.progress = progress;
    }

    /**
     * Says which servers it may go to.
     *
     * @param rule {@link EndpointRule#LOOPBACK_TOO} for tests with a server on this machine
     * @return a copy
     */
    public Blobs withEndpoints(EndpointRule rule) {
        return new Blobs(transport, identities, rule, maxBytes, timeout, progress);
    }

    /**
     * Says how large a blob may be.
     *
     * @param maxBytes the most bytes that are read
     * @return a copy
     * @throws IllegalArgumentException if it is less than 1
     */
    public Blobs withMaxBytes(long maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1: " + maxBytes);
        }
        return new Blobs(transport, identities, rule, maxBytes, timeout, progress);
    }

    /**
     * Says how long fetching a blob may take, to its last byte. Ten minutes unless said otherwise.
     *
     * @param timeout a positive time
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    public Blobs withTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive: " + timeout);
        }
        return new Blobs(transport, identities, rule, maxBytes, timeout, progress);
    }

    /**
     * Asks to hear how far it has come.
     *
     * @param progress is told
     * @return a copy
     */
    public Blobs withProgress(Progress progress) {
        return new Blobs(transport, identities, rule, maxBytes, timeout, progress);
    }

    /**
     * Fetches a blob into memory.
     *
     * @param account the account that has it
     * @param cid its CID
     * @return its bytes
     * @throws IllegalArgumentException if the CID is not one that blobs have
     * @throws IdentityException if the account's server could not be found
     * @throws dev.atp4j.xrpc.XrpcException if the server does not give it, or gives something else
     * @throws TransportException if the server cannot be reached, or the blob is too large
     */
    public byte[] bytes(Did account, Cid cid) {
        try (InputStream stream = open(account, cid)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw broken(account, e);
        }
    }

    /**
     * Fetches a blob into a file. The file appears when the blob is complete and checked, in place of any that was there.
     * Until then it grows beside it under another name, and is deleted if it comes to nothing.
     *
     * @param account the account that has it
     * @param cid its CID
     * @param file where to put it; its folder exists
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException as {@link #bytes}
     * @throws IdentityException as {@link #bytes}
     * @throws dev.atp4j.xrpc.XrpcException as {@link #bytes}
     * @throws TransportException as {@link #bytes}
     */
    public void save(Did account, Cid cid, Path file) throws IOException {
        try (InputStream stream = open(account, cid)) {
            Path folder = file.toAbsolutePath().getParent();
            Path part = Files.createTempFile(folder, file.getFileName() + ".", ".part");
            try {
                Files.copy(stream, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    /**
     * Fetches a blob as a stream, in constant memory. Only with the end of the stream it is known to be the blob: the read
     * that would return the end throws {@link dev.atp4j.xrpc.XrpcDecodeException} if it is not, so that what was read before
     * must not be used until then.
     *
     * @param account the account that has it
     * @param cid its CID
     * @return its bytes, to be closed by the caller
     * @throws IllegalArgumentException as {@link #bytes}
     * @throws IdentityException as {@link #bytes}
     * @throws dev.atp4j.xrpc.XrpcException as {@link #bytes}
     * @throws TransportException as {@link #bytes}
     */
    public InputStream open(Did account, Cid cid) {
        if (!cid.isRaw()) {
            throw new IllegalArgumentException("no CID of a blob: " + cid);
        }
        URI pds = identities
                .resolveDid(account)
                .pds(rule)
                .orElseThrow(() -> new IdentityException(
                        IdentityException.Kind.INVALID,
                        "the document of " + account + " names no acceptable PDS",
                        null));
        Reach reach = rule == EndpointRule.PUBLIC_HTTPS ? Reach.PUBLIC : Reach.ANY;
        XrpcResponse response = new XrpcClient(transport, pds, reach)
                .send(XrpcRequest.query("com.atproto.sync.getBlob")
                        .param("did", account.value())
                        .param("cid", cid.value())
                        .timeout(timeout)
                        .streaming()
                        .build());
        return new BlobStream(response, cid, maxBytes, progress);
    }

    private static TransportException broken(Did account, IOException cause) {
        return new TransportException(
                TransportException.Kind.BROKEN, true, "a blob of " + account + " could not be read to its end", cause);
    }
}
