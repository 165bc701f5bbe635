// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.DagCbor;
import dev.atp4j.data.DataException;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.syntax.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a record has to be before it is stored.
 *
 * <p>There are no schemas here. Of the commonest records the required fields are known; the others of the well-known
 * groups pass for valid.
 */
final class RecordRules {

    private static final Map<String, List<String>> REQUIRED = Map.of(
            "app.bsky.feed.post", List.of("text", "createdAt"),
            "app.bsky.feed.like", List.of("subject", "createdAt"),
            "app.bsky.feed.repost", List.of("subject", "createdAt"),
            "app.bsky.graph.follow", List.of("subject", "createdAt"),
            "app.bsky.graph.block", List.of("subject", "createdAt"));

    private RecordRules() {}

    /**
     * Returns the record as it will be stored: with its type.
     *
     * @param path where it stands in the input, for messages
     * @param validate what the caller asked for
     */
    static LexMap checked(@Nullable LexValue given, String collection, String path, Optional<Boolean> validate) {
        if (!(given instanceof LexMap record)) {
            throw XrpcFailure.invalidRequest("Expected object value type at " + path);
        }
        LexValue type = record.get("$type");
        LexMap typed = type == null ? record.with("$type", new LexString(collection)) : record;
        if (!typed.getString("$type").orElse("").equals(collection)) {
            String got = typed.getString("$type").orElse(String.valueOf(type));
            throw XrpcFailure.invalidRequest("Invalid $type: expected " + collection + ", got " + got);
        }
        if (validate.orElse(true)) {
            if (validate.isPresent() && !known(collection)) {
                throw XrpcFailure.invalidRequest("Unknown lexicon type: " + collection);
            }
            for (String field : REQUIRED.getOrDefault(collection, List.of())) {
                if (typed.get(field) == null) {
                    throw XrpcFailure.invalidRequest(
                            "Invalid " + collection + " record: Missing required key \"" + field + "\" at " + path);
                }
            }
        }
        try {
            DagCbor.write(typed);
        } catch (DataException e) {
            throw XrpcFailure.invalidRequest("Invalid record at " + path + ": " + e.getMessage());
        }
        return typed;
    }

    /** Returns what the answer says about validation, or null if it was not wanted. */
    static @Nullable String status(String collection, Optional<Boolean> validate) {
        if (!validate.orElse(true)) {
            return null;
        }
        return known(collection) ? "valid" : "unknown";
    }

    private static boolean known(String collection) {
        return collection.startsWith("app.bsky.")
                || collection.startsWith("chat.bsky.")
                || collection.startsWith("com.atproto.");
    }

    static String checkedKey(String rkey) {
        return RecordKey.tryParse(rkey)
                .orElseThrow(() -> XrpcFailure.invalidRequest("Invalid record key: " + rkey))
                .value();
    }

    /** Returns the identifiers of the blobs that a record refers to. */
    static List<String> blobs(LexMap record) {
        List<String> found = new ArrayList<>();
        collect(record, found);
        return found;
    }

    private static void collect(LexValue value, List<String> found) {
        if (value instanceof LexList list) {
            list.forEach(item -> collect(item, found));
        } else if (value instanceof LexMap map) {
            if (map.getString("$type").filter("blob"::equals).isPresent() && map.get("ref") instanceof LexLink link) {
                found.add(link.cid().value());
            }
            map.fields().values().forEach(field -> collect(field, found));
        }
    }
}
