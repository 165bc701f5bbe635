// Generated from com.example.notes.exportNotes by atp4j. Changes are lost.
package com.example.lex.com.example.notes;

import dev.atp4j.lex.Generated;
import dev.atp4j.lex.Nothing;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.Query;
import org.jspecify.annotations.Nullable;

/** The query {@code com.example.notes.exportNotes}. */
@Generated("com.example.notes.exportNotes")
public final class ExportNotes extends Query<Nothing, Nothing.Builder, byte[]> {

    /** The query. */
    public static final ExportNotes QUERY = new ExportNotes();

    private ExportNotes() {
        super("com.example.notes.exportNotes", "application/jsonl");
    }

    @Override
    public ObjectType<Nothing> params() {
        return Nothing.TYPE;
    }

    @Override
    public @Nullable ObjectType<?> output() {
        return null;
    }
}
