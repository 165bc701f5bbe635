// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.json;

/** Thrown when a document is no JSON, or too deep. Whoever reads for somebody else turns it into what is theirs. */
public final class JsonException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final boolean limit;
    private final String path;
    private final String rule;

    JsonException(boolean limit, String path, String rule) {
        super(path + ": " + rule);
        this.limit = limit;
        this.path = path;
        this.rule = rule;
    }

    /**
     * Tells whether the document is too deep, and not broken.
     *
     * @return true if it is
     */
    public boolean limit() {
        return limit;
    }

    /**
     * Returns where.
     *
     * @return the way from the document, {@code $}
     */
    public String path() {
        return path;
    }

    /**
     * Returns what is wrong.
     *
     * @return the broken rule, without any value of the document
     */
    public String rule() {
        return rule;
    }
}
