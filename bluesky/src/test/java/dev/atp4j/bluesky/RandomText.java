// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import java.util.Random;

/** Texts out of pieces that facets, graphemes and sentences care about. */
final class RandomText {

    private static final String[] PIECES = {
        "@",
        "#",
        "\uff03",
        "$",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\t",
        "(",
        ")",
        ".",
        ",",
        "!",
        "?",
        "-",
        "_",
        "/",
        "https://",
        "http://",
        "HTTP://",
        "alice",
        "bob.example.com",
        "com",
        ".co.uk",
        "bsky.social",
        "test",
        "zzz",
        "1",
        "\u00e9",
        "e\u0301",
        "\u65e5\u672c",
        "\u3002",
        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
        "\ud83d\udc4d\ud83c\udffd",
        "\ud83c\udde9\ud83c\uddea",
        "\ufe0f",
        "#\ufe0f\u20e3",
        "\u200b",
        "\u200d",
        "\u00ad",
        "\u3000",
        "\u2028",
        "\ufeff",
        "\"",
        "\u2019",
        "AAPL",
        "\u0928\u092e\u0938\u094d\u0924\u0947",
        "@alice.test",
        "Some words of a sentence. ",
        "Really? ",
        "antidisestablishmentarianism",
        "\ud800",
        "\udc00"
    };

    private RandomText() {}

    static String of(Random random, int pieces) {
        var text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
