// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What stands between the quotes of a string, and bytes of UTF-8. */
final class JsonText {

    private JsonText() {}

    /** Returns the number of bytes of the character that begins there and is not ASCII, or 0 if the bytes are no UTF-8. */
    static int characterLength(byte[] json, int from) {
        int lead = json[from];
        int second = from + 1 < json.length ? json[from + 1] : 0;
        if (lead >= (byte) 0xC2 && lead < (byte) 0xE0) {
            return second < (byte) 0xC0 ? 2 : 0;
        }
        if (lead >= (byte) 0xE0 && lead < (byte) 0xF0) {
            // No longer form than is needed, and no halves of surrogate pairs.
            boolean good = second < (byte) 0xC0
                    && (lead != (byte) 0xE0 || second >= (byte) 0xA0)
                    && (lead != (byte) 0xED || second < (byte) 0xA0);
            return good && continues(json, from + 2) ? 3 : 0;
        }
        if (lead >= (byte) 0xF0 && lead < (byte) 0xF5) {
            boolean good = second < (byte) 0xC0
                    && (lead != (byte) 0xF0 || second >= (byte) 0x90)
                    && (lead != (byte) 0xF4 || second < (byte) 0x90);
            return good && continues(json, from + 2) && continues(json, from + 3) ? 4 : 0;
        }
        return 0;
    }

    private static boolean continues(byte[] json, int at) {
        return at < json.length && json[at] < (byte) 0xC0;
    }

    /** Tells whether bytes are UTF-8 throughout. */
    static boolean isUtf8(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            int length = bytes[at] >= 0 ? 1 : characterLength(bytes, at);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** Returns the place after the escape that begins there, or the complement of the place where it stops being one. */
    static int afterEscape(byte[] json, int backslash) {
        int at = backslash + 1;
        if (at == json.length) {
            return ~at;
        }
        switch (json[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
                return at + 1;
            case 'u':
                for (int i = 1; i <= 4; i++) {
                    if (at + i == json.length || Character.digit(json[at + i], 16) < 0) {
                        return ~(at + i);
                    }
                }
                return at + 5;
            default:
                return ~at;
        }
    }

    /** Resolves the escapes of a string that is known to be right. */
    static String unescape(byte[] json, int from, int to) {
        var text = new StringBuilder(to - from);
        int run = from;
        for (int at = from; at < to; ) {
            if (json[at] != '\\') {
                at++;
                continue;
            }
            text.append(new String(json, run, at - run, StandardCharsets.UTF_8));
            text.append(
                    switch (json[at + 1]) {
                        case 'b' -> '\b';
                        case 'f' -> '\f';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        case 't' -> '\t';
                        case 'u' -> unit(json, at);
                        default -> (char) json[at + 1];
                    });
            at += json[at + 1] == 'u' ? 6 : 2;
            run = at;
        }
        return text.append(new String(json, run, to - run, StandardCharsets.UTF_8))
                .toString();
    }

    /** Returns the place where the other half of a surrogate pair should stand, or -1 if every half has its other. */
    static int halfPair(byte[] json, int from, int to) {
        for (int at = from; at < to; ) {
            if (json[at] != '\\') {
                at++;
            } else if (json[at + 1] != 'u') {
                at += 2;
            } else {
                char one = unit(json, at);
                at += 6;
                if (Character.isSurrogate(one)) {
                    boolean whole = Character.isHighSurrogate(one)
                            && at < to
                            && json[at] == '\\'
                            && json[at + 1] == 'u'
                            && Character.isLowSurrogate(unit(json, at));
                    if (!whole) {
                        return at;
                    }
                    at += 6;
                }
            }
        }
        return -1;
    }

    private static char unit(byte[] json, int backslash) {
        int unit = 0;
        for (int i = 2; i < 6; i++) {
            unit = unit << 4 | Character.digit(json[backslash + i], 16);
        }
        return (char) unit;
    }

    /** Says where in the text a place is, in lines and in characters as Java counts them. */
    static String lineAndColumn(byte[] json, int start, int at) {
        int line = 1;
        int begin = start;
        for (int i = start; i < at; i++) {
            if (json[i] == '\n' || json[i] == '\r' && (i + 1 == json.length || json[i + 1] != '\n')) {
                line++;
                begin = i + 1;
            }
        }
        int column = new String(Arrays.copyOfRange(json, begin, at), StandardCharsets.UTF_8).length() + 1;
        return "line " + line + ", column " + column;
    }
}
