// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Nsid;

/**
 * The type of a record: what a collection of that name holds. Immutable and thread-safe.
 *
 * @param <T> the generated class
 */
public final class RecordType<T extends LexObject> extends ObjectType<T> {

    private final Nsid nsid;
    private final String key;

    /**
     * Describes a record. Generated code calls this.
     *
     * @param nsid the record's and the collection's name
     * @param key the form of its keys by the lexicon: {@code tid}, {@code nsid}, {@code any}, or {@code literal:} and the
     *     one key
     * @param prototype an object of the class, made of {@link Values#NONE}
     * @param fields the properties, by the length of their names and then by their bytes
     */
    public RecordType(String nsid, String key, T prototype, Field... fields) {
        super(nsid, prototype, fields);
        this.nsid = Nsid.parse(nsid);
        this.key = key;
    }

    /**
     * Returns the name of the collection.
     *
     * @return the record's NSID
     */
    public Nsid nsid() {
        return nsid;
    }

    /**
     * Returns the form of the record's keys, as the lexicon says it.
     *
     * @return {@code tid}, {@code nsid}, {@code any}, or {@code literal:} and the one key
     */
    public String key() {
        return key;
    }

    /**
     * Returns the content identifier that a server gives this record.
     *
     * @param record the record
     * @return the CID of its DAG-CBOR
     * @throws dev.atp4j.data.DataException if it is no data of the AT Protocol, or too large for a record
     */
    public Cid cid(T record) {
        return Cid.ofDagCbor(record.toCbor());
    }
}
