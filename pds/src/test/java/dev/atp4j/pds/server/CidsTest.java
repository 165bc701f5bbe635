// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The known answers are from the protocol's interoperability tests. */
class CidsTest {

    @Test
    void linksBytesAndBlobsAreEncodedAsEverywhere() {
        String json = """
                {"a": {"$link": "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a"},
                 "b": {"$bytes": "nFERjvLLiw9qm45JrqH9QTzyC2Lu1Xb4ne6+sBrCzI0"},
                 "c": {"$type": "blob", "mimeType": "image/jpeg", "size": 10000,
                       "ref": {"$link": "bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity"}}}
                """;
        assertThat(Base64.getEncoder().withoutPadding().encodeToString(DagCbor.encode(LexJson.parse(json))))
                .isEqualTo("o2Fh2CpYJQABcRIgZQYqWloA/BbXPGlEI3zLwVscSnI0SJM2iR0JF0GiOdBhYlggnFERjvLLiw9qm45JrqH9"
                        + "QTzyC2Lu1Xb4ne6+sBrCzI1hY6RjcmVm2CpYJQABVRIgQljP/3j2E2l2l1Y/kmyR5dNXTS6iWuftktbr/COjiJ5k"
                        + "c2l6ZRknEGUkdHlwZWRibG9iaG1pbWVUeXBlamltYWdlL2pwZWc");
        assertThat(Cids.ofData(LexJson.parse(json)).value())
                .isEqualTo("bafyreihldkhcwijkde7gx4rpkkuw7pl6lbyu5gieunyc7ihactn5bkd2nm");
    }

    @Test
    void nestedListsAreEncodedAsEverywhere() {
        String link = "{\"$link\": \"bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a\"}";
        String json = "{\"a\": {\"b\": [{\"d\": [" + link + ", " + link + "], \"e\": ["
                + "{\"$bytes\": \"nFERjvLLiw9qm45JrqH9QTzyC2Lu1Xb4ne6+sBrCzI0\"},"
                + "{\"$bytes\": \"iE+sPoHobU9tSIqGI+309LLCcWQIRmEXwxcoDt19tas\"}]}]}}";
        assertThat(Cids.ofData(LexJson.parse(json)).value())
                .isEqualTo("bafyreid3imdulnhgeytpf6uk7zahjvrsqlofkmm5b5ub2maw4kqus6jp4i");
    }

    @Test
    void numbersTakeNoMoreBytesThanTheyMust() {
        String json = "[0, 23, 24, 255, 256, 65535, 65536, 4294967295, 4294967296, -1, -24, -25, true, false, null]";
        assertThat(DagCbor.encode(LexJson.parse(json)))
                .asHexString()
                .isEqualToIgnoringCase("8F00171818" + "18FF190100" + "19FFFF1A00010000" + "1AFFFFFFFF1B0000000100000000"
                        + "20373818F5F4F6");
    }

    @Test
    void aBlobIsNamedByTheHashOfItsBytes() {
        assertThat(Cids.ofBlob("hello".getBytes(StandardCharsets.UTF_8)).value())
                .isEqualTo("bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq");
    }
}
