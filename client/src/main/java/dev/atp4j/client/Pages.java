// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.data.LexString;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.PagedQuery;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.xrpc.XrpcDecodeException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a query. Each is asked for when it is looked at, so whoever stops early asks for no more. Immutable and
 * thread-safe; an iterator or a stream is confined to one thread.
 *
 * <p>A page without items but with a cursor is not the end. A page with the cursor that it was asked for with is, and if a
 * server's cursors run in a circle, looking at the next page throws {@link XrpcDecodeException}.
 *
 * @param <O> a page
 * @param <I> an item
 */
public final class Pages<O, I> implements Iterable<O> {

    /** Where pages come from. */
    interface Source<O, I> {

        Nsid nsid();

        O page(@Nullable String cursor);

        @Nullable
        String cursor(O page);

        List<I> items(O page);
    }

    private final Source<O, I> source;
    private final @Nullable String start;
    private final long most;

    Pages(Source<O, I> source, @Nullable String start, long most) {
        this.source = source;
        this.start = start;
        this.most = most;
    }

    static <P extends LexObject, O extends LexObject, I> Pages<O, I> of(
            Calls calls, PagedQuery<P, ?, O, I> query, P params) {
        return new Pages<>(
                new Source<>() {
                    @Override
                    public Nsid nsid() {
                        return query.nsid();
                    }

                    @Override
                    public O page(@Nullable String cursor) {
                        P there = cursor == null
                                ? params
                                : query.params().fromMap(params.toMap().with("cursor", new LexString(cursor)));
                        return calls.value(query, calls.send(calls.request(query, there)));
                    }

                    @Override
                    public @Nullable String cursor(O page) {
                        return query.cursor(page);
                    }

                    @Override
                    public List<I> items(O page) {
                        return query.items(page);
                    }
                },
                null,
                Long.MAX_VALUE);
    }

    /**
     * Returns the first of these pages only.
     *
     * @param count how many pages at the most
     * @return the pages
     * @throws IllegalArgumentException if the number is negative
     */
    public Pages<O, I> most(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("a number of pages cannot be negative: " + count);
        }
        return new Pages<>(source, start, count);
    }

    /** Returns an iterator that starts with the first page. */
    @Override
    public Iterator<O> iterator() {
        return new Walk();
    }

    /**
     * Returns the pages as a stream. It need not be closed.
     *
     * @return a stream that starts with the first page
     */
    public Stream<O> stream() {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(new Walk(), Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    /**
     * Returns the items of all pages as a stream. It need not be closed.
     *
     * @return a stream that starts with the first item of the first page
     */
    public Stream<I> items() {
        return stream().flatMap(page -> source.items(page).stream());
    }

    private final class Walk implements Iterator<O> {

        private @Nullable String next = start;
        private boolean over;
        private long pages;

        /** A cursor met earlier, kept for as many pages as were seen before it: every circle meets it some day. */
        private @Nullable String milestone;

        private long sinceMilestone;
        private long untilMilestone = 1;

        @Override
        public boolean hasNext() {
            return !over && pages < most;
        }

        @Override
        public O next() {
            if (!hasNext()) {
                throw new NoSuchElementException("there are no more pages of " + source.nsid());
            }
            String asked = next;
            O page = source.page(asked);
            pages++;
            next = source.cursor(page);
            if (next == null || next.isEmpty() || next.equals(asked)) {
                over = true;
            } else {
                watch(next);
            }
            return page;
        }

        private void watch(String cursor) {
            if (cursor.equals(milestone)) {
                throw new XrpcDecodeException(
                        source.nsid(), "its pages have no end: a cursor came back after " + pages + " pages", null);
            }
            if (++sinceMilestone == untilMilestone) {
                milestone = cursor;
                sinceMilestone = 0;
                untilMilestone *= 2;
            }
        }
    }
}
