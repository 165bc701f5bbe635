// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.examples;

import dev.atp4j.Secret;
import dev.atp4j.api.app.bsky.feed.Post;
import dev.atp4j.api.app.bsky.feed.PostView;
import dev.atp4j.bluesky.app;
import dev.atp4j.client.AtpClient;
import dev.atp4j.client.WrittenRecord;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Sessions;
import dev.atp4j.syntax.Datetime;
import java.time.Instant;

/** Logs in, posts, reads the timeline, and logs out. The README shows it. */
public final class QuickStart {

    private QuickStart() {}

    /**
     * Runs the program. The environment variable {@code ATP_LOGIN_URL} says who logs in where:
     * {@code https://identifier:password@service}.
     *
     * @param args what to add to the post, if anything
     */
    public static void main(String[] args) {
        Login login = Login.url(Secret.of(System.getenv("ATP_LOGIN_URL")));
        String wish = args.length > 0 ? args[0] : "Have a nice day";

        try (Sessions sessions = Sessions.builder().build()) {
            PasswordSession session = sessions.login(login);
            AtpClient client = AtpClient.of(session);

            var me = client.call(
                    app.bsky.actor.getProfile, p -> p.actor(session.key().did()));
            WrittenRecord posted = client.create(
                    app.bsky.feed.post,
                    Post.builder()
                            .text("This is " + me.handle() + ". " + wish)
                            .createdAt(Datetime.of(Instant.now()))
                            .build());
            System.out.println("posted " + posted.uri());

            client.items(app.bsky.feed.getTimeline, p -> p.limit(50)).limit(200).forEach(item -> read(item.post()));

            // A session that is left alone stays open at the server for months.
            session.logout();
        }
    }

    private static void read(PostView view) {
        view.record()
                .as(Post.TYPE)
                .ifPresent(post -> System.out.println(view.author().handle() + ": " + post.text()));
    }
}
