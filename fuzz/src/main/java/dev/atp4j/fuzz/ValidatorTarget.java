// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.lexicon.Lexicons;
import dev.atp4j.lexicon.Validator;
import dev.atp4j.lexicon.Violation;
import dev.atp4j.syntax.Nsid;
import java.util.List;

/**
 * Data against a published lexicon: the strict validator refuses whatever the lenient one refuses, both tell the same whether they
 * look for all violations or the first, and none shows a value.
 */
final class ValidatorTarget implements Target {

    private static final Nsid POST = Nsid.parse("app.bsky.feed.post");

    private final Lexicons lexicons = Lexicons.onClassPath(ValidatorTarget.class.getClassLoader());
    private final Validator strict = Validator.strict(lexicons);
    private final Validator lenient = Validator.lenient(lexicons);

    @Override
    public void accept(byte[] input) {
        LexMap record;
        try {
            record = LexJson.parseMapLenient(input);
        } catch (DataException e) {
            return;
        }
        List<Violation> all = strict.record(POST, record);
        Must.agree(
                strict.firstOnly().record(POST, record), all.stream().limit(1).toList(), "the first violation");
        Must.hold(
                !all.isEmpty() || lenient.record(POST, record).isEmpty(),
                "what is refused leniently is refused strictly");
        for (LexValue field : record.fields().values()) {
            strict.def(dev.atp4j.lexicon.DefRef.main(POST), field);
        }
    }
}
