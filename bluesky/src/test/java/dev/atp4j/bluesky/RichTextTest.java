// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.api.app.bsky.richtext.Facet;
import dev.atp4j.bluesky.RichText.Segment;
import dev.atp4j.data.LexJson;
import dev.atp4j.identity.DidDocument;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.identity.IdentityResolver;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import dev.atp4j.syntax.SyntaxException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RichTextTest {

    private static final Did ALICE = Did.parse("did:plc:alice");

    @Test
    void isPutTogetherWithItsOffsetsInBytes() {
        RichText text = RichText.builder()
                .text("h\u00e9llo \ud83d\ude00 ")
                .mention("@alice.example", ALICE)
                .text(", ")
                .link("h\u00e9re", "https://example.com/")
                .text(" ")
                .tag("cats")
                .build();

        assertThat(text.text()).isEqualTo("h\u00e9llo \ud83d\ude00 @alice.example, h\u00e9re #cats");
        assertThat(lines(text))
                .containsExactly(
                        "12-26 @alice.example did:plc:alice",
                        "28-33 h\u00e9re https://example.com/",
                        "34-39 #cats cats");
        assertThat(text.graphemes()).isEqualTo(34);
        assertThat(text.bytes()).isEqualTo(39);
    }

    @Test
    void textsCanBeAddedToTexts() {
        RichText part = RichText.builder().text("a ").tag("b").build();

        assertThat(lines(
                        RichText.builder().text("\u00e9 ").text(part).text(part).build()))
                .containsExactly("5-7 #b b", "9-11 #b b");
    }

    @Test
    void whatCannotBePutTogetherIsNamed() {
        RichText.Builder builder = RichText.builder();

        assertThatThrownBy(() -> builder.tag("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.tag("a".repeat(65))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.link("here", "no uri")).isInstanceOf(SyntaxException.class);
        assertThatThrownBy(() -> builder.link(" ", "https://example.com")).isInstanceOf(IllegalArgumentException.class);
        assertThat(builder.build().text()).isEmpty();
    }

    @Test
    void detectsWhatPeopleType() {
        RichText text = RichText.detect(
                "\u00e9 @alice.example.com (example.com) #cats @nobody.example.com",
                handle -> handle.value().startsWith("alice") ? Optional.of(ALICE) : Optional.empty());

        assertThat(lines(text))
                .containsExactly(
                        "3-21 @alice.example.com did:plc:alice",
                        "23-34 example.com https://example.com",
                        "36-41 #cats cats");
    }

    @Test
    void anAccountIsLookedUpOnce() {
        List<Handle> asked = new ArrayList<>();

        RichText.detect("@a.example.com @a.example.com @b..com", handle -> {
            asked.add(handle);
            return Optional.of(ALICE);
        });

        assertThat(asked).containsExactly(Handle.parse("a.example.com"));
    }

    @Test
    void aMentionOfNobodyIsTextAndOneThatCannotBeLookedUpIsAnError() {
        var identities = new OneAccount();

        assertThat(lines(RichText.detect("@alice.example.com @nobody.example.com", identities)))
                .containsExactly("0-18 @alice.example.com did:plc:alice");
        assertThatThrownBy(() -> RichText.detect("@down.example.com", identities))
                .isInstanceOf(IdentityException.class);
    }

    @Test
    void partsForShowingAreTheTextTogether() {
        RichText text =
                RichText.builder().tag("a").text(" b ").mention("@c", ALICE).build();

        assertThat(text.segments()).extracting(Segment::text).containsExactly("#a", " b ", "@c");
        assertThat(text.segments().get(0).tag()).contains("a");
        assertThat(text.segments().get(0).link()).isEmpty();
        assertThat(text.segments().get(1).facet()).isNull();
        assertThat(text.segments().get(1).mention()).isEmpty();
        assertThat(text.segments().get(2).mention()).contains(ALICE);
        assertThat(RichText.of("").segments()).isEmpty();
        assertThat(RichText.of("plain").segments()).containsExactly(new Segment("plain", null));
    }

    @Test
    void facetsThatAreOutOfPlaceDoNoHarm() {
        assertThat(shown("hello", facet(1, 3), facet(2, 4))).containsExactly("h", "[el]", "lo");
        assertThat(shown("hello", facet(2, 4), facet(1, 3))).as("any order").containsExactly("h", "[el]", "lo");
        assertThat(shown("hello", facet(0, 100))).containsExactly("[hello]");
        assertThat(shown("hello", facet(50, 100))).containsExactly("hello");
        assertThat(shown("hello", facet(2, 2))).containsExactly("hello");
        assertThat(shown("hello", facet(3, 1))).containsExactly("hello");
        assertThat(shown("hello", facet(-1, 2))).containsExactly("hello");
        assertThat(shown("h\u00e9llo", facet(0, 2))).as("half a letter").containsExactly("h\u00e9llo");
        assertThat(shown("a  b", facet(1, 3))).as("nothing to see").containsExactly("a", "  ", "b");
        assertThat(shown("hello", Facet.TYPE.fromJson("{\"features\":[]}".getBytes(StandardCharsets.UTF_8))))
                .as("no place at all")
                .containsExactly("hello");
    }

    @Test
    void aFeatureOfAnotherKindIsKeptAndIsNoneOfOurs() {
        Facet facet = Facet.TYPE.fromJson(("{\"index\":{\"byteStart\":0,\"byteEnd\":1},\"features\":["
                        + "{\"$type\":\"org.example.facet#bold\"},{\"$type\":\"app.bsky.richtext.facet#link\"}]}")
                .getBytes(StandardCharsets.UTF_8));

        Segment part = RichText.of("ab", List.of(facet)).segments().get(0);

        assertThat(part.facet()).isEqualTo(facet);
        assertThat(part.link()).as("a link without a URI").isEmpty();
        assertThat(part.tag()).isEmpty();
    }

    @Test
    void whatIsPutInMovesTheFacets() {
        RichText text = RichText.of("0123456789", List.of(facet(2, 5)));

        assertThat(ranges(text.insert(0, "\u00e9"))).containsExactly("4-7");
        assertThat(ranges(text.insert(2, "ab"))).containsExactly("4-7");
        assertThat(ranges(text.insert(4, "ab"))).containsExactly("2-7");
        assertThat(ranges(text.insert(5, "ab"))).containsExactly("2-5");
        assertThat(text.insert(10, "!").text()).isEqualTo("0123456789!");
        assertThatThrownBy(() -> text.insert(11, "!")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RichText.of("\u00e9").insert(1, "!")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsTakenOutMovesTheFacets() {
        RichText text = RichText.of("0123456789", List.of(facet(2, 5)));

        assertThat(ranges(text.delete(0, 9))).isEmpty();
        assertThat(ranges(text.delete(2, 5))).isEmpty();
        assertThat(ranges(text.delete(6, 8))).containsExactly("2-5");
        assertThat(ranges(text.delete(4, 8))).containsExactly("2-4");
        assertThat(ranges(text.delete(3, 4))).containsExactly("2-4");
        assertThat(ranges(text.delete(1, 3))).containsExactly("1-3");
        assertThat(ranges(text.delete(0, 1))).containsExactly("1-4");
        assertThat(text.delete(3, 9).text()).isEqualTo("0129");
        assertThatThrownBy(() -> text.delete(3, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTextThatFitsIsOnePostWithoutACounter() {
        RichText text = RichText.of(" short ");

        assertThat(text.split((n, of) -> " " + n)).containsExactly(text);
        assertThat(text.fitsPost()).isTrue();
        assertThat(RichText.of("a".repeat(301)).fitsPost()).isFalse();
        assertThat(RichText.of("a\u0301\u0301\u0301\u0301\u0301".repeat(290)).fitsPost())
                .isFalse();
    }

    @Test
    void aLongTextIsAThreadWithCounters() {
        RichText text = RichText.of("A sentence of words. ".repeat(30));

        List<RichText> posts = text.split((n, of) -> " (" + n + "/" + of + ")");

        assertThat(posts).hasSize(3);
        assertThat(posts).allMatch(RichText::fitsPost);
        assertThat(posts.get(0).text()).startsWith("A sentence").endsWith("words. (1/3)");
        assertThat(posts.get(2).text()).endsWith("words. (3/3)");
        assertThat(RichText.of("word ".repeat(3_000)).split((n, of) -> " " + n + "/" + of))
                .hasSizeGreaterThan(40)
                .allMatch(RichText::fitsPost)
                .last()
                .asString()
                .matches("(?s).* (\\d+)/\\1");
    }

    @Test
    void facetsMoveIntoTheirPosts() {
        RichText text = RichText.builder()
                .text("\u00e9 ".repeat(149))
                .link("two words", "https://example.com/")
                .build();

        List<RichText> posts = text.split();

        assertThat(posts).hasSize(2);
        assertThat(posts.get(0).facets()).isEmpty();
        assertThat(lines(posts.get(1))).containsExactly("0-9 two words https://example.com/");
    }

    @Test
    void aFacetThatIsTooLongIsInEachOfItsPosts() {
        RichText text =
                RichText.builder().link("a".repeat(400), "https://example.com/").build();

        assertThat(text.split())
                .hasSize(2)
                .allSatisfy(post -> assertThat(post.facets()).hasSize(1));
    }

    @Test
    void aCounterThatGrowsIsRefused() {
        RichText text = RichText.of("word ".repeat(100));

        assertThatThrownBy(() -> text.split((n, of) -> of == 2 ? "much longer than before".repeat(10) : ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> text.split((n, of) -> "x".repeat(300))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void spacesAloneAreOneEmptyPost() {
        assertThat(RichText.of(" ".repeat(301)).split()).containsExactly(RichText.of(""));
    }

    @Test
    void aTextThatFitsWithoutTheSpacesAroundItGetsNoCounter() {
        assertThat(RichText.of(" ".repeat(200) + "word" + " ".repeat(200)).split((n, of) -> " " + n + "/" + of))
                .containsExactly(RichText.of("word"));
    }

    @Test
    void everyTextCanBeShownCutAndChanged() {
        var random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            String plain = RandomText.of(random, random.nextInt(40));
            RichText text = RichText.detect(plain, handle -> Optional.of(ALICE));
            long bytes = text.bytes();
            for (Facet facet : text.facets()) {
                assertThat(facet.index().byteStart())
                        .isBetween(0L, facet.index().byteEnd() - 1);
                assertThat(facet.index().byteEnd()).isLessThanOrEqualTo(bytes);
            }
            assertThat(String.join(
                            "", text.segments().stream().map(Segment::text).toList()))
                    .isEqualTo(plain);
            assertThat(RichText.of(plain, text.facets())).isEqualTo(text);

            for (RichText post : text.split(20, 60, (n, of) -> "")) {
                assertThat(plain).contains(post.text());
                assertThat(post.graphemes()).isLessThanOrEqualTo(20);
                assertThat(post.bytes()).isLessThanOrEqualTo(60);
                assertThat(String.join(
                                "", post.segments().stream().map(Segment::text).toList()))
                        .isEqualTo(post.text());
                for (Facet facet : post.facets()) {
                    assertThat(facet.index().byteEnd()).isLessThanOrEqualTo(post.bytes());
                }
            }

            List<Long> places = new ArrayList<>();
            var offsets = new ByteOffsets(plain);
            for (long offset = 0; offset <= bytes; offset++) {
                if (offsets.toUnit(offset) >= 0) {
                    places.add(offset);
                }
            }
            long place = places.get(random.nextInt(places.size()));
            RichText longer = text.insert(place, "\u00e9\u65e5");
            assertThat(longer.delete(place, place + 5)).isEqualTo(text);
        }
    }

    @Test
    void facetsOfNoSenseAreShownSomehow() {
        var random = new Random(8);
        for (int round = 0; round < 5_000; round++) {
            String plain = RandomText.of(random, random.nextInt(10));
            Facet[] facets = new Facet[random.nextInt(5)];
            for (int i = 0; i < facets.length; i++) {
                facets[i] = facet(random.nextInt(40) - 5, random.nextInt(40) - 5);
            }
            RichText text = RichText.of(plain, List.of(facets));

            assertThat(String.join(
                            "", text.segments().stream().map(Segment::text).toList()))
                    .isEqualTo(plain);
            text.split(3, 12, (n, of) -> "");
        }
    }

    private static Facet facet(long start, long end) {
        return Facet.TYPE.fromMap(LexJson.parseMapLenient(("{\"index\":{\"byteStart\":" + start + ",\"byteEnd\":" + end
                        + "},\"features\":[{\"$type\":\"app.bsky.richtext.facet#tag\",\"tag\":\"x\"}]}")
                .getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> shown(String text, Facet... facets) {
        return RichText.of(text, List.of(facets)).segments().stream()
                .map(part -> part.facet() == null ? part.text() : "[" + part.text() + "]")
                .toList();
    }

    private static List<String> ranges(RichText text) {
        return text.facets().stream()
                .map(facet -> facet.index().byteStart() + "-" + facet.index().byteEnd())
                .toList();
    }

    /** Where each facet is, what it covers by the bytes, and what it says. */
    private static List<String> lines(RichText text) {
        byte[] bytes = text.text().getBytes(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (Facet facet : text.facets()) {
            int start = (int) facet.index().byteStart();
            int end = (int) facet.index().byteEnd();
            Facet.Feature feature = facet.features().get(0);
            String value = feature instanceof Facet.Feature.Mention mention
                    ? mention.value().didText()
                    : feature instanceof Facet.Feature.Link link
                            ? link.value().uri()
                            : ((Facet.Feature.Tag) feature).value().tag();
            lines.add(start + "-" + end + " "
                    + new String(Arrays.copyOfRange(bytes, start, end), StandardCharsets.UTF_8) + " " + value);
        }
        return lines;
    }

    /** Knows one account, and that of one handle nothing can be learnt. */
    private static final class OneAccount implements IdentityResolver {

        @Override
        public Did resolveHandle(Handle handle) {
            if (handle.value().startsWith("alice")) {
                return ALICE;
            }
            throw new IdentityException(
                    handle.value().startsWith("down")
                            ? IdentityException.Kind.UNAVAILABLE
                            : IdentityException.Kind.NOT_FOUND,
                    "no " + handle,
                    null);
        }

        @Override
        public DidDocument resolveDid(Did did) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DidDocument refreshDid(Did did) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DidDocument resolveAccount(Handle handle) {
            throw new UnsupportedOperationException();
        }

        @Override
        public URI serviceFor(DidDocument document) {
            throw new UnsupportedOperationException();
        }
    }
}
