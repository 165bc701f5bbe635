// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import java.util.Random;

/** Damages JSON, with a liking for what the data model forbids. Confined to one thread. */
final class OddJson {

    private static final String CID = "bafyreidykglsfhoixmivffc5uwhcgshx4j465xwqntbmu43nb2dzqwfvae";

    private final Random random;
    private final Texts texts;

    OddJson(Random random) {
        this.random = random;
        this.texts = new Texts(random);
    }

    String damaged(String json) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> texts.damaged(json);
            case 3 -> json.substring(0, random.nextInt(json.length() + 1));
            default -> within(json);
        };
    }

    /** Puts something odd in the place of a value, or into an object. */
    private String within(String json) {
        String mark = texts.pick("null", "true", "false", "{", "[", "\"");
        int at = json.indexOf(mark, random.nextInt(json.length()));
        if (at < 0) {
            return odd();
        }
        return switch (mark) {
            case "{" ->
                json.substring(0, at + 1)
                        + field()
                        + (json.startsWith("}", at + 1) ? "" : ",")
                        + json.substring(at + 1);
            case "[" ->
                json.substring(0, at + 1) + odd() + (json.startsWith("]", at + 1) ? "" : ",") + json.substring(at + 1);
            case "\"" ->
                json.substring(0, at + 1)
                        + texts.pick("\\ud83d", "\\uDE00", "\\/", "\\u00e9", "\\x", "\\b", "\\u0000")
                        + json.substring(at + 1);
            default -> json.substring(0, at) + odd() + json.substring(at + mark.length());
        };
    }

    private String field() {
        return switch (random.nextInt(8)) {
            case 0 -> "\"$type\":" + texts.pick("\"\"", "1", "null", "\"blob\"", "\"a.b.c\"", "{}");
            case 1 -> "\"$link\":" + texts.pick("\"" + CID + "\"", "1", "\"\"", "null");
            case 2 -> "\"$bytes\":" + texts.pick("\"AQID\"", "1", "\"\"", "null");
            case 3 -> "\"\":1";
            case 4 -> "\"__proto__\":" + odd();
            case 5 -> "\"text\":" + odd();
            default -> "\"x" + random.nextInt(30) + "\":" + odd();
        };
    }

    private String odd() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> number();
            case 2 ->
                "{\"$link\":\"" + texts.damaged(texts.pick(CID, texts.cid())).replaceAll("[\"\\\\\\p{Cntrl}]", "")
                        + "\"}";
            case 3 -> "{\"$bytes\":\"" + texts.text(Texts.ALPHANUMERIC + "+/=-_ ", random.nextInt(9)) + "\"}";
            case 4 ->
                "{\"$type\":\"blob\",\"ref\":{\"$link\":\""
                        + texts.pick("bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity", CID)
                        + "\"},\"mimeType\":\"" + texts.pick("a/b", "", "a", "*/*") + "\",\"size\":"
                        + texts.pick("1", "-1", "0", "1.5", "\"1\"", "123456")
                        + texts.pick("", "", ",\"alt\":\"x\"") + "}";
            default ->
                texts.pick("[]", "{}", "\"a\"", "nul", "undefined", "'a'", "NaN", "[".repeat(40) + "]".repeat(40));
        };
    }

    private String number() {
        return switch (random.nextInt(8)) {
            case 0 ->
                texts.pick("0", "-0", "0.0", "-0.0", "00", "01", "+1", ".5", "5.", "1e", "0x1", "1_0", "0e5", "1E+2");
            case 1 -> texts.pick("9007199254740991", "9007199254740992", "-9007199254740991", "-9007199254740992");
            case 2 ->
                texts.pick(
                        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809");
            case 3 -> texts.text(Texts.DIGITS, texts.upTo(1, 25));
            case 4 -> random.nextInt(1000) + "." + texts.pick("0", "00", "5", "10", "000000000000000000000001");
            case 5 ->
                random.nextInt(1000)
                        + texts.pick("e", "E", "e+", "e-")
                        + texts.pick("0", "1", "3", "20", "400", "99999");
            default -> Long.toString(random.nextLong() >> random.nextInt(64));
        };
    }
}
