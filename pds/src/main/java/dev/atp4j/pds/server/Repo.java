// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.DagCbor;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.TidClock;
import dev.atp4j.time.Time;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An account's repository: records by collection and key, blobs, and the commit that stands for the whole. Guarded by
 * the lock of the box.
 *
 * <p>Record and blob identifiers are the real ones. There is no Merkle search tree: a commit's identifier hashes the
 * list of records instead, so it changes with every write, but is not the one that another server would compute.
 */
final class Repo {

    private final String did;
    private final Time time;
    private final NavigableMap<String, NavigableMap<String, StoredRecord>> collections = new TreeMap<>();
    private final Map<String, Blob> blobs = new HashMap<>();
    private final TidClock revisions;
    private Commit commit;

    Repo(String did, Time time) {
        this.did = did;
        this.time = time;
        this.revisions = new TidClock(time, new SecureRandom());
        this.commit = nextCommit(LexNull.NULL, "");
    }

    /**
     * A record as it is stored.
     *
     * @param cid its identifier
     * @param value its content
     * @param indexedAt when it was written
     */
    record StoredRecord(Cid cid, LexMap value, Instant indexedAt) {}

    /** An uploaded file. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Blob(Cid cid, String mimeType, byte[] bytes, boolean permanent) {}

    /**
     * A state of the repository.
     *
     * @param cid its identifier
     * @param rev its revision, which only grows
     */
    record Commit(Cid cid, String rev) {

        LexMap json() {
            return LexMap.builder().put("cid", cid.value()).put("rev", rev).build();
        }
    }

    /**
     * One change of a record.
     *
     * @param collection the record's collection
     * @param rkey its key
     * @param value its new content, or null to delete it
     * @param swap what the record has to be beforehand
     */
    record Write(
            Kind kind,
            String collection,
            String rkey,
            @Nullable LexMap value,
            Swap swap) {}

    /** What a write does. */
    enum Kind {
        CREATE,
        UPDATE,
        DELETE
    }

    /**
     * A condition on the record that a write replaces.
     *
     * @param stated whether there is a condition
     * @param cid what the record has to be; null if there must be none
     */
    record Swap(boolean stated, @Nullable String cid) {

        static final Swap NONE = new Swap(false, null);
    }

    Optional<StoredRecord> find(String collection, String rkey) {
        return Optional.ofNullable(records(collection).get(rkey));
    }

    NavigableMap<String, StoredRecord> records(String collection) {
        return collections.getOrDefault(collection, new TreeMap<>());
    }

    SortedSet<String> collections() {
        return new TreeSet<>(collections.keySet());
    }

    String newKey() {
        return revisions.next().value();
    }

    Commit commit() {
        return commit;
    }

    /**
     * Makes all the changes, or none of them.
     *
     * @throws XrpcFailure if a condition does not hold
     */
    Commit apply(List<Write> writes, @Nullable String swapCommit) {
        if (swapCommit != null && !swapCommit.equals(commit.cid().value())) {
            throw XrpcFailure.invalidRequest("InvalidSwap", "Commit was at " + commit.cid());
        }
        writes.forEach(this::check);
        Instant now = time.now();
        var changed = new ArrayList<String>();
        for (Write write : writes) {
            changed.add(write.collection() + "/" + write.rkey());
            LexMap value = write.value();
            if (value == null) {
                delete(write.collection(), write.rkey());
            } else {
                collections
                        .computeIfAbsent(write.collection(), name -> new TreeMap<>())
                        .put(write.rkey(), new StoredRecord(DagCbor.cid(value), value, now));
            }
        }
        commit = nextCommit(new LexLink(commit.cid()), String.join(" ", changed));
        return commit;
    }

    private void check(Write write) {
        Optional<StoredRecord> current = find(write.collection(), write.rkey());
        if (write.swap().stated()) {
            String wanted = write.swap().cid();
            boolean possible = write.kind() == Kind.CREATE == (wanted == null);
            String actual = current.map(record -> record.cid().value()).orElse(null);
            if (!possible || !Objects.equals(wanted, actual)) {
                throw XrpcFailure.invalidRequest("InvalidSwap", "Record was at " + actual);
            }
        }
        if (write.kind() == Kind.CREATE == current.isPresent()) {
            // The reference server has no better answer to this either.
            throw XrpcFailure.internal();
        }
    }

    private void delete(String collection, String rkey) {
        NavigableMap<String, StoredRecord> records = records(collection);
        records.remove(rkey);
        if (records.isEmpty()) {
            collections.remove(collection);
        }
    }

    private Commit nextCommit(LexValue previous, String changes) {
        String rev = revisions.next().value();
        Cid data = DagCbor.cid(LexMap.builder()
                .put("prev", previous)
                .put("changes", new LexString(changes))
                .build());
        Cid cid = DagCbor.cid(LexMap.builder()
                .put("did", did)
                .put("version", 3)
                .put("data", new LexLink(data))
                .put("rev", rev)
                .put("prev", LexNull.NULL)
                .build());
        return new Commit(cid, rev);
    }

    Blob upload(byte[] bytes, String mimeType) {
        Cid cid = Cid.ofRaw(bytes);
        return blobs.computeIfAbsent(cid.value(), key -> new Blob(cid, mimeType, bytes, false));
    }

    boolean hasBlob(String cid) {
        return blobs.containsKey(cid);
    }

    /** Makes a blob public, because a record refers to it. */
    void keepBlob(String cid) {
        blobs.computeIfPresent(cid, (key, blob) -> new Blob(blob.cid(), blob.mimeType(), blob.bytes(), true));
    }

    /** Finds a blob that a record refers to. */
    Optional<Blob> blob(String cid) {
        return Optional.ofNullable(blobs.get(cid)).filter(Blob::permanent);
    }
}
