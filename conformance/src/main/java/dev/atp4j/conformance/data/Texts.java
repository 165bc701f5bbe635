// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import dev.atp4j.syntax.Cid;
import java.util.Random;

/** Makes identifiers of all kinds, and damages texts. Confined to one thread. */
final class Texts {

    static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    static final String DIGITS = "0123456789";
    static final String LETTERS = LOWER + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static final String ALPHANUMERIC = LETTERS + DIGITS;
    private static final String ODD = ".-_:%~/#?@+=TZzjk019 \n\t\0\"'()[]é０\u2028\uD83D\uDE00";

    private final Random random;

    Texts(Random random) {
        this.random = random;
    }

    String did() {
        return "did:" + pick("plc", "web", text(LOWER, upTo(1, 6))) + ":"
                + text(ALPHANUMERIC + "._:%-", upTo(1, pick(24, 24, 2100)));
    }

    String handle() {
        var labels = new StringBuilder();
        for (int i = upTo(1, pick(3, 3, 8)); i > 0; i--) {
            labels.append(label()).append('.');
        }
        return labels.append(pick("test", "com", label())).toString();
    }

    String nsid() {
        return handle() + "." + text(LETTERS, 1) + text(ALPHANUMERIC, upTo(0, pick(10, 10, 66)));
    }

    private String label() {
        int inner = upTo(0, pick(5, 5, 64));
        return text(ALPHANUMERIC, 1) + (inner == 0 ? "" : text(ALPHANUMERIC + "-", inner - 1) + text(ALPHANUMERIC, 1));
    }

    String key() {
        return pick("self", ".", "..", text(ALPHANUMERIC + "_~.:-", upTo(1, pick(3, 13, 520))));
    }

    String tid() {
        return text("234567abcdefghijk", 1) + text("234567" + LOWER, 12);
    }

    String atUri() {
        String path = pick("", "/" + nsid() + pick("", "/" + key(), "/" + tid()));
        return "at://" + pick(did(), handle()) + path + pick("", "", "", "", "/", "#/" + key(), "?" + key());
    }

    String language() {
        if (random.nextInt(20) == 0) {
            return pick("i-default", "en-GB-oed", "zh-min-nan", "art-lojban", "i-klingon", "x-private", "sgn-BE-FR");
        }
        var tag = new StringBuilder(text(LOWER, pick(2, 2, 3, 3, 4, 5, 8)));
        tag.append(pick("", "", "-yue")).append(pick("", "-Latn")).append(pick("", "-BR", "-419"));
        for (int i = random.nextInt(3); i > 0; i--) {
            tag.append(pick("-rozaj", "-ROZAJ", "-1994", "-" + text(ALPHANUMERIC, 6)));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            tag.append(pick("-a", "-A", "-u", "-0")).append('-').append(text(ALPHANUMERIC, upTo(2, 8)));
        }
        return tag.append(pick("", "-x-" + text(ALPHANUMERIC, upTo(1, 8)))).toString();
    }

    String datetime() {
        String offset = pick("+", "-") + two(24) + ":" + two(60);
        return pick("0000", "9999", "20" + two(99), "20" + two(99), text(DIGITS, 4)) + "-"
                + pick("01", "12", two(12)) + "-" + pick("01", "31", two(31)) + "T" + two(24) + ":" + two(60) + ":"
                + two(60) + pick("", "." + text(DIGITS, upTo(1, pick(3, 9, 50)))) + pick("Z", "Z", offset);
    }

    String uri() {
        return pick("https", "at", "did", text(LETTERS, 1) + text(ALPHANUMERIC + "+-.", upTo(0, 9))) + ":"
                + pick("", "/", "//") + text(ALPHANUMERIC + "/?#%@._", upTo(0, pick(20, 20, 9000)));
    }

    String cid() {
        return pick(cid(4, 32), cid(4, 32), cid(4, upTo(0, 200)), text(ALPHANUMERIC + "+=", upTo(7, 150)));
    }

    /** Makes the text of a CID that is one inside, more or less. */
    private String cid(int head, int hash) {
        byte[] bytes = bytes(head + hash);
        bytes[0] = pick((byte) 1, (byte) 1, (byte) 1, (byte) 0);
        bytes[1] = pick((byte) 0x55, (byte) 0x71, (byte) 0x71, (byte) 0x70);
        bytes[2] = pick((byte) 0x12, (byte) 0x12, (byte) 0x13);
        bytes[3] = pick((byte) hash, (byte) hash, (byte) hash, (byte) 32);
        try {
            return Cid.ofBytes(bytes).value();
        } catch (IllegalArgumentException e) {
            return "b" + text("abcdefghijklmnopqrstuvwxyz234567", upTo(8, 70));
        }
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    String two(int max) {
        return "%02d".formatted(random.nextInt(max + 1));
    }

    /** Takes a character out, puts one in, or puts one in the place of another. */
    String damaged(String text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(2));
        String put = random.nextBoolean() ? "" : text(ODD, 1);
        return text.substring(0, at) + put + text.substring(end);
    }

    String text(String alphabet, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    int upTo(int min, int max) {
        return min + random.nextInt(max - min + 1);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
