// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.AtpException;
import dev.atp4j.client.RepoCalls.Made;
import dev.atp4j.data.DagCbor;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexValue;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.RecordType;
import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records. Thread-safe.
 *
 * <p>Each write names the key, new ones included, so that a write whose answer was lost can be looked for, and be made again
 * without being made twice.
 */
final class RecordWrites {

    private final Calls calls;
    private final RepoCalls repo;
    private final Keys keys;

    RecordWrites(Calls calls, Keys keys) {
        this.calls = calls;
        this.repo = new RepoCalls(calls);
        this.keys = keys;
    }

    <T extends LexObject> WrittenRecord create(RecordType<T> type, T record, Consumer<? super WriteOptions> options) {
        WriteOptions on = built(options);
        if (on.swapRecord != null) {
            throw new IllegalArgumentException("create replaces no record; put can");
        }
        RecordKey rkey = on.rkey == null ? keys.of(type) : on.rkey;
        LexMap tree = record.toTypedMap();
        calls.check(type.nsid(), rkey, tree);
        LexMap.Builder input = input(type.nsid(), rkey).put("record", tree);
        on.to(input);
        Made made = repo.write(
                RepoCalls.CREATE,
                input.build(),
                lost -> found(type.nsid(), rkey).filter(view -> holds(view, tree)));
        return written(type.nsid(), rkey, tree, made.answer(), made);
    }

    <T extends LexObject> WrittenRecord put(
            RecordType<T> type, RecordKey rkey, T record, Consumer<? super WriteOptions> options) {
        WriteOptions on = built(options);
        if (on.rkey != null && !on.rkey.equals(rkey)) {
            throw new IllegalArgumentException("put under " + rkey + ", or under " + on.rkey + "?");
        }
        LexMap tree = record.toTypedMap();
        calls.check(type.nsid(), rkey, tree);
        LexMap.Builder input = input(type.nsid(), rkey).put("record", tree);
        if (on.swapRecord != null) {
            input.put("swapRecord", on.swapRecord);
        }
        on.to(input);
        Made made = repo.write(RepoCalls.PUT, input.build(), lost -> put(type.nsid(), rkey, tree, on.swapRecord, lost));
        return written(type.nsid(), rkey, tree, made.answer(), made);
    }

    private Optional<LexMap> put(
            Nsid collection, RecordKey rkey, LexMap tree, @Nullable LexValue swap, AtpException lost) {
        Optional<LexMap> found = found(collection, rkey);
        Optional<LexMap> made = found.filter(view -> holds(view, tree));
        if (made.isEmpty()
                && swap != null
                && !swap.equals(found.map(RecordWrites::state).orElse(LexNull.NULL))) {
            // Somebody wrote since; perhaps upon this write, perhaps before it.
            throw lost;
        }
        return made;
    }

    private static boolean holds(LexMap view, LexMap record) {
        LexValue value = view.get("value");
        return value != null && record.equals(value);
    }

    private static LexValue state(LexMap view) {
        LexValue cid = view.get("cid");
        return cid == null ? LexNull.NULL : cid;
    }

    <T extends LexObject> Optional<Commit> delete(
            RecordType<T> type, RecordKey rkey, Consumer<? super WriteOptions> options) {
        WriteOptions on = built(options);
        LexMap.Builder input = input(type.nsid(), rkey);
        if (on.swapRecord != null) {
            input.put("swapRecord", on.swapRecord);
        }
        on.to(input);
        Made made = repo.write(
                RepoCalls.DELETE,
                input.build(),
                lost -> found(type.nsid(), rkey).isEmpty() ? Optional.of(LexMap.empty()) : Optional.empty());
        return Optional.ofNullable(Commit.of(made.answer()));
    }

    List<WrittenRecord> apply(Consumer<? super Writes> writes) {
        var built = new Writes(keys);
        writes.accept(built);
        List<Writes.Write> all = built.writes();
        if (all.isEmpty()) {
            return List.of();
        }
        for (Writes.Write write : all) {
            if (write.record() != null) {
                calls.check(write.collection(), write.rkey(), write.record());
            }
        }
        Made made = repo.write(
                RepoCalls.APPLY,
                built.input(calls.own().value()),
                lost -> areMade(all) ? Optional.of(LexMap.empty()) : Optional.empty());
        List<LexValue> results =
                made.answer().getList("results").map(LexList::items).orElse(List.of());
        var written = new ArrayList<WrittenRecord>();
        for (int i = 0; i < all.size(); i++) {
            Writes.Write write = all.get(i);
            if (write.record() != null) {
                LexMap result = i < results.size() && results.get(i) instanceof LexMap map ? map : LexMap.empty();
                written.add(written(write.collection(), write.rkey(), write.record(), result, made));
            }
        }
        return List.copyOf(written);
    }

    /** Looks for a few writes, made together or not at all: one whose key nobody else can have used says it for all. */
    private boolean areMade(List<Writes.Write> all) {
        return all.stream().filter(Writes.Write::fresh).findFirst().map(List::of).orElse(all).stream()
                .allMatch(this::isMade);
    }

    private boolean isMade(Writes.Write write) {
        return found(write.collection(), write.rkey())
                .map(view -> view.get("value"))
                .equals(Optional.ofNullable(write.record()));
    }

    private Optional<LexMap> found(Nsid collection, RecordKey rkey) {
        return repo.find(calls.own().value(), collection.value(), rkey.value());
    }

    private LexMap.Builder input(Nsid collection, RecordKey rkey) {
        return LexMap.builder()
                .put("repo", calls.own().value())
                .put("collection", collection.value())
                .put("rkey", rkey.value());
    }

    /** Reads a result; of one that was found and not answered, part is known from before. */
    private WrittenRecord written(Nsid collection, RecordKey rkey, LexMap tree, LexMap result, Made made) {
        Did own = calls.own();
        return new WrittenRecord(
                result.getString("uri").flatMap(AtUri::tryParse).orElseGet(() -> new AtUri(own, collection, rkey)),
                result.getString("cid").flatMap(Cid::tryParse).orElseGet(() -> Cid.ofDagCbor(DagCbor.write(tree))),
                Commit.of(made.answer()),
                result.getString("validationStatus").orElse(null),
                made.doubted());
    }

    private static WriteOptions built(Consumer<? super WriteOptions> options) {
        var built = new WriteOptions();
        options.accept(built);
        return built;
    }
}
