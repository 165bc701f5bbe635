// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.data.BlobRef;
import dev.atp4j.http.TransportException;
import dev.atp4j.xrpc.XrpcDecodeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadBlobTest {

    private static final byte[] GIF = "GIF89a...".getBytes(StandardCharsets.US_ASCII);
    private static final String ANSWER = "{\"blob\":{\"$type\":\"blob\",\"ref\":{\"$link\":"
            + "\"bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity\"},\"mimeType\":\"image/gif\",\"size\":9}}";

    private final Script script = new Script();
    private final AtpClient client = script.client()
            .options(options ->
                    options.proxy("did:web:elsewhere.test#any").retries(new Retries(1, Duration.ZERO, Duration.ZERO)))
            .build();

    @Test
    void aFileGoesToTheAccountsOwnServerAsWhatItIs(@TempDir Path folder) throws IOException {
        script.json(ANSWER);

        BlobRef blob = client.uploadBlob(Files.write(folder.resolve("cat.bin"), GIF));

        assertThat(blob.mimeType()).isEqualTo("image/gif");
        assertThat(blob.size()).hasValue(9);
        assertThat(script.last().body().contentType()).isEqualTo("image/gif");
        assertThat(script.last().uri()).hasPath("/xrpc/com.atproto.repo.uploadBlob");
        assertThat(script.last().headers().contains("atproto-proxy")).isFalse();
        assertThat(script.lastBody()).isEqualTo("GIF89a...");
    }

    @Test
    void anUploadIsSentAgainIfItCanBeReadAgain() {
        script.error(503, "Busy").json(ANSWER);

        client.uploadBlob(BlobUpload.of(GIF));

        assertThat(script.calls()).isEqualTo(2);
    }

    @Test
    void aStreamIsNotSentAgain() {
        script.trouble(TransportException.Kind.BROKEN).json(ANSWER);

        assertThatThrownBy(() -> client.uploadBlob(BlobUpload.of(new ByteArrayInputStream(GIF), GIF.length)))
                .isInstanceOf(TransportException.class);
        assertThat(script.calls()).isEqualTo(1);
    }

    @Test
    void whatTheFieldDoesNotTakeIsNotSent() {
        assertThatThrownBy(() -> client.uploadBlob(BlobUpload.of(GIF).withField(new Profile().type(), "avatar")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("image/png, image/jpeg")
                .hasMessageContaining("image/gif");
        assertThat(script.calls()).isZero();
    }

    @Test
    void anAnswerWithoutABlobIsNone() {
        script.json("{}");

        assertThatThrownBy(() -> client.uploadBlob(BlobUpload.of(GIF))).isInstanceOf(XrpcDecodeException.class);
    }
}
