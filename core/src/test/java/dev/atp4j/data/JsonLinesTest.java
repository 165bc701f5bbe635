// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}\n{\"a\":2}\n", "{\"a\":1}\r\n\r\n \n{\"a\":2}"})
    void givesOneObjectALine(String text) throws IOException {
        try (JsonLines lines = lines(text)) {
            assertThat(lines.next()).isEqualTo(LexMap.builder().put("a", 1).build());
            assertThat(lines.next()).isEqualTo(LexMap.builder().put("a", 2).build());
            assertThat(lines.next()).isNull();
            assertThat(lines.next()).isNull();
        }
    }

    @Test
    void namesTheLineThatIsBroken() throws IOException {
        JsonLines lines = lines("{}\n\n[1]\n{\"a\":{\"b\":\n{}");

        lines.next();
        assertRefused(lines, "$[2]: the document is not an object");
        assertRefused(lines, "$[3].a: not JSON, the document ends early");
        assertThat(lines.next()).isEqualTo(LexMap.empty());
    }

    @Test
    void readsNoLineThatIsTooLong() throws IOException {
        String longest = "{\"a\":\"" + "x".repeat(2 * 1024 * 1024 - 8) + "\"}";

        assertThat(lines(longest).next()).isNotNull();
        assertRefused(lines(longest + " "), "$[0]: the line is longer than 2097152 bytes");
    }

    @Test
    void closesItsStream() throws IOException {
        var closed = new AtomicBoolean();
        new JsonLines(new ByteArrayInputStream(new byte[0]) {
                    @Override
                    public void close() {
                        closed.set(true);
                    }
                })
                .close();

        assertThat(closed).isTrue();
    }

    private static void assertRefused(JsonLines lines, String message) {
        assertThatExceptionOfType(DataException.class).isThrownBy(lines::next).withMessage(message);
    }

    private static JsonLines lines(String text) {
        return new JsonLines(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }
}
