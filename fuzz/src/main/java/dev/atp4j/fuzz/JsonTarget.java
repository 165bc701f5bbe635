// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.data.DataException;
import dev.atp4j.data.DataException.Kind;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * JSON, read strictly, leniently, and by another library: what the strict reader takes, the lenient one takes for the same; what
 * is JSON and what it says is what the other library finds; what was read is written and read as the same again; and nothing is
 * thrown but {@link DataException}.
 */
final class JsonTarget implements Target {

    @Override
    public void accept(byte[] input) {
        LexValue lenient = null;
        @Nullable Kind refused = null;
        try {
            lenient = LexJson.parseLenient(input);
        } catch (DataException e) {
            refused = e.kind();
        }
        try {
            Must.agree(LexJson.parse(input), lenient, "strict and lenient reading");
        } catch (DataException e) {
            // The strict reader refuses more.
        }
        if (lenient != null) {
            byte[] written = LexJson.write(lenient);
            Must.agree(LexJson.parseLenient(written), lenient, "what was written and what was read");
            Must.hold(
                    Arrays.equals(LexJson.write(LexJson.parseLenient(written)), written), "it is written alike again");
            Must.agree(
                    LexJson.toString(lenient).length(),
                    new String(written, StandardCharsets.UTF_8).length(),
                    "text and bytes");
        }
        if (refused != Kind.LIMIT) {
            compare(input, lenient);
        }
    }

    /** Compares with the other library where both promise the same. */
    private static void compare(byte[] input, @Nullable LexValue ours) {
        OtherJson.Reading theirs = OtherJson.read(input);
        if (theirs == null) {
            return;
        }
        Must.agree(ours != null, theirs.isJson(), "whether it is JSON, to us and to another library");
        if (ours != null && theirs.value() != null) {
            Must.agree(ours, theirs.value(), "what we and another library read");
        }
    }
}
