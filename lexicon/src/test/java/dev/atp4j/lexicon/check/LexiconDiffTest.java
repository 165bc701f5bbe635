// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.check;

import static dev.atp4j.lexicon.check.Finding.Severity.ERROR;
import static dev.atp4j.lexicon.check.Finding.Severity.NOTE;
import static dev.atp4j.lexicon.check.Finding.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.atp4j.lexicon.LexiconDoc;
import dev.atp4j.lexicon.LexiconReader;
import dev.atp4j.lexicon.check.Finding.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LexiconDiffTest {

    private static final String ID = "com.example.thing";

    @ParameterizedTest
    @MethodSource
    void everyChangeHasItsRule(String rule, Severity severity, String path, String before, String after) {
        var findings = LexiconDiff.compare(doc(before), doc(after));

        assertThat(findings)
                .extracting(Finding::rule, Finding::severity, Finding::document, Finding::path)
                .containsExactly(tuple(rule, severity, ID, path));
    }

    static Stream<Arguments> everyChangeHasItsRule() {
        String field = "$.defs.main.properties.x";
        return Stream.of(
                arguments(
                        "definition-removed",
                        ERROR,
                        "$.defs.b",
                        "'a': {'type': 'token'}, 'b': {'type': 'token'}",
                        "'a': {'type': 'token'}"),
                arguments(
                        "definition-added",
                        NOTE,
                        "$.defs.b",
                        "'a': {'type': 'token'}",
                        "'a': {'type': 'token'}, 'b': {'type': 'token'}"),
                arguments("type-change", ERROR, "$.defs.a", "'a': {'type': 'token'}", "'a': {'type': 'string'}"),
                arguments(
                        "type-change",
                        ERROR,
                        "$.defs.main",
                        "'main': {'type': 'query'}",
                        "'main': {'type': 'procedure'}"),
                arguments(
                        "type-change",
                        ERROR,
                        field,
                        object("'x': {'type': 'string'}", ""),
                        object("'x': {'type': 'integer'}", "")),
                arguments(
                        "type-change",
                        ERROR,
                        field + ".items",
                        object("'x': {'type': 'array', 'items': {'type': 'string'}}", ""),
                        object("'x': {'type': 'array', 'items': {'type': 'bytes'}}", "")),
                arguments("record-key-type", ERROR, "$.defs.main.key", record("tid"), record("any")),
                arguments("field-added", NOTE, field, object("", ""), object("'x': {'type': 'string'}", "")),
                arguments("field-added", ERROR, field, object("", ""), object("'x': {'type': 'string'}", "'x'")),
                arguments("field-removed", WARNING, field, object("'x': {'type': 'string'}", ""), object("", "")),
                arguments("field-removed", ERROR, field, object("'x': {'type': 'string'}", "'x'"), object("", "")),
                arguments(
                        "field-required",
                        ERROR,
                        field,
                        object("'x': {'type': 'string'}", ""),
                        object("'x': {'type': 'string'}", "'x'")),
                arguments(
                        "field-required",
                        ERROR,
                        field,
                        object("'x': {'type': 'string'}", "'x'"),
                        object("'x': {'type': 'string'}", "")),
                arguments("field-nullable", ERROR, field, nullable(""), nullable("'x'")),
                arguments("field-nullable", ERROR, field, nullable("'x'"), nullable("")),
                arguments(
                        "const-value",
                        ERROR,
                        field + ".const",
                        object("'x': {'type': 'boolean', 'const': true}", ""),
                        object("'x': {'type': 'boolean'}", "")),
                arguments("const-value", ERROR, field + ".const", integer("'const': 1"), integer("'const': 2")),
                arguments("const-value", ERROR, field + ".const", string("'const': 'a'"), string("'const': 'b'")),
                arguments(
                        "default-value", NOTE, field + ".default", string("'default': 'a'"), string("'default': 'b'")),
                arguments("default-value", NOTE, field + ".default", integer(""), integer("'default': 2")),
                arguments("enum-values", ERROR, field + ".enum", string("'enum': ['a']"), string("'enum': ['a', 'b']")),
                arguments("enum-values", ERROR, field + ".enum", integer("'enum': [1]"), integer("'enum': [2]")),
                arguments(
                        "known-values",
                        NOTE,
                        field + ".knownValues",
                        string("'knownValues': ['a']"),
                        string("'knownValues': ['b']")),
                arguments(
                        "string-format",
                        ERROR,
                        field + ".format",
                        string("'format': 'did'"),
                        string("'format': 'handle'")),
                arguments(
                        "string-length",
                        ERROR,
                        field + ".maxLength",
                        string("'maxLength': 10"),
                        string("'maxLength': 9")),
                arguments("string-length", ERROR, field + ".maxGraphemes", string(""), string("'maxGraphemes': 9")),
                arguments(
                        "string-length",
                        WARNING,
                        field + ".minGraphemes",
                        string("'minGraphemes': 2"),
                        string("'minGraphemes': 1")),
                arguments("string-length", WARNING, field + ".minLength", string("'minLength': 2"), string("")),
                arguments("integer-range", ERROR, field + ".minimum", integer("'minimum': 1"), integer("'minimum': 2")),
                arguments(
                        "integer-range", WARNING, field + ".maximum", integer("'maximum': 1"), integer("'maximum': 2")),
                arguments(
                        "bytes-length",
                        ERROR,
                        field + ".maxLength",
                        object("'x': {'type': 'bytes'}", ""),
                        object("'x': {'type': 'bytes', 'maxLength': 5}", "")),
                arguments(
                        "array-length",
                        WARNING,
                        field + ".maxLength",
                        array("'maxLength': 5"),
                        array("'maxLength': 6")),
                arguments(
                        "blob-accept",
                        WARNING,
                        field + ".accept",
                        blob("'accept': ['image/png']"),
                        blob("'accept': ['image/*', 'image/png']")),
                arguments("blob-accept", WARNING, field + ".accept", blob("'accept': ['image/png']"), blob("")),
                arguments("blob-accept", ERROR, field + ".accept", blob(""), blob("'accept': ['image/png']")),
                arguments("blob-size", ERROR, field + ".maxSize", blob("'maxSize': 2"), blob("'maxSize': 1")),
                arguments("ref-change", ERROR, field + ".ref", ref("#a", "a"), ref("#b", "a")),
                arguments("ref-change", WARNING, field + ".ref", ref("#a", "b"), ref("#b", "b")),
                arguments("union-open-closed", ERROR, field + ".closed", union(false, "#a"), union(true, "#a")),
                arguments("union-closed-refs", ERROR, field + ".refs", union(true, "#a"), union(true, "#a', '#b")),
                arguments("union-variant-added", NOTE, field + ".refs", union(false, "#a"), union(false, "#a', '#b")),
                arguments(
                        "union-variant-removed",
                        WARNING,
                        field + ".refs",
                        union(false, "#a', '#b"),
                        union(false, "#b")),
                arguments(
                        "field-added",
                        ERROR,
                        "$.defs.main.parameters.properties.q",
                        "'main': {'type': 'query'}",
                        "'main': {'type': 'query', 'parameters': {'type': 'params', 'required': ['q'], 'properties': {'q': {'type': 'string'}}}}"),
                arguments(
                        "body-added",
                        ERROR,
                        "$.defs.main.input",
                        "'main': {'type': 'procedure'}",
                        body("input", "a/b", "")),
                arguments(
                        "body-removed",
                        ERROR,
                        "$.defs.main.input",
                        body("input", "a/b", ""),
                        "'main': {'type': 'procedure'}"),
                arguments(
                        "body-added",
                        NOTE,
                        "$.defs.main.output",
                        "'main': {'type': 'procedure'}",
                        body("output", "a/b", "")),
                arguments(
                        "body-removed",
                        ERROR,
                        "$.defs.main.output",
                        body("output", "a/b", ""),
                        "'main': {'type': 'procedure'}"),
                arguments(
                        "body-encoding",
                        ERROR,
                        "$.defs.main.output.encoding",
                        body("output", "a/b", ""),
                        body("output", "a/c", "")),
                arguments(
                        "schema-added",
                        WARNING,
                        "$.defs.main.output.schema",
                        body("output", "a/b", ""),
                        body("output", "a/b", "{'type': 'object', 'properties': {}}")),
                arguments(
                        "schema-removed",
                        ERROR,
                        "$.defs.main.output.schema",
                        body("output", "a/b", "{'type': 'object', 'properties': {}}"),
                        body("output", "a/b", "")),
                arguments("error-added", NOTE, "$.defs.main.errors", errors("'A'"), errors("'A', 'B'")),
                arguments("error-removed", WARNING, "$.defs.main.errors", errors("'A'"), errors("")),
                arguments(
                        "union-variant-added",
                        NOTE,
                        "$.defs.main.message.schema.refs",
                        messages("'#a'"),
                        messages("'#a', '#b'")),
                arguments(
                        "permissions",
                        WARNING,
                        "$.defs.main.permissions",
                        permissions("com.example.a"),
                        permissions("com.example.b")));
    }

    @Test
    void whatOnlyReadsDifferentlyIsTheSame() {
        var before = doc(object("'x': {'type': 'string', 'description': 'old'}, 'y': {'type': 'bytes'}", "'x', 'y'"));
        var after = doc(object("'y': {'type': 'bytes'}, 'x': {'type': 'string', 'description': 'new'}", "'y', 'x'"));

        assertThat(LexiconDiff.compare(before, after)).isEmpty();
    }

    @Test
    void documentsComeAndGo() {
        LexiconDoc one = Documents.document("com.example.one", "'a': {'type': 'token'}");
        LexiconDoc two = Documents.document("com.example.two", "'a': {'type': 'token'}");

        assertThat(LexiconDiff.compare(List.of(one), List.of(two)))
                .extracting(Finding::rule, Finding::severity, Finding::document, Finding::path)
                .containsExactly(
                        tuple("document-removed", ERROR, "com.example.one", "$"),
                        tuple("document-added", NOTE, "com.example.two", "$"));
    }

    @Test
    void aRevisionCountsUp() {
        assertThat(LexiconDiff.compare(revision("2"), revision("1")))
                .extracting(Finding::rule, Finding::path)
                .containsExactly(tuple("revision-lower", "$.revision"));
        assertThat(LexiconDiff.compare(revision("1"), revision("2"))).isEmpty();
    }

    @Test
    void saysWhatAFieldMayHaveBeenRenamedTo() {
        var findings = LexiconDiff.compare(
                doc(object("'old': {'type': 'string'}", "'old'")), doc(object("'fresh': {'type': 'string'}", "")));

        assertThat(findings.get(0).message()).endsWith("if fresh is its new name: fields cannot be renamed");
    }

    @Test
    void definitionsInALoopEnd() {
        String loop = "'a': {'type': 'object', 'properties': {'x': {'type': 'ref', 'ref': '#a'}}}";

        assertThat(LexiconDiff.compare(doc(loop), doc(loop))).isEmpty();
    }

    @Test
    void twoDocumentsAreNoVersions() {
        LexiconDoc one = Documents.document("com.example.one", "'a': {'type': 'token'}");
        LexiconDoc two = Documents.document("com.example.two", "'a': {'type': 'token'}");

        assertThatThrownBy(() -> LexiconDiff.compare(one, two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("these are two documents, not versions of one: com.example.one and com.example.two");
        assertThatThrownBy(() -> LexiconDiff.compare(List.of(one, one), List.of()))
                .hasMessage("two documents have the NSID com.example.one");
    }

    private static LexiconDoc doc(String defs) {
        return Documents.document(ID, defs);
    }

    private static LexiconDoc revision(String number) {
        String json = """
                {"lexicon": 1, "id": "com.example.thing", "revision": %s, "defs": {"a": {"type": "token"}}}""".formatted(number);
        return LexiconReader.parse(json.getBytes(StandardCharsets.UTF_8), ID);
    }

    private static String object(String properties, String required) {
        return "'main': {'type': 'object', 'required': [%s], 'properties': {%s}}".formatted(required, properties);
    }

    private static String nullable(String names) {
        return "'main': {'type': 'object', 'nullable': [%s], 'properties': {'x': {'type': 'string'}}}".formatted(names);
    }

    private static String string(String fields) {
        return of("string", fields);
    }

    private static String integer(String fields) {
        return of("integer", fields);
    }

    private static String blob(String fields) {
        return of("blob", fields);
    }

    private static String array(String fields) {
        return of("array', 'items': {'type': 'string'}, 'description': '", fields);
    }

    private static String of(String type, String fields) {
        return object("'x': {'type': '%s'%s}".formatted(type, fields.isEmpty() ? "" : ", " + fields), "");
    }

    private static String ref(String target, String like) {
        return object("'x': {'type': 'ref', 'ref': '%s'}".formatted(target), "")
                + ", 'a': {'type': 'object', 'properties': {'a': {'type': 'string'}}}"
                + ", 'b': {'type': 'object', 'properties': {'%s': {'type': 'string'}}}"
                        .formatted(like.equals("b") ? "a" : "b");
    }

    private static String union(boolean closed, String refs) {
        return object("'x': {'type': 'union', 'refs': ['%s'], 'closed': %s}".formatted(refs, closed), "");
    }

    private static String record(String key) {
        return "'main': {'type': 'record', 'key': '%s', 'record': {'type': 'object', 'properties': {}}}".formatted(key);
    }

    private static String body(String which, String encoding, String schema) {
        return "'main': {'type': 'procedure', '%s': {'encoding': '%s'%s}}"
                .formatted(which, encoding, schema.isEmpty() ? "" : ", 'schema': " + schema);
    }

    private static String errors(String names) {
        return "'main': {'type': 'query', 'errors': [%s]}".formatted(names.replaceAll("'\\w'", "{'name': $0}"));
    }

    private static String messages(String refs) {
        return "'main': {'type': 'subscription', 'message': {'schema': {'type': 'union', 'refs': [%s]}}}"
                .formatted(refs);
    }

    private static String permissions(String nsid) {
        return "'main': {'type': 'permission-set', 'permissions': [{'type': 'permission', 'resource': 'repo', 'collection': ['%s']}]}"
                .formatted(nsid);
    }
}
