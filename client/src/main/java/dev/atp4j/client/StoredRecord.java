// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.api.com.atproto.repo.StrongRef;
import dev.atp4j.data.DagCbor;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.lex.Diagnostic;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.RecordType;
import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.RecordKey;
import dev.atp4j.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A record as a repository holds it. Immutable. Anybody may have written it, so it may not be as its lexicon says, or may be
 * of another type altogether.
 *
 * @param <T> the generated class
 */
public final class StoredRecord<T extends LexObject> {

    private final String uri;
    private final @Nullable String cid;
    private final LexValue raw;
    private final @Nullable T value;
    private final List<Diagnostic> diagnostics;

    private StoredRecord(
            String uri, @Nullable String cid, LexValue raw, @Nullable T value, List<Diagnostic> diagnostics) {
        this.uri = uri;
        this.cid = cid;
        this.raw = raw;
        this.value = value;
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** Reads an answer to getRecord, or an item of one to listRecords. */
    static <T extends LexObject> StoredRecord<T> read(RecordType<T> type, LexMap view) {
        LexValue raw = view.get("value");
        var diagnostics = new ArrayList<Diagnostic>();
        T value = null;
        if (raw instanceof LexMap map
                && map.getString("$type").filter(type::isNamed).isPresent()) {
            value = type.fromMap(map, diagnostics::add);
        } else {
            diagnostics.add(
                    new Diagnostic("$.$type", type.name(), raw instanceof LexMap ? "another type" : "no record"));
        }
        return new StoredRecord<>(
                view.getString("uri").orElse(""),
                view.getString("cid").orElse(null),
                raw == null ? LexMap.empty() : raw,
                value,
                diagnostics);
    }

    /**
     * Returns where the record is.
     *
     * @return its address
     * @throws dev.atp4j.syntax.SyntaxException if the server sent none that is one
     */
    public AtUri uri() {
        return AtUri.parse(uri);
    }

    /**
     * Returns the record's key.
     *
     * @return the last part of the address
     * @throws dev.atp4j.syntax.SyntaxException if the server sent no address of a record
     */
    public String rkey() {
        RecordKey rkey = uri().rkey();
        if (rkey == null) {
            throw new SyntaxException("AT URI", uri, "is not the address of a record");
        }
        return rkey.value();
    }

    /**
     * Returns what the record is.
     *
     * @return the CID of its content, or null if the server did not say
     * @throws dev.atp4j.syntax.SyntaxException if the server sent none that is one
     */
    public @Nullable Cid cid() {
        return cid == null ? null : Cid.parse(cid);
    }

    /**
     * Returns a reference to the record as it was read, as other records hold it.
     *
     * @return address and CID; a CID that the server did not say is computed
     * @throws dev.atp4j.syntax.SyntaxException if the server sent an address or a CID that is none
     */
    public StrongRef toStrongRef() {
        return StrongRef.builder().uri(uri()).cid(contentId()).build();
    }

    /** Returns the CID, of which a server that did not say it leaves no doubt. */
    Cid contentId() {
        return cid == null ? Cid.ofDagCbor(DagCbor.write(raw)) : Cid.parse(cid);
    }

    boolean isOfType() {
        return value != null;
    }

    /**
     * Tells whether the record is of its type and, as far as it can be seen without the lexicon, as it should be: nothing
     * that is required is missing, and nothing has a wrong form.
     *
     * @return true if {@link #diagnostics()} is empty
     */
    public boolean isValid() {
        return diagnostics.isEmpty();
    }

    /**
     * Uses the record if it is valid.
     *
     * @param use gets the record
     */
    public void ifValid(Consumer<? super T> use) {
        if (isValid()) {
            use.accept(value());
        }
    }

    /**
     * Returns the record. It may be used if it is not valid, as far as it goes.
     *
     * @return the record
     * @throws IllegalStateException if it is of another type; see {@link #raw()}
     */
    public T value() {
        if (value == null) {
            throw new IllegalStateException(
                    "the record at " + uri + " is not of the type of its collection; raw() has what is there");
        }
        return value;
    }

    /**
     * Returns the record as it is, whatever it is.
     *
     * @return a map, unless somebody did something strange
     */
    public LexValue raw() {
        return raw;
    }

    /**
     * Returns what is not as the lexicon says.
     *
     * @return the oddities in the order of the document
     */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** Returns the address. */
    @Override
    public String toString() {
        return uri;
    }
}
