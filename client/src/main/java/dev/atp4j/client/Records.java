// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.RecordType;
import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.RecordKey;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcRequest;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads records. Thread-safe. */
final class Records {

    private final Calls calls;
    private final RepoCalls repo;

    Records(Calls calls) {
        this.calls = calls;
        this.repo = new RepoCalls(calls);
    }

    <T extends LexObject> StoredRecord<T> get(RecordType<T> type, AtUri uri) {
        RecordKey rkey = uri.rkey();
        if (rkey == null || !type.nsid().equals(uri.collection())) {
            throw new IllegalArgumentException(uri + " is not the address of a record of " + type);
        }
        StoredRecord<T> record = StoredRecord.read(
                type, repo.get(uri.authority().toString(), type.nsid().value(), rkey.value()));
        if (!record.isOfType()) {
            throw new XrpcDecodeException(RepoCalls.GET, "the record at " + uri + " is not of type " + type, null);
        }
        return record;
    }

    <T extends LexObject> RecordPage<T> list(RecordType<T> type, Consumer<? super RecordQuery> query) {
        var built = new RecordQuery();
        query.accept(built);
        return list(type, built, built.cursor);
    }

    private <T extends LexObject> RecordPage<T> list(RecordType<T> type, RecordQuery query, @Nullable String cursor) {
        XrpcRequest.Builder request = XrpcRequest.query(RepoCalls.LIST)
                .param("repo", query.repo == null ? calls.own() : query.repo)
                .param("collection", type);
        if (query.limit != null) {
            request.param("limit", query.limit);
        }
        if (cursor != null) {
            request.param("cursor", cursor);
        }
        if (query.reverse) {
            request.param("reverse", true);
        }
        return RecordPage.read(type, repo.read(request.build()));
    }

    <T extends LexObject> Pages<RecordPage<T>, StoredRecord<T>> pages(
            RecordType<T> type, Consumer<? super RecordQuery> query) {
        var built = new RecordQuery();
        query.accept(built);
        return new Pages<>(
                new Pages.Source<>() {
                    @Override
                    public Nsid nsid() {
                        return RepoCalls.LIST;
                    }

                    @Override
                    public RecordPage<T> page(@Nullable String cursor) {
                        return list(type, built, cursor);
                    }

                    @Override
                    public @Nullable String cursor(RecordPage<T> page) {
                        return page.cursor();
                    }

                    @Override
                    public List<StoredRecord<T>> items(RecordPage<T> page) {
                        return page.records();
                    }
                },
                built.cursor,
                Long.MAX_VALUE);
    }
}
