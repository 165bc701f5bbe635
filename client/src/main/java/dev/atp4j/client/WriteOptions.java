// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.RecordKey;
import org.jspecify.annotations.Nullable;

/** On what terms a record is written. Confined to one thread. */
public final class WriteOptions {

    @Nullable
    RecordKey rkey;

    /** Null if not said; {@link LexNull} if there must be no record. */
    @Nullable
    LexValue swapRecord;

    private @Nullable Cid swapCommit;
    private @Nullable Boolean validate;

    WriteOptions() {}

    /**
     * Sets the key of a record that is created. Others get the one key that their lexicon names, or a new TID.
     *
     * @param rkey the key
     * @return these options
     * @throws dev.atp4j.syntax.SyntaxException if it is none
     */
    public WriteOptions rkey(String rkey) {
        this.rkey = RecordKey.parse(rkey);
        return this;
    }

    /**
     * Writes only if the record is still this one; else the server answers with the error {@code InvalidSwap}.
     *
     * @param cid what the record is
     * @return these options
     */
    public WriteOptions swapRecord(Cid cid) {
        this.swapRecord = new LexString(cid.value());
        return this;
    }

    /**
     * Writes only if there is no record of this key; else the server answers with the error {@code InvalidSwap}. For
     * {@code put}; {@code create} is never anything else.
     *
     * @return these options
     */
    public WriteOptions ifAbsent() {
        this.swapRecord = LexNull.NULL;
        return this;
    }

    /**
     * Writes only if the repository has not changed since this commit; else the server answers with the error
     * {@code InvalidSwap}.
     *
     * @param commit the commit
     * @return these options
     */
    public WriteOptions swapCommit(Cid commit) {
        this.swapCommit = commit;
        return this;
    }

    /**
     * Says whether the server checks the record against its lexicon. If not said, it does if it knows the lexicon.
     *
     * @param on true to have it refuse records of a lexicon that it does not know; false to have nothing checked
     * @return these options
     */
    public WriteOptions validate(boolean on) {
        this.validate = on;
        return this;
    }

    /** Adds what concerns all kinds of writes. */
    void to(LexMap.Builder input) {
        if (validate != null) {
            input.put("validate", validate);
        }
        if (swapCommit != null) {
            input.put("swapCommit", swapCommit.value());
        }
    }
}
