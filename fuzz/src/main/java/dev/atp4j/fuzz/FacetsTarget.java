// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.api.app.bsky.richtext.Facet;
import dev.atp4j.bluesky.RichText;
import dev.atp4j.syntax.Did;
import dev.atp4j.text.Graphemes;
import dev.atp4j.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Texts with mentions, links and tags: facets lie in order within the text; segments are the text again;
 * and a text that is cut fits its limit piece by piece and loses nothing but spaces.
 */
final class FacetsTarget implements Target {

    private static final Did ACCOUNT = Did.parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");

    @Override
    public void accept(byte[] input) {
        String text = Text.of(input);
        RichText rich = RichText.detect(text, handle -> Optional.of(ACCOUNT));
        Must.agree(rich.text(), text, "the text stays as it is");
        Must.agree(
                rich.bytes(),
                (long) rich.text()
                        .replaceAll("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]", "\ufffd")
                        .getBytes(StandardCharsets.UTF_8)
                        .length,
                "its length in bytes");
        long start = 0;
        long shown = 0;
        long free = 0;
        for (Facet facet : rich.facets()) {
            Must.hold(facet.index().byteStart() >= start, "facets lie in order");
            Must.hold(facet.index().byteEnd() > facet.index().byteStart(), "a facet covers something");
            Must.hold(facet.index().byteEnd() <= rich.bytes(), "facets lie within the text");
            start = facet.index().byteStart();
            // As in the official apps, a mention may stand within a link; the first of them is shown.
            if (start >= free) {
                shown++;
                free = facet.index().byteEnd();
            }
        }
        Must.agree(joined(rich), text, "the segments and the text");
        Must.agree(
                rich.segments().stream()
                        .filter(segment -> segment.facet() != null)
                        .count(),
                shown,
                "facets that are shown");
        pieces(rich, RichText.MAX_GRAPHEMES, RichText.MAX_BYTES);
        pieces(rich, 20, 80);
    }

    private static void pieces(RichText rich, int graphemes, int bytes) {
        List<RichText> pieces = rich.split(graphemes, bytes, (number, count) -> " " + number);
        boolean whole = pieces.size() == 1;
        var text = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            String piece = pieces.get(i).text();
            Must.hold(Graphemes.count(piece) <= graphemes, "a piece fits its limit of graphemes");
            Must.hold(Utf8.length(piece) <= bytes, "a piece fits its limit of bytes");
            Must.agree(joined(pieces.get(i)), piece, "the segments of a piece and its text");
            String counter = " " + (i + 1);
            Must.hold(whole || piece.endsWith(counter), "a piece has its number");
            text.append(
                    whole || !piece.endsWith(counter) ? piece : piece.substring(0, piece.length() - counter.length()));
        }
        Must.agree(ink(text.toString()), ink(rich.text()), "the pieces and the text, without spaces");
    }

    private static String joined(RichText rich) {
        return rich.segments().stream().map(RichText.Segment::text).collect(Collectors.joining());
    }

    private static String ink(String text) {
        return text.replaceAll("[\\s\\p{Z}\ufeff]", "");
    }
}
