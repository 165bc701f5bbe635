// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.examples;

import dev.atp4j.Secret;
import dev.atp4j.api.app.bsky.embed.EmbedImages;
import dev.atp4j.api.app.bsky.feed.Post;
import dev.atp4j.bluesky.Images;
import dev.atp4j.bluesky.RichText;
import dev.atp4j.bluesky.app;
import dev.atp4j.client.AtpClient;
import dev.atp4j.client.WrittenRecord;
import dev.atp4j.session.Login;
import dev.atp4j.session.Sessions;
import dev.atp4j.syntax.Datetime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Posts a picture, and mentions oneself, since nobody else has asked for it. */
public final class PostWithImage {

    private PostWithImage() {}

    /**
     * Runs the program. {@code ATP_LOGIN_URL} says who logs in where.
     *
     * @param args the picture's file
     * @throws IOException if it cannot be read
     */
    public static void main(String[] args) throws IOException {
        Login login = Login.url(Secret.of(System.getenv("ATP_LOGIN_URL")));
        try (Sessions sessions = Sessions.builder().build()) {
            var session = sessions.login(login);
            AtpClient client = AtpClient.of(session);

            RichText text = RichText.builder()
                    .text("A picture by ")
                    .mention("@" + session.handle().orElse("me"), session.key().did())
                    .text(", made with ")
                    .link("Java", "https://dev.java/")
                    .text(" ")
                    .tag("java")
                    .build();

            WrittenRecord written = client.create(
                    app.bsky.feed.post,
                    Post.builder()
                            .text(text.text())
                            .facets(text.facets())
                            .embed(EmbedImages.builder()
                                    .addImage(Images.upload(client, Path.of(args[0]), "what is to be seen"))
                                    .build())
                            .createdAt(Datetime.of(Instant.now()))
                            .build());
            System.out.println("posted " + written.uri());
            session.logout();
        }
    }
}
