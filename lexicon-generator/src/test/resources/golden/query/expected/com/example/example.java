// Generated from com.example.* by atp4j. Changes are lost.
package com.example;

import com.example.lex.com.example.notes.ExportNotes;
import com.example.lex.com.example.notes.GetNote;
import com.example.lex.com.example.notes.ListNotes;
import dev.atp4j.lex.Generated;
import org.jspecify.annotations.NullMarked;

/** The methods and records of {@code com.example.*}. */
@NullMarked
@Generated("com.example")
public final class example {

    private example() {}

    /** The methods and records of {@code com.example.notes.*}. */
    public static final class notes {

        /** {@code com.example.notes.exportNotes}, see {@link ExportNotes}. */
        public static final ExportNotes exportNotes = ExportNotes.QUERY;

        /** {@code com.example.notes.getNote}, see {@link GetNote}. */
        public static final GetNote getNote = GetNote.QUERY;

        /** {@code com.example.notes.listNotes}, see {@link ListNotes}. */
        public static final ListNotes listNotes = ListNotes.QUERY;

        private notes() {}
    }
}
