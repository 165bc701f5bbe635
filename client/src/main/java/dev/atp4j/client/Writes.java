// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.RecordType;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.RecordKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes of a repository that are made together or not at all. Confined to one thread. */
public final class Writes {

    /**
     * One change.
     *
     * @param record what is written, or null if it is a deletion
     * @param fresh whether the key was made for this change, so that the record cannot be there for another reason
     */
    record Write(
            String action,
            Nsid collection,
            RecordKey rkey,
            @Nullable LexMap record,
            boolean fresh) {

        LexMap toMap() {
            LexMap.Builder map = LexMap.builder()
                    .put("$type", "com.atproto.repo.applyWrites#" + action)
                    .put("collection", collection.value())
                    .put("rkey", rkey.value());
            return record == null ? map.build() : map.put("value", record).build();
        }
    }

    private final Keys keys;
    private final List<Write> writes = new ArrayList<>();
    private final WriteOptions options = new WriteOptions();

    Writes(Keys keys) {
        this.keys = keys;
    }

    /**
     * Creates a record.
     *
     * @param type its type
     * @param record the record; its key is the one that its lexicon names, or a new TID
     * @return these writes
     * @param <T> the generated class
     * @throws IllegalArgumentException if the lexicon wants another kind of key
     */
    public <T extends LexObject> Writes create(RecordType<T> type, T record) {
        writes.add(new Write("create", type.nsid(), keys.of(type), record.toTypedMap(), keys.areFresh(type)));
        return this;
    }

    /**
     * Creates a record under a key, perhaps one of {@link AtpClient#newKey()}.
     *
     * @param type its type
     * @param rkey the key
     * @param record the record
     * @return these writes
     * @param <T> the generated class
     * @throws dev.atp4j.syntax.SyntaxException if the key is none
     */
    public <T extends LexObject> Writes create(RecordType<T> type, String rkey, T record) {
        writes.add(new Write("create", type.nsid(), RecordKey.parse(rkey), record.toTypedMap(), false));
        return this;
    }

    /**
     * Writes another record in the place of one that is there.
     *
     * @param type its type
     * @param rkey its key
     * @param record the record
     * @return these writes
     * @param <T> the generated class
     * @throws dev.atp4j.syntax.SyntaxException if the key is none
     */
    public <T extends LexObject> Writes update(RecordType<T> type, String rkey, T record) {
        writes.add(new Write("update", type.nsid(), RecordKey.parse(rkey), record.toTypedMap(), false));
        return this;
    }

    /**
     * Deletes a record that is there.
     *
     * @param type its type
     * @param rkey its key
     * @return these writes
     * @throws dev.atp4j.syntax.SyntaxException if the key is none
     */
    public Writes delete(RecordType<?> type, String rkey) {
        writes.add(new Write("delete", type.nsid(), RecordKey.parse(rkey), null, false));
        return this;
    }

    /**
     * Makes the changes only if the repository has not changed since this commit; else the server answers with the error
     * {@code InvalidSwap}.
     *
     * @param commit the commit
     * @return these writes
     */
    public Writes swapCommit(Cid commit) {
        options.swapCommit(commit);
        return this;
    }

    /**
     * Says whether the server checks the records, see {@link WriteOptions#validate}.
     *
     * @param on whether it does
     * @return these writes
     */
    public Writes validate(boolean on) {
        options.validate(on);
        return this;
    }

    List<Write> writes() {
        return writes;
    }

    LexMap input(String repo) {
        List<LexValue> all = writes.stream().<LexValue>map(Write::toMap).toList();
        LexMap.Builder input = LexMap.builder().put("repo", repo).put("writes", new LexList(all));
        options.to(input);
        return input.build();
    }
}
