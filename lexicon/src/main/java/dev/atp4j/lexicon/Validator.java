// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.lexicon.Def.Body;
import dev.atp4j.lexicon.Def.ProcedureDef;
import dev.atp4j.lexicon.Def.QueryDef;
import dev.atp4j.lexicon.Def.RecordDef;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.RecordKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks data against lexicons. Thread-safe. A schema is prepared when it is first needed; so a validator is worth keeping.
 *
 * <p>There are two ways. A strict validator asks for what data has to be when it is written now. A lenient one takes as well
 * what old data holds: datetimes, addresses and language tags in forms of the past, blobs in their legacy form, of any type
 * and size, integers of more than 53 bits, {@code #main} at the end of a {@code $type}, and definitions that are in no
 * lexicon. Fields that a lexicon does not know pass in both.
 *
 * <table>
 * <caption>The rules</caption>
 * <tr><th>name</th><th>what is wrong</th></tr>
 * <tr><td>{@code kind}</td><td>a value of another kind</td></tr>
 * <tr><td>{@code required}, {@code null}</td><td>nothing, or null, where there has to be a value</td></tr>
 * <tr><td>{@code const}, {@code enum}</td><td>not the value, or none of those, that are allowed</td></tr>
 * <tr><td>{@code minimum}, {@code maximum}, {@code integer-size}</td><td>an integer out of bounds</td></tr>
 * <tr><td>{@code min-length}, {@code max-length}</td><td>bytes of a string in UTF-8, bytes, items of a list</td></tr>
 * <tr><td>{@code min-graphemes}, {@code max-graphemes}</td><td>characters as people see them</td></tr>
 * <tr><td>{@code format}</td><td>a string that is not of its format</td></tr>
 * <tr><td>{@code type}, {@code union}</td><td>a missing or wrong {@code $type}; one that a closed union does not have</td></tr>
 * <tr><td>{@code blob}, {@code accept}, {@code max-size}</td><td>what is no blob, or not such a one</td></tr>
 * <tr><td>{@code record-key}</td><td>a key that records of this collection do not have</td></tr>
 * <tr><td>{@code body}</td><td>a body where none is known</td></tr>
 * <tr><td>{@code definition}</td><td>a lexicon refers to what is not there, so that nobody knows</td></tr>
 * <tr><td>{@code depth}</td><td>objects are nested deeper than 1,000 levels</td></tr>
 * </table>
 */
public final class Validator {

    private final Lexicons lexicons;
    private final Checks checks;
    private final boolean strict;
    private final boolean firstOnly;

    private Validator(Lexicons lexicons, Checks checks, boolean strict, boolean firstOnly) {
        this.lexicons = lexicons;
        this.checks = checks;
        this.strict = strict;
        this.firstOnly = firstOnly;
    }

    /**
     * Makes a strict validator.
     *
     * @param lexicons the lexicons
     * @return the validator
     */
    public static Validator strict(Lexicons lexicons) {
        return new Validator(lexicons, new Checks(lexicons), true, false);
    }

    /**
     * Makes a lenient validator.
     *
     * @param lexicons the lexicons
     * @return the validator
     */
    public static Validator lenient(Lexicons lexicons) {
        return new Validator(lexicons, new Checks(lexicons), false, false);
    }

    /**
     * Returns a validator that stops at the first violation, which is faster if there is one.
     *
     * @return the changed copy
     */
    public Validator firstOnly() {
        return new Validator(lexicons, checks, strict, true);
    }

    /**
     * Checks a record.
     *
     * @param collection its collection
     * @param value the record
     * @return what is wrong; empty if it is valid
     * @throws IllegalArgumentException if no record of this name is known
     */
    public List<Violation> record(Nsid collection, LexValue value) {
        find(collection, RecordDef.class, "record");
        return check(checks.of(DefRef.main(collection)), value);
    }

    /**
     * Checks the key of a record.
     *
     * @param collection its collection
     * @param rkey the key
     * @return what is wrong; empty if records of this collection may have it
     * @throws IllegalArgumentException if no record of this name is known
     */
    public List<Violation> recordKey(Nsid collection, RecordKey rkey) {
        String key = find(collection, RecordDef.class, "record").key();
        boolean valid = key == null
                || switch (key) {
                    case "any" -> true;
                    case "tid" -> Format.TID.fits(rkey.value(), strict);
                    case "nsid" -> Format.NSID.fits(rkey.value(), strict);
                    default -> key.equals("literal:" + rkey);
                };
        return valid ? List.of() : List.of(new Violation("$", "record-key", "a key of the form " + key, "another key"));
    }

    /**
     * Checks the parameters of a query, a procedure or a subscription. Unknown ones pass.
     *
     * @param method the method's name
     * @param values the parameters: booleans, integers, strings, and lists of these
     * @return what is wrong; empty if they are valid
     * @throws IllegalArgumentException if no method of this name is known
     */
    public List<Violation> params(Nsid method, LexMap values) {
        Check params =
                method(method, find(method, Def.class, "method"), "method").params();
        return params == null ? List.of() : check(params, values);
    }

    /**
     * Checks the input of a procedure.
     *
     * @param method the procedure's name
     * @param value what is sent, or null for nothing
     * @return what is wrong; empty if it is valid, or if its lexicon does not say more than its media type
     * @throws IllegalArgumentException if no procedure of this name is known
     */
    public List<Violation> input(Nsid method, @Nullable LexValue value) {
        ProcedureDef def = find(method, ProcedureDef.class, "procedure");
        return body(def.input(), method(method, def, "procedure").input(), value);
    }

    /**
     * Checks the output of a query or a procedure.
     *
     * @param method the method's name
     * @param value what was answered, or null for nothing
     * @return what is wrong; empty if it is valid, or if its lexicon does not say more than its media type
     * @throws IllegalArgumentException if no query or procedure of this name is known
     */
    public List<Violation> output(Nsid method, @Nullable LexValue value) {
        Def def = find(method, Def.class, "query or procedure");
        Check check = method(method, def, "query or procedure").output();
        return body(
                def instanceof QueryDef q ? q.output() : def instanceof ProcedureDef p ? p.output() : null,
                check,
                value);
    }

    /**
     * Checks a value against any definition of data.
     *
     * @param ref the definition
     * @param value the value
     * @return what is wrong; empty if it is valid
     * @throws IllegalArgumentException if it is not known, or none of data
     */
    public List<Violation> def(DefRef ref, LexValue value) {
        Def def = lexicons.resolve(ref).orElseThrow(() -> unknown(ref.toString(), "definition"));
        if (!(def instanceof Schema) && !(def instanceof RecordDef)) {
            throw new IllegalArgumentException(ref + " is no definition of data");
        }
        return check(checks.of(ref), value);
    }

    private List<Violation> body(@Nullable Body body, @Nullable Check check, @Nullable LexValue value) {
        if (body == null) {
            return value == null ? List.of() : List.of(new Violation("$", "body", "nothing", Kind.of(value)));
        }
        if (value == null) {
            return List.of(new Violation("$", "required", body.encoding(), "nothing"));
        }
        return check == null ? List.of() : check(check, value);
    }

    private List<Violation> check(Check check, LexValue value) {
        var walk = new Walk(strict, firstOnly);
        check.check(value, walk);
        return walk.violations();
    }

    private Checks.Method method(Nsid id, Def def, String what) {
        Checks.Method method = checks.method(DefRef.main(id), def);
        if (method == null) {
            throw new IllegalArgumentException(id + " is no " + what);
        }
        return method;
    }

    private <T extends Def> T find(Nsid id, Class<T> type, String what) {
        Def def = lexicons.resolve(DefRef.main(id)).orElseThrow(() -> unknown(id.value(), what));
        if (!type.isInstance(def)) {
            throw new IllegalArgumentException(id + " is no " + what);
        }
        return type.cast(def);
    }

    private static IllegalArgumentException unknown(String name, String what) {
        return new IllegalArgumentException("no " + what + " " + name + " is in the lexicons given");
    }
}
