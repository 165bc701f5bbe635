// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The binary form of CIDs, and base32 of the lower case, which is how the protocol spells it. */
final class CidBytes {

    static final int DAG_CBOR = 0x71;
    static final int RAW = 0x55;

    private static final int VERSION = 1;
    private static final int SHA_256 = 0x12;
    private static final int SHA_256_BYTES = 32;
    private static final int HEAD = 4;

    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final byte[] DIGITS = new byte[128];

    static {
        Arrays.fill(DIGITS, (byte) -1);
        for (int i = 0; i < BASE32.length(); i++) {
            DIGITS[BASE32.charAt(i)] = (byte) i;
        }
    }

    private CidBytes() {}

    static byte[] hash(int codec, byte[] content) {
        byte[] cid = new byte[HEAD + SHA_256_BYTES];
        cid[0] = VERSION;
        cid[1] = (byte) codec;
        cid[2] = SHA_256;
        cid[3] = SHA_256_BYTES;
        System.arraycopy(sha256(content), 0, cid, HEAD, SHA_256_BYTES);
        return cid;
    }

    /** Tells whether this is a CID of this codec and of a SHA-256. */
    static boolean has(int codec, byte[] cid) {
        return cid.length == HEAD + SHA_256_BYTES
                && cid[0] == VERSION
                && cid[1] == codec
                && cid[2] == SHA_256
                && cid[3] == SHA_256_BYTES;
    }

    /** Returns what is wrong with a binary CID, or null. */
    static @Nullable String fault(byte[] cid) {
        var numbers = new Numbers(cid);
        if (numbers.next() != VERSION) {
            return "is not of version 1";
        }
        long codec = numbers.next();
        long hash = numbers.next();
        if (codec < 0 || hash < 0) {
            return "has no codec or no hash function";
        }
        return numbers.next() == cid.length - numbers.position ? null : "has a hash of another length than it says";
    }

    static String toBase32(byte[] bytes) {
        char[] text = new char[1 + (bytes.length * 8 + 4) / 5];
        text[0] = 'b';
        int length = 1;
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = buffer << 8 | b & 0xff;
            for (bits += 8; bits >= 5; bits -= 5) {
                text[length++] = BASE32.charAt(buffer >> (bits - 5) & 31);
            }
        }
        if (bits > 0) {
            text[length] = BASE32.charAt(buffer << (5 - bits) & 31);
        }
        return new String(text);
    }

    /** Returns the bytes, or null if the text is not what {@link #toBase32} gives. */
    static byte @Nullable [] fromBase32(String text) {
        if (text.charAt(0) != 'b') {
            return null;
        }
        byte[] bytes = new byte[(text.length() - 1) * 5 / 8];
        int length = 0;
        int buffer = 0;
        int bits = 0;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < DIGITS.length ? DIGITS[c] : -1;
            if (digit < 0) {
                return null;
            }
            buffer = buffer << 5 | digit;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[length++] = (byte) (buffer >> bits);
            }
        }
        // What is left are the zeros that fill up the last digit, and never a whole one.
        return bits < 5 && (buffer & (1 << bits) - 1) == 0 ? bytes : null;
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Reads unsigned numbers, seven bits a byte. */
    private static final class Numbers {

        private final byte[] bytes;
        private int position;

        Numbers(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Returns the next number, or -1 if there is none of 63 bits in its shortest form. */
        long next() {
            long number = 0;
            for (int shift = 0; shift < 63 && position < bytes.length; shift += 7) {
                byte b = bytes[position++];
                number |= (long) (b & 0x7f) << shift;
                if (b >= 0) {
                    return b == 0 && shift > 0 ? -1 : number;
                }
            }
            return -1;
        }
    }
}
