// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

/**
 * Thrown when a document is no valid data of the AT Protocol.
 *
 * <p>The message says where and which rule is broken. It names fields but never quotes a value, since documents carry
 * tokens.
 */
public final class DataException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String path;
    private final String rule;

    /**
     * Creates an exception.
     *
     * @param kind what sort of rule is broken
     * @param path where, such as {@code $.feed[3].post}; {@code $} is the whole document
     * @param rule the broken rule, without any value of the document
     */
    public DataException(Kind kind, String path, String rule) {
        this.kind = kind;
        this.path = path;
        this.rule = rule;
    }

    /** Returns the path and the rule. */
    @Override
    public String getMessage() {
        return path + ": " + rule;
    }

    /**
     * Returns what sort of rule is broken.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns where the rule is broken. Long names and long paths are shortened.
     *
     * @return the way from the document, {@code $}, to the value, such as {@code $.feed[3].post}
     */
    public String path() {
        return path;
    }

    /**
     * Returns the rule that is broken.
     *
     * @return the rule, without any value of the document
     */
    public String rule() {
        return rule;
    }

    /** What sort of rule a document breaks. */
    public enum Kind {
        /** The text is not JSON. */
        JSON,
        /** The bytes are not CBOR in the one form that DAG-CBOR has for each value, or no archive of such documents. */
        CBOR,
        /** The document is no data of the AT Protocol. */
        MODEL,
        /** The document is larger or deeper than the reader or the writer allows. */
        LIMIT
    }
}
