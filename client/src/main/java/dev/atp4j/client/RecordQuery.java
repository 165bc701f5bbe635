// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.syntax.AtIdentifier;
import org.jspecify.annotations.Nullable;

/** Which records of a collection to list. Confined to one thread. */
public final class RecordQuery {

    @Nullable
    AtIdentifier repo;

    @Nullable
    Integer limit;

    @Nullable
    String cursor;

    boolean reverse;

    RecordQuery() {}

    /**
     * Lists another repository than the account's own, if it is on the same server.
     *
     * @param repo whose it is
     * @return this query
     */
    public RecordQuery repo(AtIdentifier repo) {
        this.repo = repo;
        return this;
    }

    /**
     * Sets how many records a page has at the most.
     *
     * @param limit the number; the server's own, 50 as a rule, if not set
     * @return this query
     * @throws IllegalArgumentException if it is not positive
     */
    public RecordQuery limit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        this.limit = limit;
        return this;
    }

    /**
     * Begins where another page ended.
     *
     * @param cursor that page's cursor, or null for the first page
     * @return this query
     */
    public RecordQuery cursor(@Nullable String cursor) {
        this.cursor = cursor;
        return this;
    }

    /**
     * Lists by ascending keys, which is oldest first where keys are TIDs. The other way round if not said.
     *
     * @return this query
     */
    public RecordQuery reverse() {
        this.reverse = true;
        return this;
    }
}
