// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.data.DagCbor;
import dev.atp4j.data.DataException;
import dev.atp4j.data.LexMap;
import dev.atp4j.json.JsonWriter;
import dev.atp4j.json.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The type of an object, and its codec. Immutable and thread-safe. Each generated class has one as {@code TYPE}.
 *
 * <p>Reading is lenient, since lexicons grow and servers err: a field that is missing, has the wrong form, or is of an unknown
 * variant fails nothing but the accessor that needs it. Whoever wants to know gets a {@link Diagnostic} for each. Checking
 * against the lexicon is a step of its own.
 *
 * @param <T> the generated class
 */
public sealed class ObjectType<T extends LexObject> permits RecordType {

    private final String name;
    private final T prototype;
    private final List<Field> fields;
    private final Field[] array;

    // What is made when a document is read or written for the first time; any thread's is as good as another's.
    private @Nullable Names names;
    private byte @Nullable [][] spelled;
    private int expected = 256;

    /**
     * Describes a type. Generated code calls this.
     *
     * @param name the name that a {@code $type} has; for parameters, inputs and outputs one that says what they are
     * @param prototype an object of the class, made of {@link Values#NONE}
     * @param fields the properties, by the length of their names and then by their bytes, which is the order in which they
     *     are written
     */
    public ObjectType(String name, T prototype, Field... fields) {
        this.name = name;
        this.prototype = prototype;
        this.array = fields;
        this.fields = List.of(fields);
    }

    /**
     * Returns the type's name.
     *
     * @return the {@code $type} of such objects, a main definition's by its bare NSID
     */
    public final String name() {
        return name;
    }

    /**
     * Returns the properties.
     *
     * @return the properties in the order in which they are written
     */
    public final List<Field> fields() {
        return fields;
    }

    /**
     * Tells whether a {@code $type} means this type; a main definition may be spelled with {@code #main} or without.
     *
     * @param type a {@code $type}
     * @return true if it does
     */
    public final boolean isNamed(String type) {
        return type.equals(name)
                || type.length() == name.length() + 5 && type.startsWith(name) && type.endsWith("#main");
    }

    /**
     * Reads an object from a tree.
     *
     * @param map the tree
     * @return the object
     */
    public final T fromMap(LexMap map) {
        return TreeLexReader.read(this, map, null);
    }

    /**
     * Reads an object from a tree.
     *
     * @param map the tree
     * @param diagnostics hears of what is not as the lexicon says
     * @return the object
     */
    public final T fromMap(LexMap map, Consumer<? super Diagnostic> diagnostics) {
        return TreeLexReader.read(this, map, diagnostics);
    }

    /**
     * Reads an object from its JSON form.
     *
     * @param json the document in UTF-8
     * @return the object
     * @throws DataException if it is no JSON object, or too deep
     */
    public final T fromJson(byte[] json) {
        return JsonLexReader.read(this, json, null);
    }

    /**
     * Reads an object from its JSON form.
     *
     * @param json the document in UTF-8
     * @param diagnostics hears of what is not as the lexicon says
     * @return the object
     * @throws DataException if it is no JSON object, or too deep
     */
    public final T fromJson(byte[] json, Consumer<? super Diagnostic> diagnostics) {
        return JsonLexReader.read(this, json, diagnostics);
    }

    /**
     * Reads an object from its DAG-CBOR form.
     *
     * @param cbor the document
     * @return the object
     * @throws DataException if it is no map of DAG-CBOR, or too large
     */
    public final T fromCbor(byte[] cbor) {
        return fromMap(DagCbor.readMap(cbor));
    }

    /**
     * Reads an object from its DAG-CBOR form.
     *
     * @param cbor the document
     * @param diagnostics hears of what is not as the lexicon says
     * @return the object
     * @throws DataException if it is no map of DAG-CBOR, or too large
     */
    public final T fromCbor(byte[] cbor, Consumer<? super Diagnostic> diagnostics) {
        return fromMap(DagCbor.readMap(cbor), diagnostics);
    }

    /** Starts to build an object; the caller knows which class the builder is of. */
    @SuppressWarnings("unchecked")
    final <B extends LexObject.Builder<T, B>> B newBuilder() {
        return (B) prototype.newBuilder();
    }

    /** Returns the properties, which nobody may change. */
    final Field[] array() {
        return array;
    }

    /** Returns the names of the properties, and behind them {@code $type}. */
    final Names names() {
        Names made = names;
        if (made == null) {
            List<String> all = new ArrayList<>(array.length + 1);
            for (Field field : array) {
                all.add(field.name());
            }
            all.add(LexReader.TYPE);
            made = new Names(all);
            names = made;
        }
        return made;
    }

    /** Returns the name of a property as JSON spells it. */
    final byte[] spelledName(int slot) {
        byte[][] made = spelled;
        if (made == null) {
            made = new byte[array.length][];
            for (int i = 0; i < made.length; i++) {
                made[i] = JsonWriter.spell(array[i].name());
            }
            spelled = made;
        }
        return made[slot];
    }

    /** Returns how large the last object was in JSON. */
    final int expectedBytes() {
        return expected;
    }

    final void expectBytes(int bytes) {
        expected = bytes;
    }

    final T prototype() {
        return prototype;
    }

    @SuppressWarnings("unchecked")
    final T create(Values values) {
        return (T) prototype.create(values);
    }

    /** Returns the name. */
    @Override
    public final String toString() {
        return name;
    }
}
