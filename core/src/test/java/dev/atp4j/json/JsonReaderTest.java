// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A reader that many have tried says what JSON is. */
class JsonReaderTest {

    private static final JsonFactory JACKSON = new JsonFactory();

    private final long seed = Long.getLong("atp4j.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void agreesWithJacksonAboutWhatIsJsonAndWhatItSays() {
        int refused = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] json = damaged(value(4).getBytes(UTF_8));
            String text = new String(json, UTF_8);
            // Jackson takes the record separator for white space, and a zero behind a number for its end.
            if (!JsonReader.isUtf8(json) || text.indexOf(0x1E) >= 0 || text.indexOf(0) >= 0) {
                continue;
            }
            List<String> theirs = jackson(json);
            assertThat(ours(json))
                    .as("<%s> seed %d", new String(json, UTF_8), seed)
                    .isEqualTo(theirs);
            assertThat(isSkipped(json))
                    .as("<%s> seed %d", new String(json, UTF_8), seed)
                    .isEqualTo(!theirs.isEmpty());
            refused += theirs.isEmpty() ? 1 : 0;
        }
        assertThat(refused).as("both outcomes are tried, seed %d", seed).isBetween(10_000, 90_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tru",
                "truex",
                "nul",
                "-",
                "-x",
                "0x",
                "01",
                "-01",
                "1.",
                "1.e1",
                "1e",
                "1e+",
                "1E-05",
                "-0.0e0",
                "[1 2]",
                "[,]",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{,}",
                "{\"a\"}",
                "{1:2}",
                "[1]]",
                "\"\\u12\"",
                "\"\\u12G4\"",
                "\"\\x\"",
                "\"",
                "\"\\",
                "\"\\u",
                "\u0000",
                "\f1",
                "\u00a01",
                "[1\u20282]",
                "/*a*/1",
                "{\"\\uD83D\\uDE00\":1}",
                "{\"\\uDE00\":1}",
                "{\"\\uD83D\\u0041\":1}",
                "{\"\\uD83Dx\":1}",
                "\"\\uD83D\"",
                "\u007f",
                "\"\u007f\"",
                "[[[]",
                "{\"a\":{}",
                "  1  ",
                "1 1"
            })
    void agreesWithJacksonAboutOddities(String json) {
        assertThat(ours(json.getBytes(UTF_8))).isEqualTo(jackson(json.getBytes(UTF_8)));
    }

    @Test
    void noBytesDoMoreThanBreakIt() {
        for (int i = 0; i < 100_000; i++) {
            byte[] json = new byte[random.nextInt(40)];
            for (int at = 0; at < json.length; at++) {
                json[at] = (byte)
                        (random.nextInt(4) == 0
                                ? random.nextInt(256)
                                : "{}[]\"\",:\\u0e.-1tfn $type".charAt(random.nextInt(24)));
            }
            boolean skipped = isSkipped(json);
            assertThat(ours(json).isEmpty())
                    .as("%s seed %d", Arrays.toString(json), seed)
                    .isEqualTo(!skipped);
            if (json.length > 0) {
                new JsonReader(json, 10).seek("$type");
            }
        }
    }

    @Test
    void isUtf8IfTheDecoderSaysSo() {
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(6)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) (random.nextInt(3) > 0 ? 0x80 + random.nextInt(0x80) : random.nextInt(0x80));
            }
            assertThat(JsonReader.isUtf8(bytes))
                    .as("%s seed %d", Arrays.toString(bytes), seed)
                    .isEqualTo(Arrays.equals(new String(bytes, UTF_8).getBytes(UTF_8), bytes));
        }
    }

    private static boolean isSkipped(byte[] json) {
        try {
            var reader = new JsonReader(json, 500);
            reader.skip();
            reader.end();
            return true;
        } catch (JsonException e) {
            assertThat(e.limit()).isFalse();
            return false;
        }
    }

    /** Returns what is in a document, in order, or nothing if it is no JSON. */
    private static List<String> ours(byte[] json) {
        List<String> events = new ArrayList<>();
        try {
            var reader = new JsonReader(json, 500);
            read(reader, events);
            reader.end();
            return events;
        } catch (JsonException e) {
            return List.of();
        }
    }

    private static void read(JsonReader json, List<String> events) {
        switch (json.peek()) {
            case '{' -> {
                json.beginObject();
                events.add("{");
                while (json.nextName()) {
                    events.add("name " + json.name());
                    read(json, events);
                }
                events.add("}");
            }
            case '[' -> {
                json.beginArray();
                events.add("[");
                while (json.nextItem()) {
                    read(json, events);
                }
                events.add("]");
            }
            case '"' -> events.add("text " + json.string());
            case 't' -> {
                json.readTrue();
                events.add("true");
            }
            case 'f' -> {
                json.readFalse();
                events.add("false");
            }
            case 'n' -> {
                json.readNull();
                events.add("null");
            }
            default -> {
                int from = json.position();
                json.readNumber();
                events.add("number " + json.text(from));
            }
        }
    }

    private static List<String> jackson(byte[] json) {
        List<String> events = new ArrayList<>();
        int depth = 0;
        try (JsonParser parser = JACKSON.createParser(ObjectReadContext.empty(), json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (depth == 0 && !events.isEmpty()) {
                    return List.of();
                }
                events.add(
                        switch (token) {
                            case PROPERTY_NAME -> "name " + parser.currentName();
                            case VALUE_STRING -> "text " + parser.getString();
                            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number " + parser.getString();
                            default -> parser.getString();
                        });
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
            return events;
        } catch (JacksonException e) {
            return List.of();
        }
    }

    private String value(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> "true";
            case 1 -> random.nextBoolean() ? "null" : "false";
            case 2 -> number();
            case 3, 4 -> text();
            case 5 -> "[" + space() + value(depth - 1) + space() + "," + value(depth - 1) + "]";
            case 6 -> random.nextBoolean() ? "{}" : "[" + space() + "]";
            default ->
                "{" + space() + text() + space() + ":" + space() + value(depth - 1) + ",\"" + random.nextInt(100)
                        + "\":" + value(depth - 1) + space() + "}";
        };
    }

    private String number() {
        return switch (random.nextInt(4)) {
            case 0 -> Long.toString(random.nextLong());
            case 1 -> Integer.toString(random.nextInt(30));
            case 2 -> Double.toString(random.nextGaussian() * 1e9);
            default -> random.nextLong() + "" + random.nextInt(1000) + "e" + random.nextInt(400);
        };
    }

    private String space() {
        return random.nextInt(3) > 0 ? "" : " \n\r\t".substring(random.nextInt(4));
    }

    private String text() {
        var text = new StringBuilder("\"");
        for (int i = random.nextInt(random.nextInt(5) == 0 ? 60 : 12); i > 0; i--) {
            switch (random.nextInt(10)) {
                case 0 -> text.append((char) random.nextInt(0x80, 0x800));
                case 1 -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
                case 2 -> text.append("\\").append("\"\\/bfnrt".charAt(random.nextInt(8)));
                case 3 -> text.append("\\u%04x".formatted(random.nextInt(0xD800)));
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.append('"').toString();
    }

    private byte[] damaged(byte[] json) {
        int at = random.nextInt(json.length);
        byte[] changed = json.clone();
        switch (random.nextInt(6)) {
            case 0:
                return Arrays.copyOf(json, at);
            case 1:
                changed[at] = (byte) random.nextInt(128);
                return changed;
            case 2:
                changed[at] = (byte) "{}[]\",:\\0e.- \n".charAt(random.nextInt(14));
                return changed;
            case 3:
                byte[] shorter = Arrays.copyOf(json, json.length - 1);
                System.arraycopy(json, at + 1, shorter, at, json.length - at - 1);
                return shorter;
            default:
                return json;
        }
    }
}
