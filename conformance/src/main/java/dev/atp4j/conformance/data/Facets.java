// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import dev.atp4j.api.app.bsky.richtext.Facet;
import dev.atp4j.bluesky.RichText;
import dev.atp4j.conformance.data.Beside.Group;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import dev.atp4j.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is found in texts, and how texts are cut for showing them: beside {@code RichText} of {@code @atproto/api}. */
final class Facets {

    private static final String[] PIECES = {
        "@",
        "#",
        "\uff03",
        "$",
        " ",
        " ",
        " ",
        "\n",
        "\t",
        "(",
        ")",
        ".",
        "..",
        ",",
        ":",
        "!",
        "?",
        ";",
        "-",
        "_",
        "/",
        "&",
        "=",
        "https://",
        "http://",
        "HTTP://",
        "Https://",
        "http",
        "alice",
        "bob",
        "a",
        "b",
        "k",
        "com",
        "co.uk",
        "org",
        "test",
        "COM",
        "bsky.social",
        "example.com",
        "zzz",
        "1",
        "23",
        "\u00e9",
        "\u65e5\u672c",
        "\u3002",
        "\u3001",
        "\u0663",
        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
        "\ud83d\udc4d\ud83c\udffd",
        "\ud83c\udde9\ud83c\uddea",
        "\ufe0f",
        "#\ufe0f\u20e3",
        "\u200b",
        "\u200d",
        "\u00ad",
        "\u2060",
        "\u200a",
        "\u3000",
        "\u00a0",
        "\ufeff",
        "\u2028",
        "\u0085",
        "\r\n",
        "\"",
        "'",
        "\u2019",
        "\u20e2",
        "\u017f",
        "\u212a",
        "(foo)",
        "AAPL",
        "aapl",
        "TOOLONG",
        "BRK.B",
        "$1",
        "xn--p1ai",
        "\u0440\u0444",
        "@alice.test",
        "@a-b.example.com",
        "foo-bar.com",
        "httpbin.org",
        "www.",
        "?q=1",
        "#frag",
        "#tag",
        "long".repeat(20),
        "#a" + "\u0301".repeat(330)
    };

    private static final String MARK = "\ufeff";

    /** What theirs takes for a link with a scheme, and is none, or has nothing behind it. */
    private static final Pattern NO_LINK = Pattern.compile("http(?!s?://).*|https?://(/.*)?", Pattern.DOTALL);

    private Facets() {}

    static List<Group> groups(long seed) {
        Random texts = Group.random(seed, "facets");
        Random parts = Group.random(seed, "segments");
        return List.of(
                new Group("facets of texts", 20_000, () -> detected(text(texts, 1 + texts.nextInt(14)))),
                new Group("segments of texts", 5_000, () -> shown(text(parts, parts.nextInt(8)), parts)));
    }

    private static String text(Random random, int pieces) {
        var text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static Case detected(String text) {
        return new Case(Peer.question("facets", text), "<" + text + ">", answer -> {
            List<String> ours = new ArrayList<>();
            RichText rich = RichText.detect(text, handle -> Optional.of(Did.parse("did:web:" + handle.value())));
            rich.facets().forEach(facet -> ours.add(line(facet.toMap())));
            List<String> theirs = new ArrayList<>();
            Known known = null;
            for (LexValue item : answer.getList("facets").orElse(LexList.of()).items()) {
                LexMap facet = (LexMap) item;
                Known reason = reason(facet, text);
                // Where there is no handle ours asks nobody, and theirs would ask in vain.
                boolean vain =
                        feature(facet).getString("did").map(Facets::isNoHandle).orElse(false);
                if (reason != null) {
                    known = reason;
                } else if (!vain) {
                    theirs.add(line(facet));
                }
            }
            ours.removeIf(line -> NO_LINK.matcher(covered(line, text)).matches());
            Verdict verdict = Verdict.same("facets", ours, theirs);
            return verdict.equals(Verdict.SAME) && known != null ? Verdict.of(known) : verdict;
        });
    }

    private static @Nullable Known reason(LexMap facet, String text) {
        LexMap feature = feature(facet);
        if (feature.getString("uri").isPresent()
                && NO_LINK.matcher(covered(line(facet), text)).matches()) {
            return Known.NO_LINK;
        }
        return feature.getString("tag").filter(tag -> Utf8.length(tag) > 640).isPresent() ? Known.LONG_TAG : null;
    }

    private static boolean isNoHandle(String text) {
        return Handle.tryParse(text).isEmpty();
    }

    private static LexMap feature(LexMap facet) {
        return (LexMap) facet.getList("features").orElseThrow().get(0);
    }

    /** Where a facet is and what it says, a mention by its handle. */
    private static String line(LexMap facet) {
        LexMap index = facet.getMap("index").orElseThrow();
        LexMap feature = feature(facet);
        String value = feature.getString("uri")
                .or(() -> feature.getString("tag"))
                .or(() -> feature.getString("did").map(did -> did.replace("did:web:", "")))
                .orElse("");
        return index.getLong("byteStart").orElseThrow() + " "
                + index.getLong("byteEnd").orElseThrow() + " "
                + feature.getString("$type").orElse("") + " " + value;
    }

    private static String covered(String line, String text) {
        String[] parts = line.split(" ", 3);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int start = Integer.parseInt(parts[0]);
        return new String(bytes, start, Integer.parseInt(parts[1]) - start, StandardCharsets.UTF_8);
    }

    private static Case shown(String text, Random random) {
        var json = new StringBuilder("[");
        int most = (int) Utf8.length(text) + 3;
        for (int i = random.nextInt(5); i > 0; i--) {
            json.append(json.length() == 1 ? "" : ",")
                    .append("{\"index\":{\"byteStart\":")
                    .append(random.nextInt(most))
                    .append(",\"byteEnd\":")
                    .append(random.nextInt(most))
                    .append("},\"features\":[{\"$type\":\"app.bsky.richtext.facet#tag\",\"tag\":\"x\"}]}");
        }
        String facets = json.append("]").toString();
        return new Case(Peer.question("segments", text, facets), "<" + text + "> " + facets, answer -> {
            List<Facet> list = new ArrayList<>();
            byte[] document = ("{\"list\":" + facets + "}").getBytes(StandardCharsets.UTF_8);
            for (LexValue facet :
                    LexJson.parseMapLenient(document).getList("list").orElseThrow()) {
                list.add(Facet.TYPE.fromMap((LexMap) facet));
            }
            List<String> ours = RichText.of(text, list).segments().stream()
                    .map(part -> part.facet() == null ? part.text() : "[" + part.text() + "]")
                    .toList();
            List<String> theirs = new ArrayList<>();
            for (LexValue part : answer.getList("segments").orElse(LexList.of())) {
                theirs.add(((LexString) part).value());
            }
            boolean half = list.stream()
                    .anyMatch(facet -> isHalf(text, facet.index().byteStart())
                            || isHalf(text, facet.index().byteEnd()));
            Verdict verdict = Verdict.same("segments", together(ours), together(theirs));
            if (!verdict.equals(Verdict.SAME) && half) {
                return Verdict.of(Known.HALF_CHARACTER);
            }
            return !verdict.equals(Verdict.SAME) && text.contains(MARK) ? Verdict.of(Known.BYTE_ORDER_MARK) : verdict;
        });
    }

    /** Joins plain parts: theirs cuts them where a facet of no length is, which shows nothing. */
    private static List<String> together(List<String> parts) {
        List<String> joined = new ArrayList<>();
        boolean plain = false;
        for (String part : parts) {
            boolean facet = part.startsWith("[");
            if (plain && !facet) {
                joined.add(joined.remove(joined.size() - 1) + part);
            } else if (!part.isEmpty()) {
                joined.add(part);
            }
            plain = !joined.isEmpty() && !facet;
        }
        return joined;
    }

    /** Tells whether a byte is within a character. */
    private static boolean isHalf(String text, long offset) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return offset < bytes.length && (bytes[(int) offset] & 0xc0) == 0x80;
    }
}
