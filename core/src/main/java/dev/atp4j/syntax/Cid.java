// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A content identifier in its string form, such as {@code bafyreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku}.
 *
 * <p>Of a text only the outer form is checked: 8 to 256 letters, digits, {@code +} and {@code =}, and not the old version
 * 0. What is inside shows when {@link #bytes()} is called. Two CIDs are equal if their texts are, though one content may be
 * named in several bases; all that this class makes are in base32, as the protocol wants them.
 *
 * @param value the CID's text
 */
public record Cid(String value) {

    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 256;

    /**
     * Checks the text.
     *
     * @throws SyntaxException if the text is no CID
     */
    public Cid {
        String fault = fault(value);
        if (fault != null) {
            throw new SyntaxException("CID", value, fault);
        }
    }

    /**
     * Reads a CID.
     *
     * @param text the text to read
     * @return the CID
     * @throws SyntaxException if the text is no CID
     */
    public static Cid parse(String text) {
        return new Cid(text);
    }

    /**
     * Reads a CID if the text is one.
     *
     * @param text the text to read
     * @return the CID, or empty if the text is none
     */
    public static Optional<Cid> tryParse(String text) {
        return fault(text) == null ? Optional.of(new Cid(text)) : Optional.empty();
    }

    /**
     * Names a document of DAG-CBOR, such as a record, by its SHA-256.
     *
     * @param document the bytes of the document
     * @return the CID
     */
    public static Cid ofDagCbor(byte[] document) {
        return new Cid(CidBytes.toBase32(CidBytes.hash(CidBytes.DAG_CBOR, document)));
    }

    /**
     * Names any bytes, such as a blob, by their SHA-256.
     *
     * @param content the bytes
     * @return the CID
     */
    public static Cid ofRaw(byte[] content) {
        return new Cid(CidBytes.toBase32(CidBytes.hash(CidBytes.RAW, content)));
    }

    /**
     * Reads a CID in its binary form.
     *
     * @param bytes the CID: version 1, a codec, a hash function, the length of a hash, and the hash
     * @return the CID, in base32
     * @throws SyntaxException if the bytes are no CID, or are too many for a text
     */
    public static Cid ofBytes(byte[] bytes) {
        String text = CidBytes.toBase32(bytes);
        String fault = CidBytes.fault(bytes);
        if (fault != null) {
            throw new SyntaxException("CID", text, fault);
        }
        return new Cid(text);
    }

    /**
     * Returns the binary form.
     *
     * @return the CID as {@link #ofBytes} reads it
     * @throws SyntaxException if the text is not base32 of the lower case, or no CID inside
     */
    public byte[] bytes() {
        byte[] bytes = CidBytes.fromBase32(value);
        String fault = bytes == null ? "is not in base32" : CidBytes.fault(bytes);
        if (bytes == null || fault != null) {
            throw new SyntaxException("CID", value, String.valueOf(fault));
        }
        return bytes;
    }

    /**
     * Tells whether this names a document of DAG-CBOR by its SHA-256, as the CIDs of records do.
     *
     * @return true if it does
     */
    public boolean isDagCbor() {
        return has(CidBytes.DAG_CBOR);
    }

    /**
     * Tells whether this names bytes of any kind by their SHA-256, as the CIDs of blobs do.
     *
     * @return true if it does
     */
    public boolean isRaw() {
        return has(CidBytes.RAW);
    }

    /**
     * Tells whether this is the CID of these bytes.
     *
     * @param content a document of DAG-CBOR or any other bytes
     * @return true if it is; false also if it was made by another hash function than SHA-256
     */
    public boolean matches(byte[] content) {
        return isRaw() && equals(ofRaw(content)) || isDagCbor() && equals(ofDagCbor(content));
    }

    private boolean has(int codec) {
        byte[] bytes = CidBytes.fromBase32(value);
        return bytes != null && CidBytes.has(codec, bytes);
    }

    /** Returns the CID's text. */
    @Override
    public String toString() {
        return value;
    }

    private static @Nullable String fault(String text) {
        if (text.length() < MIN_LENGTH || text.length() > MAX_LENGTH) {
            return "is of length " + text.length() + ", not " + MIN_LENGTH + " to " + MAX_LENGTH;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Ascii.alphanumeric(c) && c != '+' && c != '=') {
                return Ascii.found(text, i) + ", and only a-z, A-Z, 0-9, + and = may stand there";
            }
        }
        if (text.startsWith("Qm")) {
            return "is of version 0, which the protocol does not use";
        }
        return null;
    }
}
