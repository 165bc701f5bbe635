// Generated from com.example.* by atp4j. Changes are lost.
package com.example;

import com.example.lex.com.example.notes.Note;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.RecordType;
import org.jspecify.annotations.NullMarked;

/** The methods and records of {@code com.example.*}. */
@NullMarked
@Generated("com.example")
public final class example {

    private example() {}

    /** The methods and records of {@code com.example.notes.*}. */
    public static final class notes {

        /** {@code com.example.notes.note}, see {@link Note}. */
        public static final RecordType<Note> note = Note.TYPE;

        private notes() {}
    }
}
