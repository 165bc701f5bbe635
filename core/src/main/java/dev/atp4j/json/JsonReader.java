// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document, piece by piece, out of the array that holds it. Confined to one thread.
 *
 * <p>It stands before a value, inside a container, or behind a value, and its caller knows which. {@link #peek()} tells by
 * the next byte what kind of value follows. Bytes that are not UTF-8 are replaced in what is read; {@link #slice(int)}
 * repairs them. Containers may be nested as deep as the reader is told, and a {@code $link} or {@code $bytes} one more, since
 * neither is a container of the data model. Whatever the bytes are, a method does its work or throws {@link JsonException}.
 */
public final class JsonReader {

    /** What {@link #nextName(Names, int)} returns at the end of an object. */
    public static final int END = -2;

    /** A step into an object before its first name, and one into an array before its first item. */
    private static final int NO_NAME = 0;

    private static final int NO_ITEM = Integer.MIN_VALUE;

    private static final int MARK = 3;

    // Trees have the same few names again and again. Any thread may put another name in place of one.
    private static final int SHARED_LENGTH = 32;
    private static final @Nullable String[] SHARED = new @Nullable String[1024];

    private final byte[] json;
    private final int start;
    private final int maxDepth;
    private int at;
    private int depth;

    /** On each level the place where the current name begins, or the complement of the current index. */
    private int[] steps = new int[32];

    /** A container was entered and none of its entries read. */
    private boolean fresh;

    /** The string that was passed last has escapes; has something that is no ASCII. */
    private boolean escaped;

    private boolean ascii;

    /** Bytes that are not UTF-8 were passed. */
    private boolean malformed;

    private int nameEnd;
    private boolean nameEscaped;
    private long number;

    /**
     * Starts at the beginning of a document; a byte order mark is passed over.
     *
     * @param json the document, which is not copied
     * @param maxDepth how deep containers may be nested
     */
    public JsonReader(byte[] json, int maxDepth) {
        this.json = json;
        this.maxDepth = maxDepth;
        boolean marked =
                json.length >= MARK && json[0] == (byte) 0xEF && json[1] == (byte) 0xBB && json[2] == (byte) 0xBF;
        this.start = marked ? MARK : 0;
        this.at = start;
    }

    /**
     * Tells whether a document is UTF-8.
     *
     * @param json the document
     * @return true if it is
     */
    public static boolean isUtf8(byte[] json) {
        return JsonText.isUtf8(json);
    }

    /**
     * Passes white space.
     *
     * @return the next byte
     */
    public int peek() {
        while (at < json.length) {
            byte next = json[at];
            if (next > ' ' || next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return next;
            }
            at++;
        }
        throw depth == 0 && isBlank() ? broken("the document is empty") : notJson(at);
    }

    private boolean isBlank() {
        for (int i = start; i < json.length; i++) {
            if (json[i] > ' ' || json[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private JsonException broken(String rule) {
        return new JsonException(false, path(), rule);
    }

    /** Checks that nothing follows the value of the document. */
    public void end() {
        while (at < json.length) {
            byte next = json[at];
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                boolean value = "{[\"-0123456789".indexOf(next) >= 0
                        || startsWith("true")
                        || startsWith("false")
                        || startsWith("null");
                throw value ? broken("more follows after the end of the document") : notJson(at);
            }
            at++;
        }
    }

    /**
     * Returns the place in the document.
     *
     * @return the number of bytes before it
     */
    public int position() {
        return at;
    }

    /**
     * Returns the length of the document.
     *
     * @return the number of bytes
     */
    public int length() {
        return json.length;
    }

    /**
     * Returns how deep the place is.
     *
     * @return the number of containers around it
     */
    public int depth() {
        return depth;
    }

    /**
     * Goes back to the beginning of a value.
     *
     * @param position where it is
     * @param toDepth how deep it is
     */
    public void back(int position, int toDepth) {
        at = position;
        depth = toDepth;
        fresh = false;
    }

    /** Enters the object that follows. */
    public void beginObject() {
        begin(NO_NAME);
    }

    /** Enters the array that follows. */
    public void beginArray() {
        begin(NO_ITEM);
    }

    private void begin(int step) {
        at++;
        if (depth >= maxDepth && (depth > maxDepth || step != NO_NAME || !beginsSpecial())) {
            throw new JsonException(true, path(), "containers are nested deeper than " + maxDepth + " levels");
        }
        depth++;
        if (depth == steps.length) {
            steps = Arrays.copyOf(steps, 2 * depth);
        }
        steps[depth] = step;
        fresh = true;
    }

    /**
     * Tells whether an object could be a link or a byte string, when it has been entered or is about to be.
     *
     * @return true if its first name is {@code $link} or {@code $bytes}, or has escapes and may be one of them
     */
    public boolean beginsSpecial() {
        int i = at < json.length && json[at] == '{' ? at + 1 : at;
        while (i < json.length && (json[i] == ' ' || json[i] == '\n' || json[i] == '\r' || json[i] == '\t')) {
            i++;
        }
        if (i + 2 >= json.length || json[i] != '"') {
            return false;
        }
        return json[i + 1] == '\\' || json[i + 1] == '$' && (json[i + 2] == 'l' || json[i + 2] == 'b');
    }

    /**
     * Goes to the next field of an object, or out of it.
     *
     * @return false if there is none
     */
    public boolean nextName() {
        if (!nextQuote()) {
            return false;
        }
        endName();
        return true;
    }

    /**
     * Goes to the next field of an object, or out of it.
     *
     * @param names the names that may be expected
     * @param before the place of the name before, or {@link Names#OTHER}
     * @return the place of the name, or {@link Names#OTHER}, or {@link #END}
     */
    public int nextName(Names names, int before) {
        if (!nextQuote()) {
            return END;
        }
        int from = at;
        if (from + 8 <= json.length) {
            long word = Words.at(json, from);
            int guess = names.after(before);
            if (guess >= 0 && names.startsAt(json, from, word, guess)) {
                nameIs(from + names.length(guess) - 1);
                return guess;
            }
            long special = Words.special(word);
            int end = from + Words.first(special);
            if (special != 0 && json[end] == '"') {
                nameIs(end);
                return remembered(names, before, names.find(json, from, end));
            }
        }
        endName();
        return remembered(names, before, nameEscaped ? names.find(name()) : names.find(json, from, nameEnd));
    }

    private static int remembered(Names names, int before, int place) {
        if (place >= 0) {
            names.remember(before, place);
        }
        return place;
    }

    private void nameIs(int end) {
        nameEnd = end;
        nameEscaped = false;
        at = end + 1;
        colon();
    }

    /** Goes behind the quote that begins the next name, or behind the object. */
    private boolean nextQuote() {
        int comma = at;
        if (!fresh && comma + 1 < json.length && json[comma] == ',' && json[comma + 1] == '"') {
            at = comma + 2;
            steps[depth] = at;
            return true;
        }
        int next = peek();
        if (next == '}') {
            at++;
            depth--;
            fresh = false;
            return false;
        }
        if (fresh) {
            fresh = false;
        } else if (next == ',') {
            at++;
            next = peek();
        } else {
            throw notJson(at);
        }
        if (next != '"') {
            throw notJson(at);
        }
        at++;
        steps[depth] = at;
        return true;
    }

    private void endName() {
        int from = at;
        nameEnd = endOfString(from);
        nameEscaped = escaped;
        if (nameEscaped) {
            int half = JsonText.halfPair(json, from, nameEnd);
            if (half >= 0) {
                throw notJson(half);
            }
        }
        at = nameEnd + 1;
        colon();
    }

    private void colon() {
        if (at < json.length && json[at] == ':' || peek() == ':') {
            at++;
        } else {
            throw notJson(at);
        }
    }

    /**
     * Returns the name of the field.
     *
     * @return the name; one that comes often is not made anew
     */
    public String name() {
        int from = steps[depth];
        if (nameEscaped) {
            return JsonText.unescape(json, from, nameEnd);
        }
        int length = nameEnd - from;
        if (length > SHARED_LENGTH) {
            return new String(json, from, length, StandardCharsets.UTF_8);
        }
        int hash = length;
        for (int i = from; i < nameEnd; i++) {
            hash = hash * 31 + json[i];
        }
        int entry = (hash ^ hash >>> 10) & SHARED.length - 1;
        String shared = SHARED[entry];
        if (shared == null || !isName(shared, from)) {
            shared = new String(json, from, length, StandardCharsets.UTF_8);
            SHARED[entry] = shared;
        }
        return shared;
    }

    private boolean isName(String name, int from) {
        if (name.length() != nameEnd - from) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) != json[from + i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Tells whether the name of the field is this one.
     *
     * @param name ASCII that needs no escapes
     * @return true if it is
     */
    public boolean nameIs(String name) {
        return nameEscaped ? name().equals(name) : isName(name, steps[depth]);
    }

    /**
     * Goes to the next item of an array, or out of it.
     *
     * @return false if there is none
     */
    public boolean nextItem() {
        int next = peek();
        if (next == ']') {
            at++;
            depth--;
            fresh = false;
            return false;
        }
        if (fresh) {
            fresh = false;
            steps[depth] = -1;
            return true;
        }
        if (next != ',') {
            throw notJson(at);
        }
        at++;
        steps[depth]--;
        if (peek() == ']') {
            throw notJson(at);
        }
        return true;
    }

    /**
     * Reads the string that follows.
     *
     * @return the text
     */
    public String string() {
        int from = at + 1;
        int end = endOfString(from);
        at = end + 1;
        if (escaped) {
            return JsonText.unescape(json, from, end);
        }
        return new String(json, from, end - from, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    /** Returns the place of the quote that ends a string, and notes what else is in it. */
    private int endOfString(int from) {
        escaped = false;
        ascii = true;
        int i = from;
        int last = json.length - 8;
        while (true) {
            while (i <= last) {
                long special = Words.special(Words.at(json, i));
                if (special != 0) {
                    i += Words.first(special);
                    break;
                }
                i += 8; // A constant: the next word need not wait until this one is looked at.
            }
            if (i >= json.length) {
                throw notJson(json.length);
            }
            byte next = json[i];
            if (next == '"') {
                return i;
            }
            if (next < 0) {
                i = afterCharacters(i);
            } else if (next == '\\') {
                escaped = true;
                i = JsonText.afterEscape(json, i);
                if (i < 0) {
                    throw notJson(~i);
                }
            } else if (next < ' ') {
                throw notJson(i);
            } else {
                i++;
            }
        }
    }

    private int afterCharacters(int from) {
        ascii = false;
        int i = from;
        while (i < json.length && json[i] < 0) {
            int length = JsonText.characterLength(json, i);
            if (length == 0) {
                malformed = true;
                length = 1;
            }
            i += length;
        }
        return i;
    }

    /** Reads {@code true}. */
    public void readTrue() {
        literal("true");
    }

    /** Reads {@code false}. */
    public void readFalse() {
        literal("false");
    }

    /** Reads {@code null}. */
    public void readNull() {
        literal("null");
    }

    private void literal(String literal) {
        if (!startsWith(literal)) {
            throw notJson(json.length - at < literal.length() && isCut(literal) ? json.length : at);
        }
        at += literal.length();
    }

    private boolean isCut(String literal) {
        return startsWith(literal.substring(0, json.length - at));
    }

    private boolean startsWith(String literal) {
        return startsWith(literal, at);
    }

    private boolean startsWith(String literal, int from) {
        if (json.length - from < literal.length()) {
            return false;
        }
        for (int i = 0; i < literal.length(); i++) {
            if (json[from + i] != literal.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads the number that follows, or finds that none follows and throws.
     *
     * @return whether it is an integer of 64 bits, however it is spelled; then {@link #number()} has it
     */
    public boolean readNumber() {
        int from = at;
        int i = from;
        boolean negative = json[i] == '-';
        if (negative) {
            i++;
        }
        long value = 0;
        int digits = i;
        while (i < json.length && json[i] >= '0' && json[i] <= '9') {
            value = value * 10 + (json[i] - '0');
            i++;
        }
        if (i == digits) {
            throw notJson(from == i && "N+".indexOf(json[i]) >= 0 ? afterOdd(i) : i);
        }
        if (json[digits] == '0' && i > digits + 1) {
            throw notJson(digits + 1);
        }
        boolean point = i < json.length && (json[i] == '.' || json[i] == 'e' || json[i] == 'E');
        at = point ? endOfFraction(i) : i;
        if (!point && i - digits <= 18) {
            number = negative ? -value : value;
            return true;
        }
        OptionalLong whole = JsonNumber.toLong(text(from));
        number = whole.orElse(0);
        return whole.isPresent();
    }

    /** What some take for numbers ends here. */
    private int afterOdd(int from) {
        return from + (json[from] == '+' ? 1 : startsWith("NaN") ? 3 : 0);
    }

    private int endOfFraction(int from) {
        int i = from;
        if (json[i] == '.') {
            i = afterDigits(i + 1);
        }
        if (i < json.length && (json[i] == 'e' || json[i] == 'E')) {
            i++;
            if (i < json.length && (json[i] == '+' || json[i] == '-')) {
                i++;
            }
            i = afterDigits(i);
        }
        return i;
    }

    private int afterDigits(int from) {
        int i = from;
        while (i < json.length && json[i] >= '0' && json[i] <= '9') {
            i++;
        }
        if (i == from) {
            throw notJson(i);
        }
        return i;
    }

    /**
     * Returns the number that was read.
     *
     * @return the number
     */
    public long number() {
        return number;
    }

    /**
     * Returns the text from a place to this one.
     *
     * @param from the place of its first byte
     * @return the text
     */
    public String text(int from) {
        return new String(json, from, at - from, StandardCharsets.UTF_8);
    }

    /**
     * Returns the bytes from a place to this one.
     *
     * @param from the place of the first byte
     * @return a copy; if the document is not UTF-8, a repaired one
     */
    public byte[] slice(int from) {
        return malformed ? text(from).getBytes(StandardCharsets.UTF_8) : Arrays.copyOfRange(json, from, at);
    }

    /**
     * Looks into the object that follows for its first field of this name, and passes to its value, or else nowhere. It is
     * quick, and does not check what it sees: whoever reads the object will.
     *
     * @param name ASCII that needs no escapes
     * @return false if there is no such field
     */
    public boolean seek(String name) {
        int level = 0;
        int i = at + 1;
        while (i < json.length) {
            switch (json[i]) {
                case '"':
                    int from = i + 1;
                    i = seekQuote(from);
                    if (level == 0 && isField(name, from, i)) {
                        return true;
                    }
                    break;
                case '{', '[':
                    level++;
                    break;
                case '}', ']':
                    if (level-- == 0) {
                        return false;
                    }
                    break;
                default:
                    break;
            }
            i++;
        }
        return false;
    }

    private int seekQuote(int from) {
        escaped = false;
        int i = from;
        while (i < json.length) {
            if (i + 8 <= json.length) {
                long delimiter = Words.delimiter(Words.at(json, i));
                if (delimiter == 0) {
                    i += 8;
                    continue;
                }
                i += Words.first(delimiter);
            }
            if (json[i] == '"') {
                return i;
            }
            escaped |= json[i] == '\\';
            i += json[i] == '\\' ? 2 : 1;
        }
        return json.length;
    }

    private boolean isField(String name, int from, int to) {
        int value = afterColon(to + 1);
        if (value < 0
                || !(escaped
                        ? name.equals(seekText(from, to))
                        : startsWith(name, from) && to - from == name.length())) {
            return false;
        }
        at = value;
        return true;
    }

    private @Nullable String seekText(int from, int to) {
        for (int i = from; i < to; ) {
            i = json[i] == '\\' ? JsonText.afterEscape(json, i) : i + 1;
            if (i < 0) {
                return null;
            }
        }
        return JsonText.unescape(json, from, to);
    }

    /**
     * Looks, like {@link #seek(String)}, at the string that follows.
     *
     * @param names the texts that may be expected, without escapes
     * @return the place of the text, or {@link Names#OTHER}
     */
    public int seekString(Names names) {
        int from = seekValue();
        int to = seekQuote(from);
        return to < json.length ? names.find(json, from, to) : Names.OTHER;
    }

    /**
     * Looks, like {@link #seek(String)}, at the string that follows.
     *
     * @return the text, or an empty one if no string follows
     */
    public String seekString() {
        int from = seekValue();
        int to = seekQuote(from);
        String text = to < json.length ? seekText(from, to) : null;
        return text == null ? "" : text;
    }

    /** Returns the place behind the quote that follows, or the end. */
    private int seekValue() {
        int i = at;
        while (i < json.length && (json[i] == ' ' || json[i] == '\n' || json[i] == '\r' || json[i] == '\t')) {
            i++;
        }
        return i < json.length && json[i] == '"' ? i + 1 : json.length;
    }

    /** Returns the place behind the colon that follows, or -1 if none does. */
    private int afterColon(int from) {
        for (int i = from; i < json.length; i++) {
            if (json[i] == ':') {
                return i + 1;
            }
            if (json[i] != ' ' && json[i] != '\n' && json[i] != '\r' && json[i] != '\t') {
                return -1;
            }
        }
        return -1;
    }

    /** Passes the value that follows, whatever it is, and checks that it is JSON. */
    public void skip() {
        int outer = depth;
        while (true) {
            switch (peek()) {
                case '"' -> at = endOfString(at + 1) + 1;
                case '{' -> {
                    beginObject();
                    if (nextName()) {
                        continue;
                    }
                }
                case '[' -> {
                    beginArray();
                    if (nextItem()) {
                        continue;
                    }
                }
                case 't' -> readTrue();
                case 'f' -> readFalse();
                case 'n' -> readNull();
                default -> skipNumber();
            }
            do {
                if (depth == outer) {
                    return;
                }
            } while (!(steps[depth] < 0 ? nextItem() : nextName()));
        }
    }

    private void skipNumber() {
        int i = at;
        while (i < json.length && json[i] >= '1' && json[i] <= '9') {
            i++;
        }
        if (i == at || i < json.length && json[i] != ',' && json[i] != '}') {
            readNumber();
        } else {
            at = i;
        }
    }

    /**
     * Returns the way to the value that follows or was read last.
     *
     * @return the path
     */
    public String path() {
        return path(depth);
    }

    private String path(int levels) {
        List<Object> way = new ArrayList<>();
        for (int level = 1; level <= levels; level++) {
            int step = steps[level];
            if (step > NO_NAME) {
                way.add(nameAt(step));
            } else if (step < NO_NAME && step != NO_ITEM) {
                way.add(~step);
            }
        }
        return JsonPath.of(way);
    }

    private String nameAt(int from) {
        int to = from;
        while (to < json.length && json[to] != '"') {
            to += json[to] == '\\' ? 2 : 1;
        }
        return JsonText.unescape(json, from, to);
    }

    /** In broken JSON the innermost name may be a value that lost its place, and is left out. */
    private JsonException notJson(int position) {
        return new JsonException(
                false,
                path(depth - 1),
                position >= json.length
                        ? "not JSON, the document ends early"
                        : "not JSON, " + JsonText.lineAndColumn(json, start, position));
    }
}
