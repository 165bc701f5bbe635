// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestBodyTest {

    @Test
    void theEmptyBodyHasNothing() throws Exception {
        var body = RequestBody.empty();
        assertThat(body.length()).isZero();
        assertThat(body.contentType()).isNull();
        assertThat(body.replayable()).isTrue();
        assertThat(body.open()).isEmpty();
    }

    @Test
    void bytesCanBeOpenedAgain() throws Exception {
        var body = RequestBody.bytes(new byte[] {1, 2, 3}, "image/png");
        assertThat(body.length()).isEqualTo(3);
        assertThat(body.contentType()).isEqualTo("image/png");
        assertThat(body.replayable()).isTrue();
        assertThat(body.open()).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(body.open()).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void aFileIsReadAnewEachTime(@TempDir Path folder) throws Exception {
        var body = RequestBody.file(Files.writeString(folder.resolve("f"), "abc"), "text/plain");
        assertThat(body.length()).isEqualTo(3);
        assertThat(body.replayable()).isTrue();
        for (int i = 0; i < 2; i++) {
            try (InputStream in = body.open()) {
                assertThat(in).hasContent("abc");
            }
        }
        assertThatThrownBy(() -> RequestBody.file(folder.resolve("none"), "text/plain"))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aOneShotBodyCanBeOpenedOnce() throws Exception {
        var body = RequestBody.once(new ByteArrayInputStream(new byte[] {7}), -1, "video/mp4");
        assertThat(body.length()).isEqualTo(-1);
        assertThat(body.replayable()).isFalse();
        assertThat(body.open()).hasBinaryContent(new byte[] {7});
        assertThatThrownBy(body::open).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void thereIsNoLengthBelowMinusOne() {
        assertThatThrownBy(() -> RequestBody.reopenable(InputStream::nullInputStream, -2, "a/b"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
