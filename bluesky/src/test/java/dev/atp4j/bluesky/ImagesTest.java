// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.Secret;
import dev.atp4j.api.app.bsky.embed.EmbedImages;
import dev.atp4j.client.AtpClient;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.session.Login;
import dev.atp4j.session.Sessions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {

    @Test
    void aPictureIsUploadedWithItsSizeAndChecked(@TempDir Path folder) throws IOException {
        Path cat = folder.resolve("cat");
        ImageIO.write(new BufferedImage(30, 7, BufferedImage.TYPE_INT_RGB), "png", cat.toFile());
        Path text = Files.writeString(folder.resolve("text.txt"), "no picture");
        Path large = Files.write(folder.resolve("large"), new byte[2_000_001]);

        try (EmbeddedPds pds = EmbeddedPds.builder().start();
                Sessions sessions = Sessions.builder().time(pds.time()).build()) {
            pds.createAccount("alice.test", "password");
            AtpClient client = AtpClient.of(sessions.login(Login.as("alice.test", Secret.of("password"))
                    .service(pds.url())
                    .build()));

            EmbedImages.Image image = Images.upload(client, cat, "a cat");
            assertThat(image.alt()).isEqualTo("a cat");
            assertThat(image.image().mimeType()).isEqualTo("image/png");
            assertThat(image.aspectRatio()).isNotNull().hasToString("{\"width\":30,\"height\":7}");

            int sent = pds.journal().count("com.atproto.repo.uploadBlob");
            assertThatThrownBy(() -> Images.upload(client, text, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("app.bsky.embed.images#image image takes image/*");
            assertThatThrownBy(() -> Images.upload(client, large, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2000000");
            assertThat(pds.journal().count("com.atproto.repo.uploadBlob")).isEqualTo(sent);
        }
    }
}
