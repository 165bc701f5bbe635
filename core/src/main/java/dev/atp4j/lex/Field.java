// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.json.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A property of an object type: its name, what it holds, and whether it may be missing. Immutable. Generated code makes
 * them; there is rarely a reason to make one by hand.
 *
 * <p>It says what a codec has to know and no more. Ranges, lengths, formats and known values are the business of validation,
 * which reads the lexicon itself.
 */
public final class Field {

    /** What a property, or each item of a list, holds. */
    public enum Kind {
        /** A truth value, {@link Boolean}. */
        BOOLEAN,
        /** A number of 64 bits, {@link Long}. */
        INTEGER,
        /** A text of whatever format, {@link String}. */
        STRING,
        /** A byte string, {@link dev.atp4j.data.LexBytes}. */
        BYTES,
        /** A link by content, {@link dev.atp4j.syntax.Cid}. */
        LINK,
        /** A reference to a blob, {@link dev.atp4j.data.BlobRef}. */
        BLOB,
        /** An object of a type that the lexicon leaves open, {@link LexAny}. */
        UNKNOWN,
        /** An object of one type, {@link LexObject}. */
        OBJECT,
        /** An object of one of several types, told apart by {@code $type}: {@link LexObject}, or {@link LexAny} if none fits. */
        UNION,
        /** Any value at all, {@link dev.atp4j.data.LexValue}: what no other kind describes. */
        VALUE
    }

    private final String name;
    private final Kind kind;
    private final boolean list;
    private final boolean required;
    private final boolean nullable;
    private final boolean secret;
    private final List<String> variants;

    /** Made when a document is read for the first time; any thread's is as good as another's. */
    private @Nullable Names names;

    private Field(
            String name,
            Kind kind,
            boolean list,
            boolean required,
            boolean nullable,
            boolean secret,
            List<String> variants) {
        this.name = name;
        this.kind = kind;
        this.list = list;
        this.required = required;
        this.nullable = nullable;
        this.secret = secret;
        this.variants = variants;
    }

    /**
     * Describes an optional property of a kind other than {@link Kind#UNION}.
     *
     * @param name its name on the wire
     * @param kind what it holds
     * @return the property
     */
    public static Field of(String name, Kind kind) {
        return new Field(name, kind, false, false, false, false, List.of());
    }

    /**
     * Describes an optional property that holds a variant of a union.
     *
     * @param name its name on the wire
     * @param variants the {@code $type} of each known variant; a main definition by its bare NSID
     * @return the property
     */
    public static Field union(String name, String... variants) {
        return new Field(name, Kind.UNION, false, false, false, false, List.of(variants));
    }

    /**
     * Returns the same property as a list of what it holds.
     *
     * @return a copy that is a list
     */
    public Field list() {
        return new Field(name, kind, true, required, nullable, secret, variants);
    }

    /**
     * Returns the same property, not optional.
     *
     * @return a copy that is required
     */
    public Field required() {
        return new Field(name, kind, list, true, nullable, secret, variants);
    }

    /**
     * Returns the same property with a null that means something, other than absence.
     *
     * @return a copy that is nullable
     */
    public Field nullable() {
        return new Field(name, kind, list, required, true, secret, variants);
    }

    /**
     * Returns the same property as one that {@code toString} does not show.
     *
     * @return a copy that is secret
     */
    public Field secret() {
        return new Field(name, kind, list, required, nullable, true, variants);
    }

    /**
     * Returns the property's name on the wire.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns what the property, or each item of the list, holds.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Tells whether the property is a list.
     *
     * @return true if it is
     */
    public boolean isList() {
        return list;
    }

    /**
     * Tells whether the property must be there.
     *
     * @return true if it must
     */
    public boolean isRequired() {
        return required;
    }

    /**
     * Tells whether the property may be null.
     *
     * @return true if it may
     */
    public boolean isNullable() {
        return nullable;
    }

    /**
     * Tells whether {@code toString} keeps the value to itself.
     *
     * @return true if it does
     */
    public boolean isSecret() {
        return secret;
    }

    /**
     * Returns the known variants of a union.
     *
     * @return the {@code $type} of each, in the order of {@link LexObject#typeOf(int, int)}; empty for other kinds
     */
    public List<String> variants() {
        return variants;
    }

    /** Returns the variants, to find them in a document. */
    Names names() {
        Names made = names;
        if (made == null) {
            made = new Names(variants);
            names = made;
        }
        return made;
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
