// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.lexicon.Def.ProcedureDef;
import dev.atp4j.lexicon.Def.QueryDef;
import dev.atp4j.lexicon.Def.RecordDef;
import dev.atp4j.lexicon.Def.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexiconReaderTest {

    private static final String FILE = "lexicons/com/example/mood.json";

    @Test
    void readsARecordWithEverythingInOrder() {
        LexiconDoc doc = parse("""
                {"lexicon": 1, "revision": 3, "id": "com.example.mood", "description": "A mood.", "defs": {
                  "main": {"type": "record", "key": "tid", "record": {"type": "object",
                    "required": ["text"], "nullable": ["other"],
                    "properties": {
                      "text": {"type": "string", "maxLength": 300, "maxGraphemes": 30, "knownValues": ["good"]},
                      "other": {"type": "ref", "ref": "#other"},
                      "any": {"type": "union", "refs": ["#other", "com.example.defs", "com.example.defs#x"]},
                      "many": {"type": "array", "items": {"type": "integer", "minimum": 1}, "maxLength": 5}}}},
                  "other": {"type": "object", "properties": {}}}}
                """);

        assertThat(doc.id()).hasToString("com.example.mood");
        assertThat(doc.revision()).hasValue(3);
        assertThat(doc.defs()).containsOnlyKeys("main", "other");
        RecordDef main = (RecordDef) doc.main().orElseThrow();
        assertThat(main.key()).isEqualTo("tid");
        assertThat(main.value().properties().keySet()).containsExactly("text", "other", "any", "many");
        assertThat(main.value().required()).containsExactly("text");
        assertThat(main.value().nullable()).containsExactly("other");
        assertThat(main.value().properties().get("other"))
                .isEqualTo(new Schema.RefSchema(null, new DefRef(doc.id(), "other")));
        assertThat(((Schema.UnionSchema) main.value().properties().get("any")).variants())
                .extracting(DefRef::toString)
                .containsExactly("com.example.mood#other", "com.example.defs", "com.example.defs#x");
        assertThat(((Schema.ArraySchema) main.value().properties().get("many")).items())
                .isEqualTo(new Schema.IntegerSchema(null, 1L, null, List.of(), null, null));
    }

    @Test
    void readsMethods() {
        QueryDef query = (QueryDef) main("""
                {"type": "query", "parameters": {"type": "params", "required": ["actor"], "properties": {
                  "actor": {"type": "string", "format": "at-identifier"},
                  "tags": {"type": "array", "items": {"type": "string"}}}},
                 "output": {"encoding": "application/json", "schema": {"type": "ref", "ref": "#view"}},
                 "errors": [{"name": "NotFound", "description": "No such actor."}]}
                """);
        ProcedureDef procedure =
                (ProcedureDef) main("{\"type\": \"procedure\", \"input\": {\"encoding\": \"text/javascript\"}}");

        assertThat(query.params()).isNotNull();
        assertThat(query.params().properties()).containsOnlyKeys("actor", "tags");
        assertThat(query.output()).isNotNull();
        assertThat(query.output().encoding()).isEqualTo("application/json");
        assertThat(query.errors()).containsExactly(new Def.ErrorName("NotFound", "No such actor."));
        assertThat(procedure.input()).isEqualTo(new Def.Body(null, "text/javascript", null));
        assertThat(procedure.output()).isNull();
    }

    @Test
    void readsPermissionSetsWithResourcesNobodyKnows() {
        Def.PermissionSetDef set = (Def.PermissionSetDef) main("""
                {"type": "permission-set", "title": "Moods", "title:lang": {"de": "Launen"}, "permissions": [
                  {"type": "permission", "resource": "repo", "collection": ["com.example.mood"]},
                  {"type": "permission", "resource": "weather", "mild": true}]}
                """);

        assertThat(set.titles()).containsEntry("de", "Launen");
        assertThat(set.permissions()).extracting(Def.Permission::resource).containsExactly("repo", "weather");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            {"type": "record", "record": {"type": "object", "properties": {}}} => $.defs.main => field-missing
            {"type": "record", "key": "self", "record": {"type": "object", "properties": {}}} => $.defs.main.key => record-key
            {"type": "record", "key": "literal:", "record": {"type": "object", "properties": {}}} => $.defs.main.key => record-key
            {"type": "record", "key": "tid", "record": {"type": "string"}} => $.defs.main.record => type-misplaced
            {"type": "ref", "ref": "#x"} => $.defs.main => type-misplaced
            {"type": "unknown"} => $.defs.main => type-misplaced
            {"type": "struct"} => $.defs.main.type => type
            {"type": 1} => $.defs.main.type => field-kind
            {} => $.defs.main => field-missing
            "text" => $.defs.main => field-kind
            {"type": "object"} => $.defs.main => field-missing
            {"type": "object", "properties": {"a": {"type": "object", "properties": {}}}} => $.defs.main.properties.a => type-misplaced
            {"type": "object", "properties": {"a": {"type": "null"}}} => $.defs.main.properties.a.type => type
            {"type": "object", "properties": {"a": {"type": "token"}}} => $.defs.main.properties.a => type-misplaced
            {"type": "object", "properties": {"a": {"type": "ref", "ref": "#"}}} => $.defs.main.properties.a.ref => reference
            {"type": "object", "properties": {"a": {"type": "ref", "ref": "post"}}} => $.defs.main.properties.a.ref => reference
            {"type": "object", "properties": {"a": {"type": "ref"}}} => $.defs.main.properties.a => field-missing
            {"type": "object", "properties": {"a": {"type": "union", "refs": ["a b"]}}} => $.defs.main.properties.a.refs => reference
            {"type": "object", "properties": {"a": {"type": "union", "refs": [], "closed": true}}} => $.defs.main.properties.a.refs => empty
            {"type": "object", "properties": {"a": {"type": "array"}}} => $.defs.main.properties.a => field-missing
            {"type": "object", "properties": {"a": {"type": "array", "items": {"type": "array", "items": {"type": "string"}}}}} => $.defs.main.properties.a.items => type-misplaced
            {"type": "object", "properties": {}, "required": ["b"]} => $.defs.main.required => name-undefined
            {"type": "object", "properties": {}, "nullable": ["b"]} => $.defs.main.nullable => name-undefined
            {"type": "object", "properties": {}, "required": [1]} => $.defs.main.required[0] => field-kind
            {"type": "integer", "minimum": 2, "maximum": 1} => $.defs.main => range
            {"type": "string", "minLength": 2, "maxLength": 1} => $.defs.main => range
            {"type": "string", "minGraphemes": 2, "maxGraphemes": 1} => $.defs.main => range
            {"type": "string", "maxLength": -1} => $.defs.main.maxLength => field-kind
            {"type": "string", "const": "a", "default": "b"} => $.defs.main => const-default
            {"type": "string", "format": "color"} => $.defs.main.format => format
            {"type": "string", "enum": "a"} => $.defs.main.enum => field-kind
            {"type": "boolean", "default": "true"} => $.defs.main.default => field-kind
            {"type": "bytes", "maxLength": "5"} => $.defs.main.maxLength => field-kind
            {"type": "blob", "accept": ["image/*", 1]} => $.defs.main.accept[1] => field-kind
            {"type": "query", "parameters": {"type": "object", "properties": {}}} => $.defs.main.parameters => type-misplaced
            {"type": "query", "parameters": {"type": "params", "properties": {"a": {"type": "unknown"}}}} => $.defs.main.parameters.properties.a => type-misplaced
            {"type": "query", "output": {"schema": {"type": "object", "properties": {}}}} => $.defs.main.output => field-missing
            {"type": "query", "output": {"encoding": "text/plain; charset=utf-8"}} => $.defs.main.output.encoding => encoding
            {"type": "query", "output": {"encoding": "a/b,c/d"}} => $.defs.main.output.encoding => encoding
            {"type": "query", "output": {"encoding": "application/json", "schema": {"type": "string"}}} => $.defs.main.output.schema => type-misplaced
            {"type": "query", "errors": [{"name": "Not Found"}]} => $.defs.main.errors[0].name => error-name
            {"type": "query", "errors": [{}]} => $.defs.main.errors[0] => field-missing
            {"type": "subscription"} => $.defs.main => field-missing
            {"type": "subscription", "message": {"schema": {"type": "object", "properties": {}}}} => $.defs.main.message.schema => type-misplaced
            {"type": "permission-set"} => $.defs.main => field-missing
            {"type": "permission-set", "permissions": [{"type": "permission"}]} => $.defs.main.permissions[0] => field-missing
            {"type": "permission-set", "permissions": [{"type": "string", "resource": "repo"}]} => $.defs.main.permissions[0].type => type
            {"type": "permission-set", "permissions": [], "title:lang": {"not a tag": "x"}} => $.defs.main.title:lang.not a tag => language
            """)
    void namesFilePathAndRuleOfWhatADefinitionMayNotBe(String def, String path, String rule) {
        LexiconException refused = refusal(document(def));

        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.source()).isEqualTo(FILE);
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.rule()).isEqualTo(rule);
        });
        assertThat(refused).hasMessageContaining(FILE + " " + path).hasMessageContaining("[" + rule + "]");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            {"lexicon": 1, "id" => $ => json
            [] => $ => json
            {"lexicon": 1, "id": "com.example.a", "id": "com.example.b", "defs": {}} => $.id => json
            {"lexicon": 2, "id": "com.example.mood", "defs": {"a": {"type": "token"}}} => $.lexicon => version
            {"id": "com.example.mood", "defs": {"a": {"type": "token"}}} => $ => field-missing
            {"lexicon": 1, "id": "mood", "defs": {"a": {"type": "token"}}} => $.id => id
            {"lexicon": 1, "defs": {"a": {"type": "token"}}} => $ => field-missing
            {"lexicon": 1, "id": "com.example.mood"} => $ => field-missing
            {"lexicon": 1, "id": "com.example.mood", "defs": []} => $.defs => field-kind
            {"lexicon": 1, "id": "com.example.mood", "defs": {}} => $.defs => empty
            {"lexicon": 1, "id": "com.example.mood", "defs": {"a": {"type": "query"}}} => $.defs.a => primary-not-main
            {"lexicon": 1, "id": "com.example.mood", "description": 1, "defs": {"a": {"type": "token"}}} => $.description => field-kind
            """)
    void namesFilePathAndRuleOfWhatADocumentMayNotBe(String json, String path, String rule) {
        assertThat(refusal(json).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.source()).isEqualTo(FILE);
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.rule()).isEqualTo(rule);
        });
    }

    @Test
    void listsAllProblemsOfADocument() {
        LexiconException refused = refusal(document("""
                {"type": "object", "required": ["z"], "properties": {
                  "a": {"type": "string", "maxLength": "5"}, "b": {"type": "nothing"}, "c": {"type": "ref", "ref": "#"}}}
                """));

        assertThat(refused.problems())
                .extracting(LexiconProblem::path)
                .containsExactly(
                        "$.defs.main.properties.a.maxLength",
                        "$.defs.main.properties.b.type",
                        "$.defs.main.properties.c.ref",
                        "$.defs.main.required");
        assertThat(refused.getMessage().lines()).hasSize(4);
    }

    @Test
    void refusesTypesThatAreNestedWithoutEnd() {
        String deep = "{\"type\": \"array\", \"items\": ".repeat(300) + "{\"type\": \"string\"}" + "}".repeat(300);

        LexiconReader.Reading reading =
                lenient(document("{\"type\": \"object\", \"properties\": {\"a\": " + deep + "}}"));

        assertThat(reading.problems()).extracting(LexiconProblem::rule).contains("too-deep");
        assertThat(((Schema.ObjectSchema) reading.doc().main().orElseThrow()).properties())
                .isEmpty();
    }

    @Test
    void aLenientReaderTellsOfJsonThatAStrictOneRefuses() {
        LexiconReader.Reading reading = lenient(
                "{\"lexicon\": 1, \"id\": \"com.example.a\", \"defs\": {\"main\": {\"type\": \"token\"}}, \"x\": 1.5}");

        assertThat(reading.doc().defs()).containsKey("main");
        assertThat(reading.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.rule()).isEqualTo("json");
            assertThat(problem.path()).isEqualTo("$.x");
        });
    }

    @Test
    void aLenientReaderKeepsWhatMakesSense() {
        LexiconReader.Reading reading = lenient("""
                {"lexicon": 1, "id": "com.example.2048.tomo-x.Game", "defs": {
                  "main": {"type": "record", "record": {"type": "object", "properties": {
                    "public": {"type": "boolean"}, "enum": {"type": "string"}, "snake_case": {"type": "integer"},
                    "with-hyphen": {"type": "string", "format": "colour"},
                    "inner": {"type": "object", "properties": {"a": {"type": "integer"}}},
                    "nothing": {"type": "null"}},
                    "required": ["public", "nothing"]}},
                  "cc-by_4__0": {"type": "token"}, "PII": {"type": "token"},
                  "anything": {"type": "unknown"},
                  "broken": {"type": "array"}}}
                """);

        LexiconDoc doc = reading.doc();
        assertThat(doc.defs()).containsOnlyKeys("main", "cc-by_4__0", "PII", "anything");
        RecordDef main = (RecordDef) doc.main().orElseThrow();
        assertThat(main.key()).isNull();
        assertThat(main.value().properties()).containsOnlyKeys("public", "enum", "snake_case", "with-hyphen", "inner");
        assertThat(main.value().required()).containsExactly("public");
        assertThat(main.value().properties().get("inner")).isInstanceOf(Schema.ObjectSchema.class);
        assertThat(reading.problems())
                .extracting(LexiconProblem::rule)
                .containsExactly(
                        "field-missing", "format", "type-misplaced", "type", "type-misplaced", "field-missing");
    }

    @Test
    void aLenientReaderReadsObjectsThatDoNotSayWhatTheyAre() {
        LexiconReader.Reading reading = lenient(document("""
                {"type": "record", "key": "literal:demo", "record": {"properties": {"a": {"type": "integer"}}}}
                """));

        assertThat(reading.doc().main()).get().isInstanceOf(RecordDef.class);
        assertThat(reading.problems())
                .singleElement()
                .extracting(LexiconProblem::path)
                .isEqualTo("$.defs.main.record");
    }

    private static String document(String main) {
        return "{\"lexicon\": 1, \"id\": \"com.example.mood\", \"defs\": {\"main\": " + main + "}}";
    }

    private static Def main(String main) {
        return parse(document(main)).main().orElseThrow();
    }

    private static LexiconDoc parse(String json) {
        return LexiconReader.parse(json.getBytes(StandardCharsets.UTF_8), FILE);
    }

    private static LexiconReader.Reading lenient(String json) {
        return LexiconReader.parseLenient(json.getBytes(StandardCharsets.UTF_8), FILE);
    }

    private static LexiconException refusal(String json) {
        return catchThrowableOfType(LexiconException.class, () -> parse(json));
    }
}
