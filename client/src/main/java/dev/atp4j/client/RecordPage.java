// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.RecordType;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the records of a collection.
 *
 * @param records the records; each may be valid or not
 * @param cursor where the next page begins, or null if this is the last
 * @param <T> the generated class
 */
public record RecordPage<T extends LexObject>(
        List<StoredRecord<T>> records, @Nullable String cursor) implements Iterable<StoredRecord<T>> {

    /** Takes a copy of the list. */
    public RecordPage {
        records = List.copyOf(records);
    }

    static <T extends LexObject> RecordPage<T> read(RecordType<T> type, LexMap answer) {
        List<StoredRecord<T>> records = answer.getList("records").map(LexList::items).orElse(List.of()).stream()
                .map(item -> StoredRecord.read(type, item instanceof LexMap view ? view : LexMap.empty()))
                .toList();
        return new RecordPage<>(records, answer.getString("cursor").orElse(null));
    }

    @Override
    public Iterator<StoredRecord<T>> iterator() {
        return records.iterator();
    }
}
