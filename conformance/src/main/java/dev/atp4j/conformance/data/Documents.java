// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import dev.atp4j.conformance.data.Beside.Group;
import dev.atp4j.data.DagCbor;
import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** JSON and DAG-CBOR, both ways. */
final class Documents {

    private static final HexFormat HEX = HexFormat.of();

    private Documents() {}

    static List<Group> groups(long seed) {
        return List.of(
                group(seed, "data to JSON, CBOR and CID", 20_000, (random, values) -> {
                    LexValue value = values.value(4);
                    return json(LexJson.toString(value));
                }),
                group(seed, "JSON to data", 20_000, (random, values) -> {
                    String json = LexJson.toString(values.value(3));
                    return json(new OddJson(random).damaged(json));
                }),
                group(seed, "CBOR to data", 20_000, (random, values) -> cbor(DagCbor.write(writable(values)))),
                group(seed, "damaged CBOR to data", 20_000, (random, values) -> {
                    byte[] cbor = DagCbor.write(writable(values));
                    return cbor(new OddCbor(random).damaged(cbor));
                }));
    }

    private interface Maker {
        Case make(Random random, Values values);
    }

    private static Group group(long seed, String id, int count, Maker maker) {
        Random random = Group.random(seed, id);
        var values = new Values(random);
        Supplier<Case> cases = () -> maker.make(random, values);
        return new Group(id, count, cases);
    }

    private static LexValue writable(Values values) {
        return values.map(3);
    }

    /** The same document is refused by both, or gives the same data, bytes and identifier. */
    private static Case json(String json) {
        return new Case(Peer.question("json", json), json, answer -> {
            LexValue value;
            byte[] cbor;
            try {
                value = LexJson.parse(json);
                cbor = DagCbor.write(value);
            } catch (DataException e) {
                return Case.ok(answer) ? weRefuse(e, json, answer) : Verdict.SAME;
            }
            if (!Case.ok(answer)) {
                return theyRefuse(value, Case.text(answer, "why"));
            }
            if (!HEX.formatHex(cbor).equals(Case.text(answer, "cbor"))) {
                return Verdict.different("CBOR: ours " + HEX.formatHex(cbor) + ", theirs " + Case.text(answer, "cbor"));
            }
            if (!DagCbor.cid(value).value().equals(Case.text(answer, "cid"))) {
                return Verdict.different("CID");
            }
            return Verdict.same("their JSON", value, LexJson.parse(Case.text(answer, "json")));
        });
    }

    private static Case cbor(byte[] cbor) {
        String hex = HEX.formatHex(cbor);
        return new Case(Peer.question("cbor", hex), hex, answer -> {
            LexValue value;
            try {
                value = DagCbor.read(cbor);
            } catch (DataException e) {
                return Case.ok(answer) ? weRefuseCbor(e, hex, answer) : Verdict.SAME;
            }
            if (!Case.ok(answer)) {
                return theyRefuse(value, Case.text(answer, "why"));
            }
            if (!Arrays.equals(DagCbor.write(value), cbor) || !hex.equals(Case.text(answer, "cbor"))) {
                return Verdict.different("written again: theirs " + Case.text(answer, "cbor"));
            }
            return answer.getString("json").isEmpty()
                    ? Verdict.SAME
                    : Verdict.same(
                            "their JSON",
                            value,
                            LexJson.parseLenient(Case.text(answer, "json").getBytes(StandardCharsets.UTF_8)));
        });
    }

    private static Verdict weRefuse(DataException e, String json, LexMap answer) {
        if (lastWins(json, answer)) {
            return Verdict.of(Known.SAME_NAME);
        }
        return switch (e.rule()) {
            case "the string has half a surrogate pair" -> Verdict.of(Known.SURROGATE);
            case "the name is empty" -> Verdict.of(Known.EMPTY_NAME);
            case "the number is no integer of 64 bits" ->
                json.matches("(?s).*(e-|\\.\\d{20}).*") ? Verdict.of(Known.ROUNDED) : weRefuse(e);
            case "the $bytes are no base64" -> Verdict.of(Known.BASE64);
            case "the $link is no CID", "the link is no CID in base32" -> Verdict.of(Known.CID_FORM);
            default ->
                e.kind() == DataException.Kind.JSON && hasHalves(json) ? Verdict.of(Known.SURROGATE) : weRefuse(e);
        };
    }

    /** Tells whether nothing is wrong once the last of several fields of one name has won. */
    private static boolean lastWins(String json, LexMap answer) {
        try {
            LexValue last = LexJson.parseLenient(json.getBytes(StandardCharsets.UTF_8));
            byte[] cbor = DagCbor.write(LexJson.parse(LexJson.write(last)));
            return HEX.formatHex(cbor).equals(Case.text(answer, "cbor"));
        } catch (DataException e) {
            return false;
        }
    }

    /** Tells whether there is half of a surrogate pair, as it is or escaped. */
    private static boolean hasHalves(String json) {
        return !StandardCharsets.UTF_8.newEncoder().canEncode(json) || json.matches("(?is).*\\\\u(d83d|de00).*");
    }

    private static Verdict weRefuse(DataException e) {
        return e.kind() == DataException.Kind.LIMIT
                ? Verdict.of(Known.LIMIT)
                : Verdict.different("we refuse: " + e.rule());
    }

    private static Verdict weRefuseCbor(DataException e, String hex, LexMap answer) {
        if (!hex.equals(Case.text(answer, "cbor"))) {
            return Verdict.of(Known.NOT_CANONICAL);
        }
        return switch (e.rule()) {
            case "the number is no integer of 64 bits" -> Verdict.of(Known.INTEGER_64);
            case "the name is empty" -> Verdict.of(Known.EMPTY_NAME);
            case "the link is no CID" -> Verdict.of(Known.CID_FORM);
            default -> weRefuse(e);
        };
    }

    private static Verdict theyRefuse(LexValue value, String why) {
        if (Values.any(value, Values::isUnsafe) && why.startsWith("Invalid non-integer number")) {
            return Verdict.of(Known.SAFE_INTEGER);
        }
        if (Values.hasName(value, "__proto__")) {
            return Verdict.of(Known.PROTO);
        }
        if (Values.any(value, Values::isOddBlob) && why.equals("Invalid blob object")) {
            return Verdict.of(Known.BLOB);
        }
        if (why.equals("Invalid $link object")
                && Values.any(
                        value,
                        each -> each instanceof LexLink link
                                && link.cid().value().length() > 128)) {
            return Verdict.of(Known.CID_TEXT);
        }
        return Verdict.different("they refuse: " + why);
    }
}
