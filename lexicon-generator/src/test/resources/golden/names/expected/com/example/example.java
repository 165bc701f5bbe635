// Generated from com.example.* by atp4j. Changes are lost.
package com.example;

import com.example.lex.com.example.ListDef;
import com.example.lex.com.example.default_.New;
import com.example.lex.com.example.list.GetRecord;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.RecordType;
import org.jspecify.annotations.NullMarked;

/** The methods and records of {@code com.example.*}. */
@NullMarked
@Generated("com.example")
public final class example {

    /** {@code com.example.list}, see {@link ListDef}. */
    public static final RecordType<ListDef> list = ListDef.TYPE;

    private example() {}

    /** The methods and records of {@code com.example.default.*}. */
    public static final class default_ {

        /** {@code com.example.default.new}, see {@link New}. */
        public static final RecordType<New> new_ = New.TYPE;

        private default_() {}
    }

    /** The methods and records of {@code com.example.list.*}. */
    public static final class list_ {

        /** {@code com.example.list.getRecord}, see {@link GetRecord}. */
        public static final GetRecord getRecord = GetRecord.QUERY;

        private list_() {}
    }
}
