// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.lexicon.Lexicons;
import dev.atp4j.lexicon.TextValues;
import dev.atp4j.lexicon.Validator;
import dev.atp4j.lexicon.Violation;
import dev.atp4j.syntax.Nsid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What people write as {@code name=value} on a command line: each is a value of a name that the lexicon knows or a violation, no
 * text is lost, texts stay as they are, and no violation shows a value.
 */
final class ArgumentsTarget implements Target {

    private static final Nsid SEARCH = Nsid.parse("app.bsky.feed.searchPosts");
    private static final Nsid CREATE = Nsid.parse("com.atproto.server.createSession");

    private final Lexicons lexicons = Lexicons.onClassPath(ArgumentsTarget.class.getClassLoader());
    private final TextValues texts = new TextValues(lexicons);
    private final Validator validator = Validator.strict(lexicons);

    @Override
    public void accept(byte[] input) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (String line : Text.of(input).split("\n", 1_000)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                pairs.add(Map.entry(line.substring(0, equals), line.substring(equals + 1)));
            }
        }
        TextValues.Reading params = texts.params(SEARCH, pairs);
        check(params, pairs);
        validator.params(SEARCH, params.value());
        TextValues.Reading login = texts.input(CREATE, pairs);
        check(login, pairs);
        List<Map.Entry<String, String>> secrets = pairs.stream()
                .map(pair -> Map.entry(Planted.without(pair.getKey()), Must.SECRET))
                .toList();
        for (Violation violation : texts.input(CREATE, secrets).violations()) {
            Must.hide(violation.toString());
        }
    }

    private static void check(TextValues.Reading reading, List<Map.Entry<String, String>> pairs) {
        int values = reading.value().fields().values().stream()
                .mapToInt(value -> value instanceof LexList list ? list.size() : 1)
                .sum();
        Must.agree(values + reading.violations().size(), pairs.size(), "values and violations, and texts");
        for (Map.Entry<String, LexValue> field : reading.value().fields().entrySet()) {
            if (field.getValue() instanceof LexString text) {
                Must.hold(pairs.contains(Map.entry(field.getKey(), text.value())), "a text stays as it is");
            }
        }
    }
}
