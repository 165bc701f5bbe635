// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.examples;

import dev.atp4j.Secret;
import dev.atp4j.api.app.bsky.feed.Post;
import dev.atp4j.api.com.atproto.repo.StrongRef;
import dev.atp4j.bluesky.RichText;
import dev.atp4j.bluesky.app;
import dev.atp4j.client.AtpClient;
import dev.atp4j.client.WrittenRecord;
import dev.atp4j.session.Login;
import dev.atp4j.session.Sessions;
import dev.atp4j.syntax.Datetime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Posts a text of any length as a thread. */
public final class ThreadOfPosts {

    private ThreadOfPosts() {}

    /**
     * Runs the program. {@code ATP_LOGIN_URL} says who logs in where.
     *
     * @param args the text's file
     * @throws IOException if it cannot be read
     */
    public static void main(String[] args) throws IOException {
        Login login = Login.url(Secret.of(System.getenv("ATP_LOGIN_URL")));
        try (Sessions sessions = Sessions.builder().build()) {
            var session = sessions.login(login);
            AtpClient client = AtpClient.of(session);

            // Finds links and tags; mentions are left as text here. RichText.detect(text, identities) looks them up.
            RichText text = RichText.detect(Files.readString(Path.of(args[0])), handle -> Optional.empty());

            StrongRef first = null;
            StrongRef last = null;
            for (RichText part : text.split((number, count) -> " (" + number + "/" + count + ")")) {
                Post.Builder post =
                        Post.builder().text(part.text()).facets(part.facets()).createdAt(Datetime.of(Instant.now()));
                if (first != null && last != null) {
                    post.reply(Post.ReplyRef.builder().root(first).parent(last).build());
                }
                WrittenRecord written = client.create(app.bsky.feed.post, post.build());
                last = StrongRef.builder().uri(written.uri()).cid(written.cid()).build();
                first = first == null ? last : first;
                System.out.println("posted " + written.uri());
            }
            session.logout();
        }
    }
}
