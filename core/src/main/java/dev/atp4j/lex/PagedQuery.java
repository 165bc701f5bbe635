// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query whose answers are pages: each has one list of items, and a cursor if there may be more.
 *
 * @param <P> the parameters, of which {@code cursor} is one
 * @param <B> their builder
 * @param <O> a page
 * @param <I> an item
 */
public abstract class PagedQuery<P extends LexObject, B extends LexObject.Builder<P, B>, O extends LexObject, I>
        extends Query<P, B, O> {

    /**
     * Describes a query with pages.
     *
     * @param nsid its name
     */
    protected PagedQuery(String nsid) {
        super(nsid, "application/json");
    }

    /**
     * Returns the items of a page.
     *
     * @param page the page
     * @return its items in order
     */
    public abstract List<I> items(O page);

    /**
     * Returns where the next page begins.
     *
     * @param page the page
     * @return its cursor, or null if it is the last
     */
    public abstract @Nullable String cursor(O page);
}
