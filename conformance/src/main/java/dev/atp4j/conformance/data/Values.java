// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import dev.atp4j.data.BlobRef;
import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexBytes;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.syntax.Cid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** Makes values of the data model. Confined to one thread. */
final class Values {

    static final long SAFE = (1L << 53) - 1;

    private final Random random;
    private final Texts texts;

    Values(Random random) {
        this.random = random;
        this.texts = new Texts(random);
    }

    LexValue value(int depth) {
        return switch (random.nextInt(depth == 0 ? 7 : 12)) {
            case 0 -> LexNull.NULL;
            case 1 -> new LexBoolean(random.nextBoolean());
            case 2 -> new LexInteger(integer());
            case 3 -> new LexString(text(40));
            case 4 -> LexBytes.of(texts.bytes(random.nextInt(40)));
            case 5 -> link();
            case 6 -> random.nextInt(3) == 0 ? blob() : new LexString(text(300));
            case 7, 8 -> {
                List<LexValue> items = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    items.add(value(depth - 1));
                }
                yield new LexList(items);
            }
            default -> map(depth - 1);
        };
    }

    LexMap map(int depth) {
        Map<String, LexValue> fields = new LinkedHashMap<>();
        if (random.nextInt(4) == 0) {
            fields.put("$type", new LexString(texts.nsid()));
        }
        for (int i = random.nextInt(7); i > 0; i--) {
            fields.put(name(), value(depth));
        }
        return LexMap.of(fields);
    }

    private String name() {
        return texts.pick("text", "uri", "cid", "createdAt", "f" + text(9), "n" + random.nextInt(100));
    }

    private LexLink link() {
        return new LexLink(random.nextBoolean() ? Cid.ofRaw(texts.bytes(3)) : Cid.ofDagCbor(texts.bytes(3)));
    }

    private LexMap blob() {
        return new BlobRef(Cid.ofRaw(texts.bytes(3)), texts.pick("image/png", "video/mp4"), random.nextInt(1_000_000))
                .raw();
    }

    /** Of all lengths, and now and then beyond what JavaScript keeps exactly. */
    private long integer() {
        long number = random.nextLong() >> random.nextInt(64);
        return random.nextInt(50) == 0 ? number : number >> 11;
    }

    /** Letters of one to four bytes, of which those beyond U+FFFF sort before U+FF5E by UTF-16 and after it by UTF-8. */
    private String text(int max) {
        var text = new StringBuilder();
        for (int i = random.nextInt(max); i > 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(12)) {
                        case 0 -> 0xe9;
                        case 1 -> 0xff5e;
                        case 2 -> 0x1f600 + random.nextInt(9);
                        case 3 -> random.nextInt(0x80);
                        default -> '!' + random.nextInt(90);
                    });
        }
        return text.toString();
    }

    /** Tells whether a value or one within it, under whatever name, is as asked. */
    static boolean any(LexValue value, Predicate<LexValue> wanted) {
        if (wanted.test(value)) {
            return true;
        }
        if (value instanceof LexList list) {
            return list.items().stream().anyMatch(item -> any(item, wanted));
        }
        return value instanceof LexMap map && map.fields().values().stream().anyMatch(field -> any(field, wanted));
    }

    static boolean isUnsafe(LexValue value) {
        return value instanceof LexInteger integer && (integer.value() > SAFE || integer.value() < -SAFE);
    }

    /** Tells whether this is a blob by our rules and none by theirs. */
    static boolean isOddBlob(LexValue value) {
        return BlobRef.of(value)
                .filter(blob -> !blob.legacy()
                        && !(blob.mimeType().contains("/") && blob.cid().isRaw()))
                .isPresent();
    }

    static boolean hasName(LexValue value, String name) {
        return any(value, each -> each instanceof LexMap map && map.get(name) != null);
    }
}
