// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.RecordType;
import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.RecordKey;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcResponseException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads a record, changes it, and writes it if nobody else has meanwhile; else it starts again. Thread-safe. */
final class RecordUpdate {

    /** How often it starts again. */
    private static final int MOST = 10;

    /** How long, at the most, it waits before it starts again for the second time; then longer. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Calls calls;
    private final Records records;
    private final RecordWrites writes;

    RecordUpdate(Calls calls, Records records, RecordWrites writes) {
        this.calls = calls;
        this.records = records;
        this.writes = writes;
    }

    /**
     * Updates a record.
     *
     * @param absent makes the record to change if there is none, or null if there has to be one
     */
    <T extends LexObject> WrittenRecord run(
            RecordType<T> type, RecordKey rkey, @Nullable Supplier<? extends T> absent, UnaryOperator<T> change) {
        AtUri uri = new AtUri(calls.own(), type.nsid(), rkey);
        for (int failures = 0; ; failures++) {
            Optional<StoredRecord<T>> before = find(type, uri, absent != null);
            try {
                WrittenRecord written = before.isEmpty() && absent != null
                        ? writes.put(type, rkey, change.apply(absent.get()), WriteOptions::ifAbsent)
                        : replace(type, rkey, before.orElseThrow(), change);
                // Two who count from 1 both write 2: who comes second has to count on.
                if (!written.wasThere()) {
                    return written;
                }
                if (failures == MOST) {
                    throw new XrpcDecodeException(
                            RepoCalls.PUT, "each time somebody else had just written the same to " + uri, null);
                }
            } catch (XrpcResponseException e) {
                if (!e.is("InvalidSwap") || failures == MOST) {
                    throw e;
                }
            }
            if (failures > 0) {
                calls.sender().pause(calls.sender().chance(PAUSE.multipliedBy(failures)), null);
            }
        }
    }

    private <T extends LexObject> WrittenRecord replace(
            RecordType<T> type, RecordKey rkey, StoredRecord<T> before, UnaryOperator<T> change) {
        T changed = change.apply(before.value());
        Cid cid = before.contentId();
        return changed.equals(before.value()) || changed.toTypedMap().equals(before.raw())
                ? new WrittenRecord(before.uri(), cid, null, null, false)
                : writes.put(type, rkey, changed, o -> o.swapRecord(cid));
    }

    private <T extends LexObject> Optional<StoredRecord<T>> find(RecordType<T> type, AtUri uri, boolean mayBeAbsent) {
        try {
            return Optional.of(records.get(type, uri));
        } catch (XrpcResponseException e) {
            if (mayBeAbsent && e.is("RecordNotFound")) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
