// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.data.DagCbor;
import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexValue;
import dev.atp4j.syntax.Cid;
import java.util.Arrays;

/**
 * DAG-CBOR, which has one form for each value: what is read is written with the same bytes, so its CID stays the same; and in
 * JSON it says the same.
 */
final class CborTarget implements Target {

    @Override
    public void accept(byte[] input) {
        LexValue value;
        try {
            value = DagCbor.read(input);
        } catch (DataException e) {
            return;
        }
        Must.hold(Arrays.equals(DagCbor.write(value), input), "what was read is written with the same bytes");
        Must.agree(DagCbor.cid(value), Cid.ofDagCbor(input), "the CID of the value and of its bytes");
        LexValue again = LexJson.parseLenient(LexJson.write(value));
        Must.hold(
                again.equals(value) && Arrays.equals(DagCbor.write(again), input) || looksLikeJson(value),
                "what was read says the same by way of JSON");
    }

    /** A map with the name of a link in it reads as what it looks like, which JSON cannot tell apart. */
    private static boolean looksLikeJson(LexValue value) {
        String json = LexJson.toString(value);
        return json.contains("{\"$link\":") || json.contains("{\"$bytes\":");
    }
}
