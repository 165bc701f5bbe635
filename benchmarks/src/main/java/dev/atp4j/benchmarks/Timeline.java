// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Pages of {@code app.bsky.feed.getTimeline}, made up: the shapes, sizes and oddities of a real server's answers, and nobody's
 * posts. The same seed gives the same page.
 */
final class Timeline {

    /** How the fields of an object are ordered. */
    enum Order {
        /** As a server sends them, which is the same for all objects of a type. */
        SERVER,
        /** At random in each object; {@code $type} is anywhere. */
        SHUFFLED,
        /** As DAG-CBOR wants it: short names first. */
        CANONICAL
    }

    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final String[] WORDS = {
        "morning",
        "the",
        "harbour",
        "was",
        "quiet",
        "and",
        "a",
        "ferry",
        "left",
        "without",
        "anyone",
        "noticing",
        "🎉",
        "👩‍👩‍👧",
        "日本語の投稿です",
        "“quoted”",
        "今日は",
        "coffee",
        "first",
        "then",
        "code",
        "review",
        "naïve",
        "\n\n",
        "über",
        "한국어"
    };

    private final Random random;

    private Timeline(long seed) {
        this.random = new Random(seed);
    }

    /** Returns a page in JSON. */
    static byte[] json(int items, Order order) {
        var timeline = new Timeline(7);
        LexValue page = timeline.page(items);
        return LexJson.write(
                switch (order) {
                    case SERVER -> page;
                    case SHUFFLED -> timeline.reordered(page, false);
                    case CANONICAL -> timeline.reordered(page, true);
                });
    }

    private LexMap page(int items) {
        List<LexValue> feed = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            feed.add(item(i));
        }
        return LexMap.builder()
                .put("feed", new LexList(feed))
                .put("cursor", "2026-01-01T00:00:00.000Z")
                .build();
    }

    private LexMap item(int number) {
        LexMap.Builder item = LexMap.builder().put("post", post(number, false));
        if (number % 3 == 0) {
            item.put(
                    "reply",
                    LexMap.builder()
                            .put("root", post(number + 1, true))
                            .put("parent", post(number + 2, true))
                            .put("grandparentAuthor", author())
                            .build());
        }
        if (number % 5 == 0) {
            item.put(
                    "reason",
                    LexMap.builder()
                            .put("$type", "app.bsky.feed.defs#reasonRepost")
                            .put("by", author())
                            .put("uri", uri("app.bsky.feed.repost"))
                            .put("cid", cid())
                            .put("indexedAt", time())
                            .build());
        }
        return odd(item);
    }

    private LexMap post(int number, boolean typed) {
        LexMap.Builder post = LexMap.builder();
        if (typed) {
            post.put("$type", "app.bsky.feed.defs#postView");
        }
        post.put("uri", uri("app.bsky.feed.post"))
                .put("cid", cid())
                .put("author", author())
                .put("record", record(number));
        LexMap embed = embed(number);
        if (embed != null) {
            post.put("embed", embed);
        }
        post.put("bookmarkCount", random.nextInt(10))
                .put("replyCount", random.nextInt(300))
                .put("repostCount", random.nextInt(2000))
                .put("likeCount", random.nextInt(20000))
                .put("quoteCount", random.nextInt(50))
                .put("indexedAt", time())
                .put(
                        "viewer",
                        LexMap.builder()
                                .put("bookmarked", false)
                                .put("threadMuted", false)
                                .put("embeddingDisabled", false)
                                .build())
                .put("labels", number % 10 == 3 ? LexList.of(label()) : LexList.of());
        return odd(post);
    }

    private LexMap author() {
        LexMap.Builder author = LexMap.builder()
                .put("did", did())
                .put("handle", letters(9) + ".example.com")
                .put("displayName", words(2))
                .put("avatar", picture("avatar"));
        if (random.nextInt(3) == 0) {
            author.put(
                    "associated",
                    LexMap.builder()
                            .put(
                                    "chat",
                                    LexMap.builder()
                                            .put("allowIncoming", "following")
                                            .build())
                            .build());
        }
        LexMap.Builder viewer = LexMap.builder().put("muted", false).put("blockedBy", false);
        if (random.nextBoolean()) {
            viewer.put("following", uri("app.bsky.graph.follow"));
        }
        return odd(
                author.put("viewer", viewer.build()).put("labels", LexList.of()).put("createdAt", time()));
    }

    private LexMap record(int number) {
        LexMap.Builder record =
                LexMap.builder().put("$type", "app.bsky.feed.post").put("createdAt", time());
        if (number % 4 == 0) {
            record.put("embed", images(number));
        }
        if (number % 3 == 0) {
            LexMap ref = LexMap.builder()
                    .put("cid", cid())
                    .put("uri", uri("app.bsky.feed.post"))
                    .build();
            record.put(
                    "reply",
                    LexMap.builder().put("parent", ref).put("root", ref).build());
        }
        if (number % 2 == 0) {
            record.put("facets", LexList.of(facet(), facet()));
        }
        return odd(record.put("langs", LexList.of(new LexString("en"))).put("text", words(8 + random.nextInt(30))));
    }

    private LexMap images(int number) {
        LexMap blob = number == 0
                ? LexMap.builder()
                        .put("cid", cid())
                        .put("mimeType", "image/jpeg")
                        .build()
                : LexMap.builder()
                        .put("$type", "blob")
                        .put("ref", LexMap.builder().put("$link", cid()).build())
                        .put("mimeType", "image/jpeg")
                        .put("size", 100_000 + random.nextInt(800_000))
                        .build();
        return LexMap.builder()
                .put("$type", "app.bsky.embed.images")
                .put(
                        "images",
                        LexList.of(LexMap.builder()
                                .put("alt", words(12))
                                .put("aspectRatio", ratio())
                                .put("image", blob)
                                .build()))
                .build();
    }

    private @Nullable LexMap embed(int number) {
        if (number % 10 == 7) {
            return LexMap.builder()
                    .put("$type", "app.bsky.embed.hologram#view")
                    .put("depth", 3)
                    .put(
                            "layers",
                            LexList.of(LexMap.builder()
                                    .put("src", picture("feed_fullsize"))
                                    .build()))
                    .build();
        }
        return switch (number % 4) {
            case 0 ->
                LexMap.builder()
                        .put("$type", "app.bsky.embed.images#view")
                        .put(
                                "images",
                                LexList.of(LexMap.builder()
                                        .put("thumb", picture("feed_thumbnail"))
                                        .put("fullsize", picture("feed_fullsize"))
                                        .put("alt", words(12))
                                        .put("aspectRatio", ratio())
                                        .build()))
                        .build();
            case 1 ->
                LexMap.builder()
                        .put("$type", "app.bsky.embed.external#view")
                        .put(
                                "external",
                                LexMap.builder()
                                        .put("uri", "https://www.example.com/articles/" + letters(30) + "?from=feed")
                                        .put("title", words(9))
                                        .put("description", words(25))
                                        .put("thumb", picture("feed_thumbnail"))
                                        .build())
                        .build();
            case 2 ->
                LexMap.builder()
                        .put("$type", "app.bsky.embed.record#view")
                        .put(
                                "record",
                                LexMap.builder()
                                        .put("$type", "app.bsky.embed.record#viewRecord")
                                        .put("uri", uri("app.bsky.feed.post"))
                                        .put("cid", cid())
                                        .put("author", author())
                                        .put("value", record(1))
                                        .put("labels", LexList.of())
                                        .put("likeCount", random.nextInt(200))
                                        .put("replyCount", random.nextInt(20))
                                        .put("repostCount", random.nextInt(20))
                                        .put("quoteCount", random.nextInt(5))
                                        .put("indexedAt", time())
                                        .put("embeds", LexList.of())
                                        .build())
                        .build();
            default -> null;
        };
    }

    private LexMap facet() {
        int start = random.nextInt(80);
        return LexMap.builder()
                .put(
                        "features",
                        LexList.of(LexMap.builder()
                                .put("$type", "app.bsky.richtext.facet#link")
                                .put("uri", "https://example.com/" + letters(20))
                                .build()))
                .put(
                        "index",
                        LexMap.builder()
                                .put("byteEnd", start + 20)
                                .put("byteStart", start)
                                .build())
                .build();
    }

    private LexMap label() {
        return LexMap.builder()
                .put("src", did())
                .put("uri", uri("app.bsky.feed.post"))
                .put("cid", cid())
                .put("val", "graphic-media")
                .put("cts", time())
                .build();
    }

    private LexMap ratio() {
        return LexMap.builder().put("height", 1200).put("width", 900).build();
    }

    /** One object in twenty has a field that no lexicon knows. */
    private LexMap odd(LexMap.Builder map) {
        if (random.nextInt(20) == 0) {
            map.put(
                    "newIn" + random.nextInt(3),
                    LexMap.builder().put("enabled", true).put("note", words(3)).build());
        }
        return map.build();
    }

    private String uri(String collection) {
        return "at://" + did() + "/" + collection + "/3" + letters(12);
    }

    private String did() {
        return "did:plc:" + letters(24);
    }

    private String cid() {
        return "bafyrei" + letters(52);
    }

    private String picture(String kind) {
        return "https://cdn.example.com/img/" + kind + "/plain/" + did() + "/bafkrei" + letters(52) + "@jpeg";
    }

    private String time() {
        return "2026-0%d-1%dT1%d:4%d:0%d.%03dZ"
                .formatted(
                        1 + random.nextInt(9),
                        random.nextInt(10),
                        random.nextInt(10),
                        random.nextInt(10),
                        random.nextInt(10),
                        random.nextInt(1000));
    }

    private String words(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            // Two of three are plain: most posts are.
            int word = random.nextInt(3) > 0 ? random.nextInt(12) : random.nextInt(WORDS.length);
            text.append(i == 0 ? "" : " ").append(WORDS[word]);
        }
        return text.toString();
    }

    private String letters(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(BASE32.charAt(random.nextInt(32)));
        }
        return text.toString();
    }

    private LexValue reordered(LexValue value, boolean canonical) {
        if (value instanceof LexList list) {
            return new LexList(list.items().stream()
                    .map(item -> reordered(item, canonical))
                    .toList());
        }
        if (!(value instanceof LexMap map)) {
            return value;
        }
        List<Map.Entry<String, LexValue>> fields = new ArrayList<>(map.fields().entrySet());
        if (canonical) {
            fields.sort(Comparator.<Map.Entry<String, LexValue>>comparingInt(
                            field -> field.getKey().getBytes(StandardCharsets.UTF_8).length)
                    .thenComparing(Map.Entry::getKey));
        } else {
            Collections.shuffle(fields, random);
        }
        var copy = new LinkedHashMap<String, LexValue>();
        fields.forEach(field -> copy.put(field.getKey(), reordered(field.getValue(), canonical)));
        return LexMap.of(copy);
    }
}
