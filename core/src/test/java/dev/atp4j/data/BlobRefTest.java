// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.atp4j.syntax.Cid;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobRefTest {

    private static final Cid CID = Cid.parse("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");
    private static final String MODERN =
            "{\"$type\":\"blob\",\"ref\":{\"$link\":\"" + CID + "\"},\"mimeType\":\"image/png\",\"size\":7}";
    private static final String LEGACY = "{\"cid\":\"" + CID + "\",\"mimeType\":\"image/png\"}";

    @Test
    void isMadeInTheModernForm() {
        BlobRef blob = new BlobRef(CID, "image/png", 7);

        assertThat(blob).hasToString(MODERN).isEqualTo(read(MODERN).orElseThrow());
        assertThat(LexJson.parse(LexJson.write(blob.raw()))).isEqualTo(blob.raw());
    }

    @Test
    void isReadInTheModernForm() {
        BlobRef blob = read(MODERN).orElseThrow();

        assertThat(blob.cid()).isEqualTo(CID);
        assertThat(blob.mimeType()).isEqualTo("image/png");
        assertThat(blob.size()).hasValue(7);
        assertThat(blob.legacy()).isFalse();
    }

    @Test
    void isReadInTheLegacyFormAndKeepsIt() {
        BlobRef blob = read(LEGACY).orElseThrow();

        assertThat(blob.cid()).isEqualTo(CID);
        assertThat(blob.mimeType()).isEqualTo("image/png");
        assertThat(blob.size()).isEmpty();
        assertThat(blob.legacy()).isTrue();
        assertThat(blob.raw()).hasToString(LEGACY);
    }

    @Test
    void keepsWhatOthersPutIn() {
        String odd = MODERN.replace("\"size\":7", "\"size\":-1,\"alt\":\"a cat\"");

        assertThat(read(odd).orElseThrow().size()).isEmpty();
        assertThat(read(odd).orElseThrow().raw()).hasToString(odd);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"blob\"",
                "{}",
                "{\"mimeType\":\"image/png\"}",
                "{\"$type\":\"blob\",\"mimeType\":\"image/png\",\"size\":7}",
                "{\"$type\":\"blob\",\"ref\":\"bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku\",\"mimeType\":\"a/b\"}",
                "{\"$type\":\"file\",\"ref\":{\"$link\":\"bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku\"},\"mimeType\":\"a/b\"}",
                "{\"cid\":\"short\",\"mimeType\":\"image/png\"}",
                "{\"cid\":\"bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku\"}",
                "{\"cid\":\"bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku\",\"mimeType\":\"a/b\",\"size\":7}"
            })
    void isNothingElse(String json) {
        assertThat(read(json)).isEmpty();
    }

    @Test
    void isNotMadeWithoutATypeOrWithANegativeSize() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BlobRef(CID, "", 7));
        assertThatIllegalArgumentException().isThrownBy(() -> new BlobRef(CID, "image/png", -1));
    }

    private static Optional<BlobRef> read(String json) {
        return BlobRef.of(LexJson.parseLenient(json.getBytes(UTF_8)));
    }
}
