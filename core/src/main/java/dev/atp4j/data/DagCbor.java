// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import dev.atp4j.syntax.Cid;

/**
 * Reads and writes DAG-CBOR, the binary form of the data model, in which records are stored, hashed and signed. Thread-safe.
 *
 * <p>Each value has exactly one form: integers and lengths are as short as can be, lengths come first, the fields of a map
 * are sorted by the length of their names and then by their bytes. What {@link #write} gives, {@link #read} takes, and
 * the other way round; so the {@link #cid} of a document that is read and written again stays the same.
 *
 * <p>Both directions keep the limits of a record: 1 MiB, 32 containers within each other, 131,072 entries of one
 * container, names of 1 byte to 8 KiB, links of 100 bytes. A link is written in its binary form, so it has to be one in
 * base32; see {@link Cid#bytes()}.
 */
public final class DagCbor {

    private DagCbor() {}

    /**
     * Reads one document.
     *
     * @param cbor the document
     * @return its value, maps in the order of the document
     * @throws DataException if it is not in the one form of DAG-CBOR, or no data of the AT Protocol, or too large; the
     *     message names the place and the rule
     */
    public static LexValue read(byte[] cbor) {
        return new CborReader(cbor).document();
    }

    /**
     * Reads one document that has to be a map.
     *
     * @param cbor the document
     * @return its fields in the order of the document
     * @throws DataException if it is no map, or not in the one form of DAG-CBOR, or no data of the AT Protocol, or too
     *     large; the message names the place and the rule
     */
    public static LexMap readMap(byte[] cbor) {
        if (read(cbor) instanceof LexMap map) {
            return map;
        }
        throw new DataException(DataException.Kind.MODEL, "$", "the document is not a map");
    }

    /**
     * Writes a value.
     *
     * @param value the value
     * @return its DAG-CBOR
     * @throws DataException if it is no data of the AT Protocol, such as half of a surrogate pair, or too large; the
     *     message names the place and the rule
     */
    public static byte[] write(LexValue value) {
        return new CborWriter().document(value);
    }

    /**
     * Returns the content identifier that a server gives a record.
     *
     * @param value the value
     * @return the content identifier of its DAG-CBOR
     * @throws DataException as {@link #write}
     */
    public static Cid cid(LexValue value) {
        return Cid.ofDagCbor(write(value));
    }
}
