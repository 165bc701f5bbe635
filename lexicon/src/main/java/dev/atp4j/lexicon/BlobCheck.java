// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.BlobRef;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.syntax.Cid;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** References to blobs. Old ones are taken leniently, and those are not measured, as they do not say their size. */
record BlobCheck(List<String> accept, @Nullable Long maxSize) implements Check {

    /** The text of a CID of version 1 whose bytes start with those of raw content and SHA-256. */
    private static final Pattern RAW = Pattern.compile("bafkrei[a-h][a-z2-7]{51}");

    @Override
    public void check(LexValue value, Walk walk) {
        if (!(value instanceof LexMap map)) {
            wrongKind(value, walk);
        } else if (map.get("$type") != null) {
            checkTyped(map, walk);
        } else if (walk.strict() || BlobRef.of(map).isEmpty()) {
            walk.report("blob", expected(), "an object without $type");
        }
    }

    private void checkTyped(LexMap map, Walk walk) {
        if (!isTyped(map)) {
            walk.report("type", "\"$type\": \"blob\"", "another type");
            return;
        }
        String mimeType = map.getString("mimeType").orElse("");
        long size = map.getLong("size").orElse(Long.MIN_VALUE);
        boolean whole = map.fields().size() == 4
                && map.get("ref") instanceof LexLink
                && mimeType.indexOf('/') >= 0
                && (size >= 0 || (size == -1 && !walk.strict()))
                && size <= ScalarCheck.Whole.SAFE;
        if (!whole) {
            walk.report("blob", "ref, mimeType and size of a blob, and nothing else", "something else");
        } else if (walk.strict()) {
            checkStrictly(map, mimeType, size, walk);
        }
    }

    private void checkStrictly(LexMap map, String mimeType, long size, Walk walk) {
        if (map.get("ref") instanceof LexLink link && !isRaw(link.cid())) {
            walk.report("blob", "a CID of raw content with SHA-256 as ref", "another CID");
        }
        if (!accept.isEmpty() && accept.stream().noneMatch(pattern -> accepts(pattern, mimeType))) {
            walk.report("accept", "a blob of " + String.join(", ", accept), "another media type");
        }
        if (maxSize != null && size > maxSize) {
            walk.report("max-size", "a blob of at most " + maxSize + " bytes", Walk.count(size, "byte"));
        }
    }

    /** Tells whether a value is the present form of a reference, or tries to be. */
    static boolean isTyped(LexMap map) {
        return map.get("$type") instanceof LexString type && type.value().equals("blob");
    }

    private static boolean isRaw(Cid cid) {
        return RAW.matcher(cid.value()).matches();
    }

    private static boolean accepts(String pattern, String mimeType) {
        return pattern.equals("*/*")
                || pattern.equals(mimeType)
                || (pattern.endsWith("/*") && mimeType.startsWith(pattern.substring(0, pattern.length() - 1)));
    }

    @Override
    public String expected() {
        return "a blob";
    }
}
