// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.check;

import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.LexiconDoc;
import dev.atp4j.syntax.Nsid;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares two versions of lexicons by the rules of their evolution: what was valid stays valid, and what becomes valid was
 * so before. Thread-safe.
 *
 * <p>An {@link Finding.Severity#ERROR ERROR} breaks software that knows the other version, and asks for a new NSID. A
 * {@link Finding.Severity#WARNING WARNING} is allowed or a matter of degree, and may be noticed. A {@link
 * Finding.Severity#NOTE NOTE} is compatible. Descriptions may change freely, so they are not compared.
 *
 * <table>
 * <caption>The rules</caption>
 * <tr><th>name</th><th>severity</th><th>what has changed</th></tr>
 * <tr><td>{@code document-removed}, {@code definition-removed}</td><td>error</td><td>what others may refer to</td></tr>
 * <tr><td>{@code document-added}, {@code definition-added}</td><td>note</td><td></td></tr>
 * <tr><td>{@code revision-lower}</td><td>warning</td><td>the revision, which counts up</td></tr>
 * <tr><td>{@code type-change}</td><td>error</td><td>the type of anything</td></tr>
 * <tr><td>{@code record-key-type}</td><td>error</td><td>the form of a record's keys</td></tr>
 * <tr><td>{@code field-added}</td><td>error or note</td><td>a field or parameter, required or not</td></tr>
 * <tr><td>{@code field-removed}</td><td>error or warning</td><td>the same</td></tr>
 * <tr><td>{@code field-required}, {@code field-nullable}</td><td>error</td><td>whether a field has to be there or may be
 *     null</td></tr>
 * <tr><td>{@code const-value}, {@code enum-values}, {@code string-format}</td><td>error</td><td>what is allowed</td></tr>
 * <tr><td>{@code integer-range}, {@code string-length}, {@code bytes-length}, {@code array-length}, {@code blob-accept},
 *     {@code blob-size}</td><td>error or warning</td><td>a limit, which is tighter or wider</td></tr>
 * <tr><td>{@code known-values}, {@code default-value}</td><td>note</td><td>what is usual</td></tr>
 * <tr><td>{@code ref-change}</td><td>error or warning</td><td>a reference; the new definition differs or not</td></tr>
 * <tr><td>{@code union-open-closed}, {@code union-closed-refs}</td><td>error</td><td>a union that is or was closed</td></tr>
 * <tr><td>{@code union-variant-added}, {@code union-variant-removed}</td><td>note, warning</td><td>an open union</td></tr>
 * <tr><td>{@code body-encoding}</td><td>error</td><td>the media type of an input or output</td></tr>
 * <tr><td>{@code body-added}, {@code body-removed}, {@code schema-added}, {@code schema-removed}</td><td>error, warning or
 *     note</td><td>an input, an output, messages, or what describes them</td></tr>
 * <tr><td>{@code error-added}, {@code error-removed}</td><td>note, warning</td><td>an error that a method declares</td></tr>
 * <tr><td>{@code permissions}</td><td>warning</td><td>what a permission set permits</td></tr>
 * </table>
 */
public final class LexiconDiff {

    private LexiconDiff() {}

    /**
     * Compares two versions of one document.
     *
     * @param before the old version
     * @param after the new version
     * @return what has changed, in the order of the old document
     * @throws IllegalArgumentException if the two have different NSIDs
     */
    public static List<Finding> compare(LexiconDoc before, LexiconDoc after) {
        if (!before.id().equals(after.id())) {
            throw new IllegalArgumentException(
                    "these are two documents, not versions of one: " + before.id() + " and " + after.id());
        }
        return compare(List.of(before), List.of(after));
    }

    /**
     * Compares two versions of a collection.
     *
     * @param before the old documents
     * @param after the new documents
     * @return what has changed, ordered by NSID
     * @throws IllegalArgumentException if a collection has two documents of one NSID
     */
    public static List<Finding> compare(Collection<LexiconDoc> before, Collection<LexiconDoc> after) {
        Map<Nsid, LexiconDoc> old = byId(before);
        Map<Nsid, LexiconDoc> now = byId(after);
        var findings = new Findings();
        var changes = new SchemaChanges(findings, old, now);
        var ids = byId(List.of());
        ids.putAll(old);
        ids.putAll(now);
        for (Nsid id : ids.keySet()) {
            Where where = Where.in(id.value());
            LexiconDoc was = old.get(id);
            LexiconDoc is = now.get(id);
            if (is == null) {
                findings.error(where, "document-removed", "the document is gone; others may refer to it");
            } else if (was == null) {
                findings.note(where, "document-added", "the document is new");
            } else {
                documents(where, was, is, findings, new DefChanges(findings, changes));
            }
        }
        return findings.all();
    }

    private static void documents(
            Where where, LexiconDoc was, LexiconDoc is, Findings findings, DefChanges definitions) {
        if (was.revision().isPresent()
                && is.revision().orElse(-1) < was.revision().getAsLong()) {
            findings.warning(
                    where.field("revision"),
                    "revision-lower",
                    "a revision counts up; it was " + was.revision().getAsLong());
        }
        Where defs = where.field("defs");
        was.defs().forEach((name, def) -> {
            Def next = is.defs().get(name);
            if (next == null) {
                findings.error(
                        defs.field(name), "definition-removed", "the definition is gone; others may refer to it");
            } else {
                definitions.compare(defs.field(name), def, next);
            }
        });
        is.defs().keySet().stream()
                .filter(name -> !was.defs().containsKey(name))
                .forEach(name -> findings.note(defs.field(name), "definition-added", "the definition is new"));
    }

    private static SortedMap<Nsid, LexiconDoc> byId(Collection<LexiconDoc> documents) {
        return documents.stream()
                .collect(Collectors.toMap(
                        LexiconDoc::id,
                        Function.identity(),
                        (one, other) -> {
                            throw new IllegalArgumentException("two documents have the NSID " + one.id());
                        },
                        () -> new TreeMap<>(Comparator.comparing(Nsid::value))));
    }
}
