// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.http.TransportException;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcResponse;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A blob on its way, which ends only if it is the one that was asked for. */
final class BlobStream extends InputStream {

    private static final Nsid METHOD = Nsid.parse("com.atproto.sync.getBlob");

    private final XrpcResponse response;
    private final InputStream bytes;
    private final Cid cid;
    private final long maxBytes;
    private final Progress progress;
    private final long total;
    private final MessageDigest hash;
    private long done;
    private boolean ended;
    private boolean fits;

    BlobStream(XrpcResponse response, Cid cid, long maxBytes, Progress progress) {
        this.response = response;
        this.bytes = response.stream();
        this.cid = cid;
        this.maxBytes = maxBytes;
        this.progress = progress;
        this.total = response.headers()
                .first("content-length")
                .filter(length -> length.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(-1L);
        try {
            this.hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        if (total > maxBytes) {
            response.close();
            throw tooLarge();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = bytes.read(buffer, offset, length);
        if (read < 0) {
            check();
        } else if (read > 0) {
            done += read;
            if (done > maxBytes) {
                throw tooLarge();
            }
            hash.update(buffer, offset, read);
            progress.at(done, total);
        }
        return read;
    }

    private void check() {
        if (!ended) {
            byte[] wanted = cid.bytes();
            byte[] got = hash.digest();
            fits = Arrays.equals(wanted, wanted.length - got.length, wanted.length, got, 0, got.length);
            ended = true;
        }
        if (!fits) {
            throw new XrpcDecodeException(METHOD, "the " + done + " bytes that came are not those of " + cid, null);
        }
    }

    private TransportException tooLarge() {
        return new TransportException(
                TransportException.Kind.TOO_LARGE, true, "blob " + cid + " has more than " + maxBytes + " bytes", null);
    }

    @Override
    public void close() {
        response.close();
    }
}
