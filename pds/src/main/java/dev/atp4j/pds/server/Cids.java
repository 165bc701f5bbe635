// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.LexValue;
import dev.atp4j.syntax.Cid;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** Content identifiers: version 1, SHA-256, base32. */
final class Cids {

    private static final int RAW = 0x55;
    private static final int DAG_CBOR = 0x71;

    private Cids() {}

    /** Returns the identifier of a blob. */
    static Cid ofBlob(byte[] bytes) {
        return of(RAW, bytes);
    }

    /** Returns the identifier of a record or a commit. */
    static Cid ofData(LexValue value) {
        return of(DAG_CBOR, DagCbor.encode(value));
    }

    private static Cid of(int codec, byte[] bytes) {
        byte[] digest = sha256(bytes);
        var cid = new byte[4 + digest.length];
        cid[0] = 1;
        cid[1] = (byte) codec;
        cid[2] = 0x12;
        cid[3] = (byte) digest.length;
        System.arraycopy(digest, 0, cid, 4, digest.length);
        return Cid.parse("b" + Base32.encode(cid));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
