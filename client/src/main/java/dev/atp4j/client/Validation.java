// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.data.LexMap;
import dev.atp4j.lexicon.InvalidDataException;
import dev.atp4j.lexicon.Lexicons;
import dev.atp4j.lexicon.Validator;
import dev.atp4j.lexicon.Violation;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.RecordKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks what is about to be sent. Thread-safe. */
final class Validation {

    private final @Nullable Lexicons lexicons;

    /** Made when it is first needed, since it costs; twice at the worst. */
    private volatile @Nullable Validator validator;

    /**
     * Makes one.
     *
     * @param lexicons the lexicons, or null for those on the class path
     */
    Validation(@Nullable Lexicons lexicons) {
        this.lexicons = lexicons;
    }

    private Validator validator() {
        Validator known = validator;
        if (known == null) {
            known = Validator.strict(lexicons == null ? onClassPath() : lexicons);
            validator = known;
        }
        return known;
    }

    /** Returns what the jars bring along: this one's class loader knows some, that of the application may know more. */
    static Lexicons onClassPath() {
        Lexicons own = Lexicons.onClassPath(Validation.class.getClassLoader());
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? own : own.orElse(Lexicons.onClassPath(context));
    }

    void params(Nsid method, LexMap params) {
        check("what " + method + " is asked", validator().params(method, params));
    }

    void input(Nsid method, @Nullable LexMap input) {
        check("the input of " + method, validator().input(method, input));
    }

    void record(Nsid collection, RecordKey rkey, LexMap record) {
        check("the record of " + collection, validator().record(collection, record));
        check("the key of a record of " + collection, validator().recordKey(collection, rkey));
    }

    private static void check(String what, List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw new InvalidDataException(what, violations);
        }
    }
}
