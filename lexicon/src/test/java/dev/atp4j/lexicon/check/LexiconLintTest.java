// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.atp4j.lexicon.LexiconProblem;
import dev.atp4j.lexicon.check.Finding.Severity;
import dev.atp4j.syntax.Nsid;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LexiconLintTest {

    private static final String ID = "com.example.thing";
    private static final String SHARED =
            "'part': {'type': 'object', 'properties': {}}, 'sign': {'type': 'token', 'description': 'A sign.'}";

    @ParameterizedTest
    @MethodSource("cases")
    void everyRuleFindsItsPlace(String rule, String path, String defs) {
        var findings = check(defs);

        assertThat(findings).extracting(Finding::rule, Finding::path).containsExactly(tuple(rule, path));
        assertThat(findings).extracting(Finding::document).containsOnly(ID);
    }

    static Stream<Arguments> cases() {
        String field = "$.defs.main.properties.x";
        String inRecord = "$.defs.main.record.properties.x";
        return Stream.of(
                arguments("def-name-syntax", "$.defs.a-b", "'a-b': {'type': 'object', 'properties': {}}"),
                arguments(
                        "case-collision",
                        "$.defs.aB",
                        "'ab': {'type': 'object', 'properties': {}}, 'aB': {'type': 'object', 'properties': {}}"),
                arguments(
                        "case-collision",
                        "$.defs.main.properties.aB",
                        object("'ab': {'type': 'boolean'}, 'aB': {'type': 'boolean'}")),
                arguments(
                        "missing-primary-description",
                        "$.defs.main",
                        "'main': {'type': 'query', 'output': {'encoding': 'text/plain'}}"),
                arguments("undescribed-token", "$.defs.a", "'a': {'type': 'token'}"),
                arguments("field-name-syntax", "$.defs.main.properties.a_b", object("'a_b': {'type': 'boolean'}")),
                arguments("field-name-reserved", "$.defs.main.properties.$x", object("'$x': {'type': 'boolean'}")),
                arguments(
                        "nullable-and-optional",
                        field,
                        "'main': {'type': 'object', 'nullable': ['x'], 'properties': {'x': {'type': 'boolean'}}}"),
                arguments(
                        "required-with-default",
                        field,
                        "'main': {'type': 'object', 'required': ['x'], 'properties': {'x': {'type': 'boolean', 'default': true}}}"),
                arguments("unlimited-string", field, of("string", "")),
                arguments("large-string", field + ".maxLength", of("string", "'maxLength': 20481")),
                arguments("format-and-length", field, of("string", "'format': 'did', 'maxLength': 100")),
                arguments("graphemes-without-length", field, of("string", "'maxGraphemes': 10")),
                arguments(
                        "length-below-graphemes",
                        field + ".maxGraphemes",
                        of("string", "'maxGraphemes': 10, 'maxLength': 9")),
                arguments("handle-in-record", inRecord, record("'x': {'type': 'string', 'format': 'handle'}")),
                arguments("enum-closed", field + ".enum", of("string", "'enum': ['a']")),
                arguments(
                        "known-value-duplicate",
                        field + ".knownValues[1]",
                        of("string", "'maxLength': 9, 'knownValues': ['a', 'a']")),
                arguments(
                        "known-string-local-ref",
                        field + ".knownValues[0]",
                        of("string", "'maxLength': 9, 'knownValues': ['#a']")),
                arguments(
                        "known-value-undefined",
                        field + ".knownValues[1]",
                        of(
                                "string",
                                "'maxLength': 9, 'knownValues': ['com.example.defs#sign', 'com.example.defs#gone', 'com.other.defs#x']")),
                arguments("default-invalid", field + ".default", of("string", "'maxLength': 3, 'default': 'abcd'")),
                arguments("default-invalid", field + ".default", of("integer", "'enum': [1], 'default': 2")),
                arguments("default-invalid", field + ".default", of("integer", "'maximum': 1, 'default': 2")),
                arguments("unsafe-integer", field, of("integer", "'maximum': 9007199254740992")),
                arguments("unlimited-bytes", field, of("bytes", "")),
                arguments("large-bytes", field + ".maxLength", of("bytes", "'maxLength': 20481")),
                arguments("blob-unlimited", field, of("blob", "'accept': ['image/*']")),
                arguments("unlimited-array", inRecord, record("'x': {'type': 'array', 'items': {'type': 'boolean'}}")),
                arguments("unlimited-string", field + ".items", of("array", "'items': {'type': 'string'}")),
                arguments(
                        "union-closed",
                        field + ".closed",
                        of("union", "'refs': ['com.example.defs#part'], 'closed': true")),
                arguments("union-empty", field + ".refs", of("union", "'refs': []")),
                arguments(
                        "union-duplicate-ref",
                        field + ".refs[1]",
                        of("union", "'refs': ['com.example.defs#part', 'com.example.defs#part']")),
                arguments("union-target", field + ".refs[0]", of("union", "'refs': ['com.example.defs#sign']")),
                arguments("ref-target", field + ".ref", of("ref", "'ref': 'com.example.defs#sign'")),
                arguments("dangling-ref", field + ".ref", of("ref", "'ref': '#gone'")),
                arguments("ref-document-missing", field + ".ref", of("ref", "'ref': 'com.example.gone'")),
                arguments(
                        "endpoint-output-undefined",
                        "$.defs.main",
                        "'main': {'type': 'procedure', 'description': 'Does.'}"),
                arguments(
                        "cursor-not-returned",
                        "$.defs.main.output.schema",
                        "'main': {'type': 'query', 'description': 'Asks.', 'parameters': {'type': 'params', 'properties': {'cursor': {'type': 'string', 'maxLength': 9}}}, 'output': {'encoding': 'application/json', 'schema': {'type': 'object', 'properties': {}}}}"),
                arguments(
                        "error-duplicate",
                        "$.defs.main.errors[1]",
                        "'main': {'type': 'query', 'description': 'Asks.', 'output': {'encoding': 'text/plain'}, 'errors': [{'name': 'A'}, {'name': 'A'}]}"),
                arguments(
                        "unlimited-string",
                        "$.defs.main.input.schema.properties.x",
                        "'main': {'type': 'procedure', 'description': 'Does.', 'output': {'encoding': 'text/plain'}, 'input': {'encoding': 'application/json', 'schema': {'type': 'object', 'properties': {'x': {'type': 'string'}}}}}"),
                arguments(
                        "subscription-no-messages",
                        "$.defs.main.message",
                        "'main': {'type': 'subscription', 'description': 'Tells.', 'message': {'schema': {'type': 'union', 'refs': []}}}"),
                arguments(
                        "subscription-foreign-message",
                        "$.defs.main.message.schema",
                        "'main': {'type': 'subscription', 'description': 'Tells.', 'message': {'schema': {'type': 'union', 'refs': ['com.example.defs#part']}}}"),
                arguments(
                        "permissionset-no-title",
                        "$.defs.main",
                        set("'detail': 'D', ", "'resource': 'rpc', 'lxm': ['com.example.a']")),
                arguments(
                        "permissionset-no-detail",
                        "$.defs.main",
                        set("'title': 'T', ", "'resource': 'rpc', 'lxm': ['com.example.a']")),
                arguments(
                        "permissionset-no-permissions",
                        "$.defs.main",
                        "'main': {'type': 'permission-set', 'title': 'T', 'detail': 'D', 'permissions': []}"),
                arguments(
                        "permissionset-unknown-resource",
                        "$.defs.main.permissions[0].resource",
                        set("'title': 'T', 'detail': 'D', ", "'resource': 'blob'")),
                arguments(
                        "permissionset-outside-namespace",
                        "$.defs.main.permissions[0].lxm[1]",
                        set(
                                "'title': 'T', 'detail': 'D', ",
                                "'resource': 'rpc', 'lxm': ['com.example.a.b', 'com.exampl.a']")));
    }

    @Test
    void everyRuleHasATestHere() {
        var tested = new TreeSet<>(cases().map(row -> (String) row.get()[0]).toList());
        tested.addAll(List.of("defs-main-definition", "file-path"));

        assertThat(LexiconLint.rules()).isEqualTo(tested).hasSizeGreaterThan(40);
    }

    @Test
    void aDocumentOfSharedDefinitionsHasNoMain() {
        assertThat(LexiconLint.check(
                        List.of(Documents.reading("com.example.defs", "'main': {'type': 'object', 'properties': {}}"))))
                .extracting(Finding::rule, Finding::path)
                .containsExactly(tuple("defs-main-definition", "$.defs.main"));
    }

    @Test
    void aFileIsCalledAfterItsNsid() {
        Nsid id = Nsid.parse("com.example.feed.post");

        assertThat(LexiconLint.checkPath(id, "lexicons/com/example/feed/post.json"))
                .isEmpty();
        assertThat(LexiconLint.checkPath(id, "com.example.feed.post.json")).isEmpty();
        assertThat(LexiconLint.checkPath(id, "x/post.json"))
                .extracting(Finding::toString)
                .containsExactly("warning x/post.json $: the document is com.example.feed.post, so its file is"
                        + " com/example/feed/post.json [file-path]");
    }

    @Test
    void whatTheLanguageForbidsIsAnError() {
        var findings = check("'main': {'type': 'object', 'required': ['gone'], 'properties': {}}");

        assertThat(findings)
                .extracting(Finding::severity, Finding::rule, Finding::path)
                .containsExactly(tuple(Severity.ERROR, "name-undefined", "$.defs.main.required"));
    }

    @Test
    void aGoodDocumentHasNoFindings() {
        assertThat(check("""
                'main': {'type': 'record', 'key': 'tid', 'description': 'A thing.', 'record': {'type': 'object',
                  'required': ['text'], 'properties': {
                    'text': {'type': 'string', 'maxGraphemes': 300, 'maxLength': 3000},
                    'by': {'type': 'string', 'format': 'did'},
                    'part': {'type': 'ref', 'ref': 'com.example.defs#part'},
                    'parts': {'type': 'array', 'maxLength': 4, 'items': {'type': 'union', 'refs': ['com.example.defs#part']}}
                  }}}""")).isEmpty();
    }

    @Test
    void oddNamesAreSafeToPrint() {
        Finding finding =
                check("'a\\u001b[31m': {'type': 'object', 'properties': {}}").get(0);

        assertThat(finding.path()).isEqualTo("$.defs.a\uFFFD[31m");
        assertThat(LexiconLint.finding(new LexiconProblem("f", "$", "json", "m"))
                        .toString())
                .isEqualTo("error f $: m [json]");
    }

    private static List<Finding> check(String defs) {
        return LexiconLint.check(List.of(Documents.reading(ID, defs), Documents.reading("com.example.defs", SHARED)));
    }

    private static String object(String properties) {
        return "'main': {'type': 'object', 'properties': {%s}}".formatted(properties);
    }

    private static String of(String type, String fields) {
        return object("'x': {'type': '%s'%s}".formatted(type, fields.isEmpty() ? "" : ", " + fields));
    }

    private static String record(String properties) {
        return "'main': {'type': 'record', 'key': 'tid', 'description': 'A thing.', 'record': {'type': 'object', 'properties': {%s}}}"
                .formatted(properties);
    }

    private static String set(String fields, String permission) {
        return "'main': {'type': 'permission-set', %s'permissions': [{'type': 'permission', %s}]}"
                .formatted(fields, permission);
    }
}
