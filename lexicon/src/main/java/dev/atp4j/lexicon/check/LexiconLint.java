// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.check;

import dev.atp4j.lexicon.LexiconDoc;
import dev.atp4j.lexicon.LexiconProblem;
import dev.atp4j.lexicon.LexiconReader.Reading;
import dev.atp4j.lexicon.check.Finding.Severity;
import dev.atp4j.syntax.Nsid;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for what is wrong in lexicons, and for what is legal and will be regretted. Thread-safe.
 *
 * <p>What the language does not allow is an error under the name that {@link dev.atp4j.lexicon.LexiconReader} has for it.
 * Beyond that there are these rules, warnings unless marked as errors. Many have the names that indigo's linter uses.
 *
 * <table>
 * <caption>Names and documents</caption>
 * <tr><th>rule</th><th>what is found</th></tr>
 * <tr><td>{@code file-path}</td><td>a file that is not called after its NSID</td></tr>
 * <tr><td>{@code def-name-syntax}, {@code field-name-syntax}</td><td>a name that is not in camel case</td></tr>
 * <tr><td>{@code field-name-reserved}</td><td>error: a field whose name starts with {@code $}</td></tr>
 * <tr><td>{@code case-collision}</td><td>two names that differ in upper and lower case only</td></tr>
 * <tr><td>{@code defs-main-definition}</td><td>a {@code main} in a document of shared definitions</td></tr>
 * <tr><td>{@code missing-primary-description}, {@code undescribed-token}</td><td>no description</td></tr>
 * </table>
 *
 * <table>
 * <caption>Types of data</caption>
 * <tr><th>rule</th><th>what is found</th></tr>
 * <tr><td>{@code unlimited-string}, {@code unlimited-bytes}, {@code blob-unlimited}</td><td>no limit of its size</td></tr>
 * <tr><td>{@code unlimited-array}</td><td>an array in a record that has no limit</td></tr>
 * <tr><td>{@code large-string}, {@code large-bytes}</td><td>more than 20 KiB; that is for blobs</td></tr>
 * <tr><td>{@code format-and-length}</td><td>a format has lengths of its own</td></tr>
 * <tr><td>{@code graphemes-without-length}</td><td>a limit in graphemes and none in bytes: a grapheme has no limit</td></tr>
 * <tr><td>{@code length-below-graphemes}</td><td>a limit in bytes below that in graphemes</td></tr>
 * <tr><td>{@code handle-in-record}</td><td>handles change; records name accounts by DID</td></tr>
 * <tr><td>{@code enum-closed}, {@code union-closed}</td><td>what can never be extended</td></tr>
 * <tr><td>{@code union-empty}, {@code union-duplicate-ref}</td><td>no variants, or one twice</td></tr>
 * <tr><td>{@code known-value-duplicate}, {@code known-string-local-ref}</td><td>a known value that is there twice, or
 *     starts with {@code #}</td></tr>
 * <tr><td>{@code default-invalid}</td><td>error: a default that the schema does not allow</td></tr>
 * <tr><td>{@code required-with-default}</td><td>a field that has to be there anyway</td></tr>
 * <tr><td>{@code nullable-and-optional}</td><td>two ways to say nothing</td></tr>
 * <tr><td>{@code unsafe-integer}</td><td>a number beyond 53 bits, which JavaScript rounds</td></tr>
 * </table>
 *
 * <table>
 * <caption>Methods and permission sets</caption>
 * <tr><th>rule</th><th>what is found</th></tr>
 * <tr><td>{@code endpoint-output-undefined}</td><td>a method without an output</td></tr>
 * <tr><td>{@code cursor-not-returned}</td><td>a query that takes a cursor and gives none</td></tr>
 * <tr><td>{@code error-duplicate}</td><td>an error that is declared twice</td></tr>
 * <tr><td>{@code subscription-no-messages}, {@code subscription-foreign-message}</td><td>no messages, or one that another
 *     document defines</td></tr>
 * <tr><td>{@code permissionset-no-title}, {@code permissionset-no-detail}, {@code permissionset-no-permissions}</td><td>
 *     nothing to show, or to grant</td></tr>
 * <tr><td>{@code permissionset-unknown-resource}</td><td>neither {@code repo} nor {@code rpc}</td></tr>
 * <tr><td>{@code permissionset-outside-namespace}</td><td>names outside the set's own namespace</td></tr>
 * </table>
 *
 * <table>
 * <caption>References, if all documents are checked together</caption>
 * <tr><th>rule</th><th>what is found</th></tr>
 * <tr><td>{@code ref-document-missing}</td><td>a document that is not there</td></tr>
 * <tr><td>{@code dangling-ref}</td><td>error: a definition that its document does not have</td></tr>
 * <tr><td>{@code ref-target}, {@code union-target}</td><td>error: a definition of a type that cannot be used there</td></tr>
 * <tr><td>{@code known-value-undefined}</td><td>a token that its document does not have</td></tr>
 * </table>
 */
public final class LexiconLint {

    private LexiconLint() {}

    /**
     * Checks documents together.
     *
     * @param readings the documents as the lenient reader took them, with their problems
     * @return what is found, document by document in the order given
     */
    public static List<Finding> check(Collection<Reading> readings) {
        Map<Nsid, LexiconDoc> known = new HashMap<>();
        readings.forEach(reading -> known.put(reading.doc().id(), reading.doc()));
        var findings = new Findings();
        for (Reading reading : readings) {
            reading.problems().forEach(problem -> findings.add(finding(problem)));
            new DocumentRules(reading.doc(), findings, known).check();
        }
        return findings.all();
    }

    /**
     * Checks whether a file is where others look for it: {@code com/example/thing.json} or {@code com.example.thing.json}.
     *
     * @param id the NSID in the document
     * @param file the file's path, with slashes
     * @return one finding or none
     */
    public static List<Finding> checkPath(Nsid id, String file) {
        var findings = new Findings();
        String dotted = id.value() + ".json";
        String nested = id.value().replace('.', '/') + ".json";
        if (!ends(file, dotted) && !ends(file, nested)) {
            findings.add(Rule.FILE_PATH, Where.in(file), "the document is " + id + ", so its file is " + nested);
        }
        return findings.all();
    }

    /**
     * Takes a problem of a document as a finding.
     *
     * @param problem what the language does not allow
     * @return an error
     */
    public static Finding finding(LexiconProblem problem) {
        return new Finding(Severity.ERROR, problem.rule(), problem.source(), problem.path(), problem.message());
    }

    /**
     * Returns the names of all rules beyond those of the language.
     *
     * @return the names in alphabetical order
     */
    public static Set<String> rules() {
        var names = new TreeSet<String>();
        for (Rule rule : Rule.values()) {
            names.add(rule.id());
        }
        return names;
    }

    private static boolean ends(String file, String path) {
        return file.equals(path) || file.endsWith("/" + path);
    }
}
