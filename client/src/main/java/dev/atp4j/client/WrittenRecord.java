// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.api.com.atproto.repo.StrongRef;
import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.Cid;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A record that was written: where it is, and what it was then. Immutable. */
public final class WrittenRecord {

    private final AtUri uri;
    private final Cid cid;
    private final @Nullable Commit commit;
    private final @Nullable String validationStatus;

    private final boolean doubted;

    WrittenRecord(AtUri uri, Cid cid, @Nullable Commit commit, @Nullable String validationStatus, boolean doubted) {
        this.uri = uri;
        this.cid = cid;
        this.commit = commit;
        this.validationStatus = validationStatus;
        this.doubted = doubted;
    }

    /**
     * Tells whether the record was there already when this write came: servers then compare no {@code swapRecord}, and name no
     * commit. Those that never name one say nothing of validation either.
     */
    boolean wasThere() {
        return !doubted && commit == null && validationStatus != null;
    }

    /**
     * Returns where the record is.
     *
     * @return its address
     */
    public AtUri uri() {
        return uri;
    }

    /**
     * Returns the record's key in its collection.
     *
     * @return the last part of the address
     */
    public String rkey() {
        return Objects.requireNonNull(uri.rkey()).value();
    }

    /**
     * Returns what the record is.
     *
     * @return the CID of its content
     */
    public Cid cid() {
        return cid;
    }

    /**
     * Returns the change of the repository.
     *
     * @return the commit, or null if nothing had to be changed, or if the answer was lost and the record was found to be
     *     there
     */
    public @Nullable Commit commit() {
        return commit;
    }

    /**
     * Returns whether the server knew the record's lexicon.
     *
     * @return {@code valid} or {@code unknown}; null if it did not say
     */
    public @Nullable String validationStatus() {
        return validationStatus;
    }

    /**
     * Returns a reference to the record as it is now, as other records hold it.
     *
     * @return address and CID
     */
    public StrongRef toStrongRef() {
        return StrongRef.builder().uri(uri).cid(cid).build();
    }

    /** Compares address and CID: which record it is, and in which state. */
    @Override
    public boolean equals(Object other) {
        return other instanceof WrittenRecord that && uri.equals(that.uri) && cid.equals(that.cid);
    }

    @Override
    public int hashCode() {
        return 31 * uri.hashCode() + cid.hashCode();
    }

    /** Returns address and CID. */
    @Override
    public String toString() {
        return uri + " " + cid;
    }
}
