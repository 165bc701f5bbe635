// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atp4j.data.LexJson;
import org.junit.jupiter.api.Test;

class MustTest {

    @Test
    void aPartOfTheSecretIsFoundWhereverItIsTold() {
        String part = Must.SECRET.substring(5, 12);
        var told = new IllegalStateException("fine", new IllegalArgumentException("at index 3: " + part));
        var aside = new IllegalStateException("fine");
        aside.addSuppressed(new IllegalStateException(part));

        assertThatExceptionOfType(Broken.class).isThrownBy(() -> Must.hide(told));
        assertThatExceptionOfType(Broken.class).isThrownBy(() -> Must.hide(aside));
        assertThatCode(() -> Must.hide(new IllegalStateException("fine"))).doesNotThrowAnyException();
    }

    @Test
    void aTargetThatTakesMoreMemoryThanItsInputJustifiesIsFound() {
        assertThatExceptionOfType(Broken.class)
                .isThrownBy(() ->
                        Fuzz.run(input -> assertThat(new byte[64 << 20]).isNotNull(), new byte[10]))
                .withMessageContaining("memory is bounded");
    }

    @Test
    void theSecretIsPutWhereSecretsAreAndNowhereElse() {
        String json = "{\"did\":\"a" + Must.SECRET + "b\",\"accessJwt\":\"x\",\"data\":{\"session_token\":\"y\"}}";
        assertThat(LexJson.toString(Planted.in(LexJson.parse(json))))
                .isEqualTo("{\"did\":\"ab\",\"accessJwt\":\"" + Must.SECRET + "\",\"data\":{\"session_token\":\""
                        + Must.SECRET + "\"}}");
    }
}
