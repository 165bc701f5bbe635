// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.syntax.Nsid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads lexicon documents. Thread-safe.
 *
 * <p>There are two ways to read. {@link #parse(byte[], String) parse} is strict and meant for documents of one's own: it
 * refuses what the language does not allow, and lists everything at once. {@link #parseLenient(byte[], String)
 * parseLenient} is meant for documents of others: what makes sense is kept, such as an object within an object, a record
 * without a form of keys, or an unknown format. What does not is left out and so does not stand in the way of the rest: a
 * definition, a property, a name of a list. Both read the same of a document that has no problems.
 *
 * <p>Whether references lead anywhere is not asked here, since a document does not know the others.
 *
 * <table>
 * <caption>The rules</caption>
 * <tr><th>name</th><th>what is wrong</th></tr>
 * <tr><td>{@code json}</td><td>no JSON, or no data of the AT Protocol</td></tr>
 * <tr><td>{@code version}</td><td>{@code lexicon} is not 1</td></tr>
 * <tr><td>{@code id}</td><td>{@code id} is no NSID</td></tr>
 * <tr><td>{@code field-missing}</td><td>a field has to be there</td></tr>
 * <tr><td>{@code field-kind}</td><td>a field has a value of another kind</td></tr>
 * <tr><td>{@code empty}</td><td>no definitions, an empty name, a closed union without references</td></tr>
 * <tr><td>{@code primary-not-main}</td><td>a record, method or permission set that is not called {@code main}</td></tr>
 * <tr><td>{@code type}</td><td>no type of the language</td></tr>
 * <tr><td>{@code type-misplaced}</td><td>a type that cannot stand there</td></tr>
 * <tr><td>{@code too-deep}</td><td>types are nested too deep</td></tr>
 * <tr><td>{@code reference}</td><td>no name of a definition</td></tr>
 * <tr><td>{@code name-undefined}</td><td>{@code required} or {@code nullable} names what is no property</td></tr>
 * <tr><td>{@code range}</td><td>a minimum above its maximum</td></tr>
 * <tr><td>{@code const-default}</td><td>{@code const} together with {@code default}</td></tr>
 * <tr><td>{@code format}</td><td>an unknown format of strings</td></tr>
 * <tr><td>{@code record-key}</td><td>an unknown form of record keys</td></tr>
 * <tr><td>{@code encoding}</td><td>no media type, or more than one, or parameters</td></tr>
 * <tr><td>{@code error-name}</td><td>the name of an error is not one word</td></tr>
 * <tr><td>{@code language}</td><td>no language tag</td></tr>
 * </table>
 */
public final class LexiconReader {

    private LexiconReader() {}

    /**
     * What a lenient reader made of a document.
     *
     * @param doc the document
     * @param problems what is wrong with it; empty if a strict reader takes it as well
     */
    public record Reading(LexiconDoc doc, List<LexiconProblem> problems) {

        /** Copies the problems. */
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads a document strictly.
     *
     * @param json the document in UTF-8
     * @param source what problems call it, such as the file's name
     * @return the document
     * @throws LexiconException if the language does not allow it, with all problems
     */
    public static LexiconDoc parse(byte[] json, String source) {
        try {
            return parse(LexJson.parseMap(json), source);
        } catch (DataException e) {
            throw unreadable(source, e);
        }
    }

    /**
     * Reads a document strictly.
     *
     * @param tree the document
     * @param source what problems call it, such as the file's name
     * @return the document
     * @throws LexiconException if the language does not allow it, with all problems
     */
    public static LexiconDoc parse(LexMap tree, String source) {
        Reading reading = parseLenient(tree, source);
        if (!reading.problems().isEmpty()) {
            throw new LexiconException(reading.problems());
        }
        return reading.doc();
    }

    /**
     * Reads as much of a document as makes sense.
     *
     * @param json the document in UTF-8
     * @param source what problems call it, such as the file's name
     * @return the document and what is wrong with it
     * @throws LexiconException if it is no JSON object, or has no valid {@code id} or no {@code defs}
     */
    public static Reading parseLenient(byte[] json, String source) {
        try {
            return parseLenient(LexJson.parseMap(json), source);
        } catch (DataException strict) {
            Reading reading;
            try {
                reading = parseLenient(LexJson.parseMapLenient(json), source);
            } catch (DataException e) {
                throw unreadable(source, e);
            }
            List<LexiconProblem> problems = new ArrayList<>();
            problems.add(problem(source, strict));
            problems.addAll(reading.problems());
            return new Reading(reading.doc(), problems);
        }
    }

    /**
     * Reads as much of a document as makes sense.
     *
     * @param tree the document
     * @param source what problems call it, such as the file's name
     * @return the document and what is wrong with it
     * @throws LexiconException if it has no valid {@code id} or no {@code defs}
     */
    public static Reading parseLenient(LexMap tree, String source) {
        var notes = new Notes(source);
        var fields = new Fields(tree, Place.ROOT, notes);
        fields.require("lexicon", "1");
        Long version = fields.integer("lexicon");
        if (version != null && version != 1) {
            fields.problem("lexicon", "version", "this is about version 1 of the language, not " + version);
        }
        Long revision = fields.integer("revision");
        String description = fields.text("description");
        fields.require("id", "the document's NSID");
        String id = fields.text("id");
        if (id != null && Nsid.tryParse(id).isEmpty()) {
            fields.problem("id", "id", "\"" + id + "\" is no NSID, such as com.example.feed.post");
        }
        fields.require("defs", "an object of definitions by name");
        Fields defs = fields.object("defs");
        Nsid nsid = id == null ? null : Nsid.tryParse(id).orElse(null);
        if (nsid == null || defs == null) {
            throw new LexiconException(notes.problems());
        }
        return new Reading(
                new LexiconDoc(
                        nsid,
                        revision == null ? OptionalLong.empty() : OptionalLong.of(revision),
                        description,
                        defs(nsid, defs),
                        tree),
                notes.problems());
    }

    private static Map<String, Def> defs(Nsid document, Fields all) {
        var reader = new DefReader(document);
        var defs = new LinkedHashMap<String, Def>();
        for (String name : all.names()) {
            if (name.isEmpty()) {
                all.problem("empty", "a definition needs a name");
                continue;
            }
            Fields fields = all.object(name);
            Def def = fields == null ? null : reader.read(name, fields);
            if (def != null) {
                defs.put(name, def);
            }
        }
        if (!all.names().iterator().hasNext()) {
            all.problem("empty", "a lexicon has one definition or more");
        }
        return defs;
    }

    private static LexiconException unreadable(String source, DataException e) {
        return new LexiconException(List.of(problem(source, e)));
    }

    private static LexiconProblem problem(String source, DataException e) {
        return new LexiconProblem(source, e.path(), "json", e.rule());
    }
}
