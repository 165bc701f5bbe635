// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Laws of the reader and the validator, over schemas and values by chance. */
class SchemaValuesTest {

    private static final int SCHEMAS = 60;
    private static final int VALUES = 8;

    @Test
    void whatIsMadeOfASchemaIsValid() {
        for (int seed = 0; seed < SCHEMAS; seed++) {
            Lexicons lexicons = lexicons(seed);
            Validator strict = Validator.strict(lexicons);
            Validator lenient = Validator.lenient(lexicons);
            var values = new SchemaValues(lexicons, seed);
            for (DefRef ref : data(lexicons)) {
                LexValue value = values.of(ref);
                assertThat(strict.def(ref, value))
                        .as("seed %d, %s, %s", seed, ref, value)
                        .isEmpty();
                assertThat(lenient.def(ref, value))
                        .as("seed %d, %s, %s", seed, ref, value)
                        .isEmpty();
                assertThat(strict.def(ref, values.shuffled(value))).isEmpty();
                assertThat(LexJson.parse(LexJson.write(value))).isEqualTo(value);
            }
        }
    }

    @Test
    void whatIsChangedByChanceIsJudgedAlikeWhereverItsFieldsStand() {
        Set<String> rules = new HashSet<>();
        for (int seed = 0; seed < SCHEMAS; seed++) {
            Lexicons lexicons = lexicons(seed);
            Validator strict = Validator.strict(lexicons);
            Validator lenient = Validator.lenient(lexicons);
            var values = new SchemaValues(lexicons, seed);
            for (DefRef ref : data(lexicons)) {
                for (int i = 0; i < VALUES; i++) {
                    LexValue value = values.mutated(values.of(ref));
                    List<Violation> violations = strict.def(ref, value);
                    violations.forEach(v -> rules.add(v.rule()));
                    Object[] at = {seed, ref, value};
                    assertThat(strict.def(ref, values.shuffled(value)))
                            .as("seed %d, %s, %s", at)
                            .containsExactlyInAnyOrderElementsOf(violations);
                    assertThat(strict.firstOnly().def(ref, value))
                            .as("seed %d, %s, %s", at)
                            .isEqualTo(violations.subList(0, Math.min(1, violations.size())));
                    if (violations.isEmpty()) {
                        assertThat(lenient.def(ref, value))
                                .as("seed %d, %s, %s", at)
                                .isEmpty();
                    }
                }
            }
        }
        // The values have to reach every rule, else the law says little.
        assertThat(rules)
                .contains(
                        "kind",
                        "required",
                        "null",
                        "const",
                        "enum",
                        "minimum",
                        "maximum",
                        "min-length",
                        "max-length",
                        "min-graphemes",
                        "max-graphemes",
                        "format",
                        "type",
                        "blob",
                        "accept");
    }

    static Lexicons lexicons(long seed) {
        var documents = new ArrayList<LexiconDoc>();
        new RandomLexicons(seed).documents().forEach(tree -> documents.add(LexiconReader.parse(tree, "seed " + seed)));
        return Lexicons.of(documents);
    }

    static List<DefRef> data(Lexicons lexicons) {
        return lexicons.names().stream()
                .flatMap(id ->
                        lexicons.find(id).orElseThrow().defs().keySet().stream().map(name -> new DefRef(id, name)))
                .toList();
    }
}
