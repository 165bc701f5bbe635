// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.data.CarReader;
import dev.atp4j.data.DataException;
import dev.atp4j.data.JsonLines;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.xrpc.XrpcDecodeException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StreamsTest {

    /** A header without roots, and the empty map as the only block. */
    private static final String ARCHIVE = new String(
            HexFormat.of()
                    .parseHex("11a265726f6f7473806776657273696f6e01" + "25" + "01711220"
                            + "c19a797fa1fd590cd2e5b42d1cf5f246e29b91684e2f87404b81dc345c7a56a0" + "a0"),
            StandardCharsets.ISO_8859_1);

    private final Script script = new Script();
    private final AtpClient client = script.client().build();

    private void answer(String type, byte[] body) {
        script.answer(200, Headers.of("content-type", type), body);
    }

    @Test
    void anArchiveIsReadBlockByBlock() throws Exception {
        answer("application/vnd.ipld.car", ARCHIVE.getBytes(StandardCharsets.ISO_8859_1));
        try (CarReader car = client.car(Methods.ARCHIVE, p -> {})) {
            assertThat(car.roots()).isEmpty();
            assertThat(car.next().bytes()).containsExactly(0xa0);
            assertThat(car.next()).isNull();
        }
        assertThat(script.open()).isZero();
    }

    @Test
    void whatIsNoArchiveFailsAndIsClosed() {
        answer("application/vnd.ipld.car", "<html>".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> client.car(Methods.ARCHIVE, p -> {}))
                .isInstanceOf(XrpcDecodeException.class)
                .hasMessageStartingWith("com.acme.archive: the answer is no archive of blocks: $.header");
        answer("text/html", "<html>".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> client.car(Methods.ARCHIVE, p -> {}))
                .isInstanceOf(XrpcDecodeException.class)
                .hasMessageContaining("text/html");
        assertThat(script.open()).isZero();
    }

    @Test
    void linesAreReadOneByOne() throws Exception {
        answer("application/jsonl", "{\"a\":1}\n\n{\"a\":2}\nwhat".getBytes(StandardCharsets.UTF_8));
        try (JsonLines lines = client.lines(Methods.EXPORT, p -> {})) {
            assertThat(lines.next()).isEqualTo(LexMap.builder().put("a", 1).build());
            assertThat(lines.next()).isEqualTo(LexMap.builder().put("a", 2).build());
            assertThatThrownBy(lines::next).isInstanceOf(DataException.class);
        }
        assertThat(script.open()).isZero();
    }
}
