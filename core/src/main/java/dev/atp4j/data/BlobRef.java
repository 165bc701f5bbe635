// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import dev.atp4j.syntax.Cid;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A reference to a blob: an image, a video, any file that a record mentions. Immutable.
 *
 * <p>It is a view of the map it was read from, and {@link #raw()} gives that map back unchanged. So a record that is read
 * and written again keeps its content identifier, also if it holds the legacy form, {@code cid} and {@code mimeType} alone,
 * which old records do and new ones must not.
 */
public final class BlobRef {

    private static final String TYPE = "blob";

    private final LexMap raw;
    private final Cid cid;
    private final String mimeType;

    /**
     * Makes a reference.
     *
     * @param cid the blob's content identifier
     * @param mimeType the blob's media type, such as {@code image/jpeg}
     * @param size the number of its bytes, zero or more
     * @throws IllegalArgumentException if the media type is empty or the size negative
     */
    public BlobRef(Cid cid, String mimeType, long size) {
        if (mimeType.isEmpty() || size < 0) {
            throw new IllegalArgumentException("a blob has a media type and a size of zero or more");
        }
        this.cid = cid;
        this.mimeType = mimeType;
        this.raw = LexMap.builder()
                .put("$type", TYPE)
                .put("ref", new LexLink(cid))
                .put("mimeType", mimeType)
                .put("size", size)
                .build();
    }

    private BlobRef(LexMap raw, Cid cid, String mimeType) {
        this.raw = raw;
        this.cid = cid;
        this.mimeType = mimeType;
    }

    /**
     * Reads a reference in either form.
     *
     * @param value the value that may be one
     * @return the reference, or empty if the value is none
     */
    public static Optional<BlobRef> of(LexValue value) {
        if (!(value instanceof LexMap map) || !(map.get("mimeType") instanceof LexString mimeType)) {
            return Optional.empty();
        }
        if (map.getString("$type").filter(TYPE::equals).isPresent()) {
            return map.get("ref") instanceof LexLink ref
                    ? Optional.of(new BlobRef(map, ref.cid(), mimeType.value()))
                    : Optional.empty();
        }
        return map.fields().size() == 2
                ? map.getString("cid").flatMap(Cid::tryParse).map(cid -> new BlobRef(map, cid, mimeType.value()))
                : Optional.empty();
    }

    /**
     * Returns the blob's content identifier.
     *
     * @return the content identifier
     */
    public Cid cid() {
        return cid;
    }

    /**
     * Returns the blob's media type. Whoever wrote the record has chosen it.
     *
     * @return the media type, such as {@code image/jpeg}
     */
    public String mimeType() {
        return mimeType;
    }

    /**
     * Returns the number of the blob's bytes. Whoever wrote the record has chosen it.
     *
     * @return the size, or empty if the reference does not tell, as the legacy form does not
     */
    public OptionalLong size() {
        return raw.get("size") instanceof LexInteger size && size.value() >= 0
                ? OptionalLong.of(size.value())
                : OptionalLong.empty();
    }

    /**
     * Tells whether this is the legacy form.
     *
     * @return true if it was read from a map without {@code $type}
     */
    public boolean legacy() {
        return raw.get("$type") == null;
    }

    /**
     * Returns the map that stands in the record.
     *
     * @return the map, as it was read
     */
    public LexMap raw() {
        return raw;
    }

    /** Compares the maps. */
    @Override
    public boolean equals(Object other) {
        return other instanceof BlobRef that && raw.equals(that.raw);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    /** Returns the JSON form. */
    @Override
    public String toString() {
        return raw.toString();
    }
}
