// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportException;
import dev.atp4j.lex.Nothing;
import dev.atp4j.lexicon.Def.Schema.BlobSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobUploadTest {

    private static final byte[] GIF = ("GIF89a" + "x".repeat(100)).getBytes(StandardCharsets.US_ASCII);

    @Test
    void aFileIsSentAsOftenAsNeeded(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("cat"), GIF);

        RequestBody body = BlobUpload.of(file).body();

        assertThat(body.contentType()).isEqualTo("image/gif");
        assertThat(body.length()).isEqualTo(GIF.length);
        assertThat(body.replayable()).isTrue();
        assertThat(read(body)).isEqualTo(GIF);
        assertThat(read(body)).isEqualTo(GIF);
    }

    @Test
    void bytesAreSentAsOftenAsNeeded() throws IOException {
        RequestBody body = BlobUpload.of(GIF).body();

        assertThat(body.contentType()).isEqualTo("image/gif");
        assertThat(body.replayable()).isTrue();
        assertThat(read(body)).isEqualTo(GIF);
        assertThat(read(body)).isEqualTo(GIF);
    }

    @Test
    void aStreamIsSentOnceAndWhole() throws IOException {
        BlobUpload upload = BlobUpload.of(new ByteArrayInputStream(GIF), GIF.length);

        RequestBody body = upload.body();

        assertThat(body.contentType()).isEqualTo("image/gif");
        assertThat(body.replayable()).isFalse();
        assertThat(read(body)).isEqualTo(GIF);
        assertThatThrownBy(body::open).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(upload::body).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aStreamHasALength() {
        assertThatThrownBy(() -> BlobUpload.of(InputStream.nullInputStream(), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatTheCallerSaysGoesBeforeTheFirstBytes() {
        assertThat(BlobUpload.of(GIF).withMediaType("image/x-mine").body().contentType())
                .isEqualTo("image/x-mine");
    }

    @Test
    void progressIsToldToTheEndAndFromTheStartAgain() throws IOException {
        List<String> heard = new ArrayList<>();
        RequestBody body = BlobUpload.of(new byte[100_000])
                .withProgress((done, total) -> heard.add(done + "/" + total))
                .body();
        assertThat(heard).as("the look at the first bytes").isEmpty();

        read(body);
        assertThat(heard).last().isEqualTo("100000/100000");
        heard.clear();
        read(body);
        assertThat(heard).last().isEqualTo("100000/100000");
    }

    @Test
    void aFieldSaysWhatItTakes() {
        var image = new BlobField("x.y.z image", new BlobSchema(null, List.of("image/*"), 1_000L));
        image.checkSize(1_000);
        image.checkType("IMAGE/png; q=1");
        assertThatThrownBy(() -> image.checkSize(1_001))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x.y.z image takes at most 1000 bytes, and this blob has 1001");
        assertThatThrownBy(() -> image.checkType("video/mp4"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x.y.z image takes image/*, and this blob is video/mp4");

        var open = new BlobField("x.y.z any", new BlobSchema(null, List.of(), null));
        open.checkSize(Long.MAX_VALUE);
        open.checkType("a/b");
        var any = new BlobField("x.y.z any", new BlobSchema(null, List.of("text/vtt", "*/*"), null));
        any.checkType("a/b");
    }

    @Test
    void aFieldIsFoundInTheLexicons() {
        BlobField avatar = BlobField.of("org.example.profile", "avatar");
        assertThat(avatar.schema().accept()).containsExactly("image/png", "image/jpeg");
        assertThat(avatar.schema().maxSize()).isEqualTo(1_000_000);
        assertThat(BlobField.of("org.example.profile#gallery", "pictures").name())
                .isEqualTo("org.example.profile#gallery pictures");

        for (String type :
                new String[] {"org.example.profile", "org.example.profile#none", "org.example.none", "nothing"}) {
            assertThatThrownBy(() -> BlobField.of(type, "name"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(type + " name");
        }
        assertThatThrownBy(() -> BlobUpload.of(GIF).withField(Nothing.TYPE, "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingIsReadThatIsTooLarge() {
        var unread = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read");
            }
        };
        BlobUpload upload = BlobUpload.of(unread, 1_000_001);

        assertThatThrownBy(
                        () -> upload.withField(new Profile().type(), "avatar").body())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileThatIsGoneIsTroubleWithTheBody(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("cat"), GIF);
        BlobUpload upload = BlobUpload.of(file);
        Files.delete(file);

        assertThatThrownBy(upload::body)
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.kind()).isEqualTo(TransportException.Kind.REQUEST_BODY));
    }

    private static byte[] read(RequestBody body) throws IOException {
        try (InputStream stream = body.open()) {
            return stream.readAllBytes();
        }
    }
}
