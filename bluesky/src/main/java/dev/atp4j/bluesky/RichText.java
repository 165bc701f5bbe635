// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import dev.atp4j.api.app.bsky.richtext.Facet;
import dev.atp4j.bluesky.Cuts.Span;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.identity.IdentityResolver;
import dev.atp4j.lex.MissingFieldException;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.GenericUri;
import dev.atp4j.syntax.Handle;
import dev.atp4j.text.Graphemes;
import dev.atp4j.text.Utf8;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A text with what it mentions, links to and is tagged with. Immutable and thread-safe.
 *
 * <p>The network keeps that apart from the text, as facets that count in bytes of UTF-8. This class counts for them.
 *
 * <pre>{@code
 * RichText text = RichText.builder().text("hello ").mention("@alice.example", did).text(", see ").link("here", uri).build();
 * Post post = Post.builder().text(text.text()).facets(text.facets()).createdAt(Datetime.now()).build();
 * }</pre>
 */
public final class RichText {

    /** How many graphemes a post may have: what people take for characters. */
    public static final int MAX_GRAPHEMES = 300;

    /** How many bytes of UTF-8 a post may have. */
    public static final int MAX_BYTES = 3_000;

    private final String text;
    private final List<Facet> facets;

    private RichText(String text, List<Facet> facets) {
        this.text = text;
        this.facets = facets;
    }

    /**
     * Takes a text as it is, without looking into it.
     *
     * @param text the text
     * @return the text without facets
     */
    public static RichText of(String text) {
        return new RichText(text, List.of());
    }

    /**
     * Takes a text and its facets, such as those of a post. Facets that end before they start, or do not say where they are,
     * are left out; others may be out of place, and {@link #segments()} makes the best of them.
     *
     * @param text the text
     * @param facets its facets in any order
     * @return the text with facets by where they start
     */
    public static RichText of(String text, List<Facet> facets) {
        return new RichText(
                text,
                facets.stream()
                        .filter(RichText::isForward)
                        .sorted(Comparator.comparingLong(RichText::start))
                        .toList());
    }

    /**
     * Finds what a text mentions, links to and is tagged with, as the official apps do.
     *
     * <p>Mentions of handles that lead to nobody stay plain text. If it cannot be found out now whom a handle means, that is
     * an error rather than a mention lost.
     *
     * @param text the text
     * @param identities finds the account that a handle means
     * @return the text with facets
     * @throws IdentityException of kind {@code UNAVAILABLE}, if a handle could not be looked up
     */
    public static RichText detect(String text, IdentityResolver identities) {
        return detect(text, handle -> {
            try {
                return Optional.of(identities.resolveHandle(handle));
            } catch (IdentityException e) {
                if (e.kind() == IdentityException.Kind.UNAVAILABLE) {
                    throw e;
                }
                return Optional.empty();
            }
        });
    }

    /**
     * Finds what a text mentions, links to and is tagged with, as the official apps do. Of words with dots those are links that
     * end in a top-level domain; tags are words after {@code #}, and tickers such as {@code $AAPL}.
     *
     * @param text the text
     * @param accounts finds the account that a handle means, asked once for each; empty leaves the mention plain text
     * @return the text with facets
     */
    public static RichText detect(String text, Function<? super Handle, Optional<Did>> accounts) {
        var offsets = new ByteOffsets(text);
        Map<Handle, Optional<Did>> known = new HashMap<>();
        List<Facet> facets = new ArrayList<>();
        for (Detection.Found found : Detection.in(text)) {
            Facet.Builder facet =
                    Facet.builder().index(slice(offsets.ofUnit(found.start()), offsets.ofUnit(found.end())));
            switch (found.kind()) {
                case LINK -> facets.add(facet.addFeature(link(found.value())).build());
                case TAG -> facets.add(facet.addFeature(tag(found.value())).build());
                case MENTION ->
                    Handle.tryParse(found.value())
                            .flatMap(handle -> known.computeIfAbsent(handle, accounts))
                            .ifPresent(did ->
                                    facets.add(facet.addFeature(mention(did)).build()));
            }
        }
        return new RichText(text, List.copyOf(facets));
    }

    /**
     * Starts a text that is put together.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the text.
     *
     * @return the text
     */
    public String text() {
        return text;
    }

    /**
     * Returns the facets, for a record.
     *
     * @return the facets by where they start
     */
    public List<Facet> facets() {
        return facets;
    }

    /**
     * Returns the length of the text as people see it.
     *
     * @return the number of graphemes
     */
    public int graphemes() {
        return Graphemes.count(text);
    }

    /**
     * Returns the length of the text in UTF-8.
     *
     * @return the number of bytes
     */
    public long bytes() {
        return Utf8.length(text);
    }

    /**
     * Tells whether the text is short enough for a post.
     *
     * @return true if it is
     */
    public boolean fitsPost() {
        return fits(text, MAX_GRAPHEMES, MAX_BYTES);
    }

    /**
     * Cuts the text for showing it: into parts that have a facet, and those between. Together they are the text. Of facets that
     * overlap the first counts; facets that begin or end within a character, or hold nothing but spaces, do not count.
     *
     * @return the parts, none of them empty
     */
    public List<Segment> segments() {
        var offsets = new ByteOffsets(text);
        List<Segment> segments = new ArrayList<>();
        int shown = 0;
        for (Facet facet : facets) {
            Span span = span(facet, offsets);
            if (span != null && span.start() >= shown) {
                addPlain(segments, shown, span.start());
                String part = text.substring(span.start(), span.end());
                boolean blank = part.chars().allMatch(c -> Detection.isSpace((char) c));
                segments.add(new Segment(part, blank ? null : facet));
                shown = span.end();
            }
        }
        addPlain(segments, shown, text.length());
        return List.copyOf(segments);
    }

    private void addPlain(List<Segment> segments, int start, int end) {
        if (start < end) {
            segments.add(new Segment(text.substring(start, end), null));
        }
    }

    /**
     * Puts a text in. Facets that come later move, and one around the place grows.
     *
     * @param offset where, in bytes
     * @param inserted what
     * @return the longer text
     * @throws IllegalArgumentException if no character starts there
     */
    public RichText insert(long offset, String inserted) {
        int unit = unitAt(offset);
        long length = Utf8.length(inserted);
        List<Facet> moved = new ArrayList<>();
        for (Facet facet : facets) {
            long start = start(facet);
            long end = end(facet);
            moved.add(at(
                    facet,
                    offset <= start ? start + length : start,
                    offset <= start || offset < end ? end + length : end));
        }
        return of(text.substring(0, unit) + inserted + text.substring(unit), moved);
    }

    /**
     * Takes a part of the text out. Facets that come later move, those within it go, and those that reach into it shrink.
     *
     * @param start where the part starts, in bytes
     * @param end where it ends, in bytes
     * @return the shorter text
     * @throws IllegalArgumentException if no character starts at one of the two, or the end is before the start
     */
    public RichText delete(long start, long end) {
        if (end < start) {
            throw new IllegalArgumentException("the end " + end + " is before the start " + start);
        }
        String rest = text.substring(0, unitAt(start)) + text.substring(unitAt(end));
        List<Facet> moved = new ArrayList<>();
        for (Facet facet : facets) {
            long first = without(start, end, start(facet));
            long last = without(start, end, end(facet));
            if (first < last) {
                moved.add(at(facet, first, last));
            }
        }
        return of(rest, moved);
    }

    private static long without(long start, long end, long offset) {
        return offset <= start ? offset : offset >= end ? offset - (end - start) : start;
    }

    private int unitAt(long offset) {
        var offsets = new ByteOffsets(text);
        int unit = offset > offsets.total() ? -1 : offsets.toUnit(offset);
        if (unit < 0) {
            throw new IllegalArgumentException("no character of the text starts at byte " + offset);
        }
        return unit;
    }

    /**
     * Cuts the text into posts: between sentences if it can be, else between words. Spaces at a cut go. What a facet covers
     * stays together unless it is longer than a post; then each of its parts has the facet.
     *
     * @return the posts in their order, at least one; this text alone if it fits
     */
    public List<RichText> split() {
        return split((number, count) -> "");
    }

    /**
     * Cuts the text into posts, and gives each a counter at its end, such as {@code (1/3)}. A text that fits gets none.
     *
     * @param counter makes the counter, space in front included, of the post's number and how many there are
     * @return the posts in their order, at least one
     * @throws IllegalArgumentException if a counter leaves no room for text
     */
    public List<RichText> split(BiFunction<? super Integer, ? super Integer, String> counter) {
        return split(MAX_GRAPHEMES, MAX_BYTES, counter);
    }

    /**
     * Cuts the text into pieces that fit any limit.
     *
     * @param maxGraphemes how many graphemes a piece may have
     * @param maxBytes how many bytes it may have
     * @param counter makes what is put at the end of each, as in {@link #split(BiFunction)}
     * @return the pieces in their order, at least one
     * @throws IllegalArgumentException if the limits, less a counter, leave no room for text
     */
    public List<RichText> split(
            int maxGraphemes, int maxBytes, BiFunction<? super Integer, ? super Integer, String> counter) {
        if (fits(text, maxGraphemes, maxBytes)) {
            return List.of(this);
        }
        var offsets = new ByteOffsets(text);
        List<Span> whole = new ArrayList<>();
        for (Facet facet : facets) {
            Span span = span(facet, offsets);
            if (span != null) {
                whole.add(span);
            }
        }
        var cuts = new Cuts(text, whole, maxGraphemes, maxBytes);
        // How many posts there are is known when they are cut, and how they are cut depends on how long that number is.
        for (int most = 9; ; most = most * 10 + 9) {
            int count = most;
            List<Span> spans = cuts.pieces(index -> counter.apply(index + 1, count));
            if (spans.size() <= most) {
                return numbered(spans, offsets, counter, maxGraphemes, maxBytes);
            }
        }
    }

    private List<RichText> numbered(
            List<Span> spans,
            ByteOffsets offsets,
            BiFunction<? super Integer, ? super Integer, String> counter,
            int maxGraphemes,
            int maxBytes) {
        if (spans.isEmpty()) {
            return List.of(of(""));
        }
        List<RichText> pieces = new ArrayList<>();
        int first = 0;
        for (Span span : spans) {
            while (first < facets.size() && end(facets.get(first)) <= offsets.ofUnit(span.start())) {
                first++;
            }
            // Without the spaces at its ends a text may fit after all.
            String number = spans.size() == 1 ? "" : counter.apply(pieces.size() + 1, spans.size());
            RichText piece = piece(span, offsets, number, facets.subList(first, facets.size()));
            if (!fits(piece.text, maxGraphemes, maxBytes)) {
                throw new IllegalArgumentException(
                        "the counter \"" + number + "\" is longer than that of a longer thread");
            }
            pieces.add(piece);
        }
        return List.copyOf(pieces);
    }

    /** Makes a piece with those of the facets that are in it; they are sorted by where they start. */
    private RichText piece(Span span, ByteOffsets offsets, String suffix, List<Facet> facets) {
        int from = offsets.ofUnit(span.start());
        int to = offsets.ofUnit(span.end());
        List<Facet> kept = new ArrayList<>();
        for (Facet facet : facets) {
            if (start(facet) >= to) {
                break;
            }
            long start = Math.max(start(facet), from);
            long end = Math.min(end(facet), to);
            if (start < end) {
                kept.add(at(facet, start - from, end - from));
            }
        }
        return new RichText(text.substring(span.start(), span.end()) + suffix, List.copyOf(kept));
    }

    private static boolean fits(String text, int maxGraphemes, int maxBytes) {
        return Graphemes.atMost(text, maxGraphemes) && Utf8.length(text) <= maxBytes;
    }

    /** Returns what a facet covers, or null if that is nothing, or parts of characters. */
    private static @Nullable Span span(Facet facet, ByteOffsets offsets) {
        int start = offsets.toUnit(start(facet));
        int end = offsets.toUnit(end(facet));
        return start >= 0 && start < end ? new Span(start, end) : null;
    }

    private static boolean isForward(Facet facet) {
        try {
            return start(facet) <= end(facet);
        } catch (MissingFieldException e) {
            return false;
        }
    }

    private static long start(Facet facet) {
        return facet.index().byteStart();
    }

    private static long end(Facet facet) {
        return facet.index().byteEnd();
    }

    private static Facet at(Facet facet, long start, long end) {
        return facet.toBuilder()
                .index(facet.index().toBuilder().byteStart(start).byteEnd(end).build())
                .build();
    }

    private static Facet.ByteSlice slice(long start, long end) {
        return Facet.ByteSlice.builder().byteStart(start).byteEnd(end).build();
    }

    private static Facet.Mention mention(Did did) {
        return Facet.Mention.builder().did(did).build();
    }

    private static Facet.Link link(String uri) {
        return Facet.Link.builder().uri(uri).build();
    }

    private static Facet.Tag tag(String tag) {
        return Facet.Tag.builder().tag(tag).build();
    }

    /** Compares text and facets. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RichText that && text.equals(that.text) && facets.equals(that.facets);
    }

    @Override
    public int hashCode() {
        return 31 * text.hashCode() + facets.hashCode();
    }

    /** Returns the text. */
    @Override
    public String toString() {
        return text;
    }

    /**
     * A part of a text to be shown as one.
     *
     * @param text the part
     * @param facet what it is, or null if it is plain
     */
    public record Segment(String text, @Nullable Facet facet) {

        /**
         * Returns the account that this part mentions.
         *
         * @return the account, or empty
         */
        public Optional<Did> mention() {
            return value(Facet.Feature.Mention.class, feature -> feature.value().didText())
                    .flatMap(Did::tryParse);
        }

        /**
         * Returns where this part links to. Somebody has chosen that: it may be any URI, and other than the text says.
         *
         * @return the URI, or empty
         */
        public Optional<String> link() {
            return value(Facet.Feature.Link.class, feature -> feature.value().uri());
        }

        /**
         * Returns the tag that this part is.
         *
         * @return the tag without {@code #}, or empty
         */
        public Optional<String> tag() {
            return value(Facet.Feature.Tag.class, feature -> feature.value().tag());
        }

        private <F extends Facet.Feature> Optional<String> value(Class<F> kind, Function<F, String> value) {
            if (facet == null) {
                return Optional.empty();
            }
            try {
                return facet.features().stream()
                        .filter(kind::isInstance)
                        .findFirst()
                        .map(kind::cast)
                        .map(value);
            } catch (MissingFieldException e) {
                return Optional.empty();
            }
        }
    }

    /** Puts a text together, piece by piece. Confined to one thread. */
    public static final class Builder {

        private final StringBuilder text = new StringBuilder();
        private final List<Facet> facets = new ArrayList<>();
        private long bytes;

        private Builder() {}

        /**
         * Adds plain text, without looking into it.
         *
         * @param plain the text
         * @return this builder
         */
        public Builder text(String plain) {
            text.append(plain);
            bytes = Utf8.length(text);
            return this;
        }

        /**
         * Adds another text with its facets.
         *
         * @param rich the text
         * @return this builder
         */
        public Builder text(RichText rich) {
            long before = bytes;
            text(rich.text);
            rich.facets.forEach(facet -> facets.add(at(facet, start(facet) + before, end(facet) + before)));
            return this;
        }

        /**
         * Adds a mention, which notifies the account.
         *
         * @param shown what people read, usually {@code @} and the handle
         * @param account who is mentioned
         * @return this builder
         */
        public Builder mention(String shown, Did account) {
            return add(shown, Facet.Feature.of(RichText.mention(account)));
        }

        /**
         * Adds a link.
         *
         * @param shown what people read
         * @param uri where it leads to; other characters than ASCII have to be percent-encoded
         * @return this builder
         * @throws dev.atp4j.syntax.SyntaxException if it is no URI
         */
        public Builder link(String shown, String uri) {
            return add(
                    shown, Facet.Feature.of(RichText.link(GenericUri.parse(uri).value())));
        }

        /**
         * Adds a tag.
         *
         * @param tag the tag, without the {@code #} that is shown in front of it
         * @return this builder
         * @throws IllegalArgumentException if it is empty, or has more than 64 graphemes or 640 bytes
         */
        public Builder tag(String tag) {
            if (!Detection.fits(tag)) {
                throw new IllegalArgumentException(
                        "a tag has 1 to 64 graphemes and at most 640 bytes, and \"" + tag + "\" does not");
            }
            return add("#" + tag, Facet.Feature.of(RichText.tag(tag)));
        }

        private Builder add(String shown, Facet.Feature feature) {
            if (shown.isBlank()) {
                throw new IllegalArgumentException("nobody could see \"" + shown + "\"");
            }
            long start = bytes;
            text(shown);
            facets.add(Facet.builder()
                    .index(slice(start, bytes))
                    .addFeature(feature)
                    .build());
            return this;
        }

        /**
         * Returns the text. The builder may be used further.
         *
         * @return the text
         */
        public RichText build() {
            return RichText.of(text.toString(), facets);
        }
    }
}
