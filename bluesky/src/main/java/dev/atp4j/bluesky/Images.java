// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import dev.atp4j.api.app.bsky.embed.AspectRatio;
import dev.atp4j.api.app.bsky.embed.EmbedImages;
import dev.atp4j.client.AtpClient;
import dev.atp4j.client.BlobUpload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Pictures for posts. */
public final class Images {

    private Images() {}

    /**
     * Uploads a picture for a post. Type and size of the file are checked first; how wide and high the picture is, is read from
     * PNG, JPEG, GIF and WebP, so that apps can leave room for it.
     *
     * @param client the account's client
     * @param file the file
     * @param alt what is to be seen, for those who cannot see it; may be empty
     * @return the picture, for {@code EmbedImages.builder().addImage(…)}
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is no picture, or larger than posts allow
     * @throws dev.atp4j.xrpc.XrpcException if the server answers with an error
     * @throws dev.atp4j.http.TransportException if there is no answer
     */
    public static EmbedImages.Image upload(AtpClient client, Path file, String alt) throws IOException {
        EmbedImages.Image.Builder image = EmbedImages.Image.builder().alt(alt);
        Optional<ImageSize> size;
        try (InputStream stream = Files.newInputStream(file)) {
            size = ImageSize.read(stream);
        }
        size.ifPresent(known -> image.aspectRatio(AspectRatio.builder()
                .width(known.width())
                .height(known.height())
                .build()));
        return image.image(client.uploadBlob(BlobUpload.of(file).withField(EmbedImages.Image.TYPE, "image")))
                .build();
    }
}
