// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import dev.atp4j.conformance.data.Beside.Group;
import dev.atp4j.data.LexMap;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.SyntaxException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** CIDs: of content, out of texts, out of bytes. */
final class Identifiers {

    private static final HexFormat HEX = HexFormat.of();

    private Identifiers() {}

    static List<Group> groups(long seed) {
        Random hashes = Group.random(seed, "CID of content");
        Random texts = Group.random(seed, "CID of text");
        Random bytes = Group.random(seed, "CID of bytes");
        return List.of(
                new Group("CID of content", 3_000, () -> hash(new Texts(hashes).bytes(hashes.nextInt(200)))),
                new Group("CID of text", 4_000, () -> text(new Texts(texts))),
                new Group("CID of bytes", 4_000, () -> bytes(new Texts(bytes), bytes)));
    }

    private static Case hash(byte[] content) {
        return new Case(Peer.question("hash", HEX.formatHex(content)), HEX.formatHex(content), answer -> {
            Verdict raw = Verdict.same("raw", Cid.ofRaw(content).value(), Case.text(answer, "raw"));
            return raw.equals(Verdict.SAME)
                    ? Verdict.same("CBOR", Cid.ofDagCbor(content).value(), Case.text(answer, "cbor"))
                    : raw;
        });
    }

    private static Case text(Texts texts) {
        String text = texts.pick(texts.cid(), texts.damaged(texts.cid()));
        return new Case(Peer.question("cid", text), "<" + text + ">", answer -> {
            byte[] bytes;
            try {
                bytes = Cid.parse(text).bytes();
            } catch (SyntaxException e) {
                return Case.ok(answer) ? weRefuse(e) : Verdict.SAME;
            }
            if (Case.ok(answer)) {
                return same(Cid.parse(text), HEX.formatHex(bytes), answer);
            }
            return text.length() > 128
                    ? Verdict.of(Known.CID_TEXT)
                    : Verdict.different("they refuse: " + Case.text(answer, "why"));
        });
    }

    private static Case bytes(Texts texts, Random random) {
        byte[] bytes = Cid.ofRaw(texts.bytes(3)).bytes();
        for (int damage = random.nextInt(3); damage > 0; damage--) {
            bytes[random.nextInt(5)] = texts.pick((byte) random.nextInt(256), (byte) 0x71, (byte) 0x12);
        }
        byte[] cut = random.nextInt(4) == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(40)) : bytes;
        String hex = HEX.formatHex(cut);
        return new Case(Peer.question("cidBytes", hex), hex, answer -> {
            Cid cid;
            try {
                cid = Cid.ofBytes(cut);
            } catch (SyntaxException e) {
                return Case.ok(answer) ? weRefuse(e) : Verdict.SAME;
            }
            return Case.ok(answer)
                    ? same(cid, hex, answer)
                    : Verdict.different("they refuse: " + Case.text(answer, "why"));
        });
    }

    private static Verdict weRefuse(SyntaxException e) {
        String message = String.valueOf(e.getMessage());
        return Stream.of("is not in base32", "is not of version 1", "is of version 0, which the protocol does not use")
                        .anyMatch(message::endsWith)
                ? Verdict.of(Known.CID_FORM)
                : Verdict.different("we refuse: " + message);
    }

    private static Verdict same(Cid cid, String hex, LexMap answer) {
        boolean raw = answer.getBoolean("raw").orElse(false);
        if (raw && !cid.isRaw() && !hex.startsWith("01551220")) {
            return Verdict.of(Known.RAW_OF_ANY_HASH);
        }
        boolean cbor = answer.getBoolean("cbor").orElse(false);
        return Verdict.same(
                "CID",
                List.of(cid.value(), hex, cid.isRaw(), cid.isDagCbor()),
                List.of(Case.text(answer, "text"), Case.text(answer, "bytes"), raw, cbor));
    }
}
