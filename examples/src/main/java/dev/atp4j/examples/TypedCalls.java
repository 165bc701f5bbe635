// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.examples;

import dev.atp4j.Secret;
import dev.atp4j.api.app.bsky.feed.FeedViewPost;
import dev.atp4j.api.app.bsky.feed.Post;
import dev.atp4j.api.com.atproto.repo.GetRecord;
import dev.atp4j.bluesky.app;
import dev.atp4j.client.AtpClient;
import dev.atp4j.client.StoredRecord;
import dev.atp4j.client.WrittenRecord;
import dev.atp4j.session.Login;
import dev.atp4j.session.Sessions;
import dev.atp4j.syntax.Datetime;
import dev.atp4j.xrpc.XrpcResponseException;
import java.time.Instant;

/** Looks at a profile and a timeline, and writes, reads, changes and deletes posts, all of it in types. */
public final class TypedCalls {

    private TypedCalls() {}

    /**
     * Runs the program. {@code ATP_LOGIN_URL} says who logs in where.
     *
     * @param args none
     */
    public static void main(String[] args) {
        Login login = Login.url(Secret.of(System.getenv("ATP_LOGIN_URL")));
        try (Sessions sessions = Sessions.builder().build()) {
            var session = sessions.login(login);
            AtpClient client = AtpClient.of(session);

            var me = client.call(
                    app.bsky.actor.getProfile, p -> p.actor(session.key().did()));
            System.out.println("I am " + me.handle());

            WrittenRecord written = client.create(
                    app.bsky.feed.post,
                    Post.builder()
                            .text("Hello from Java")
                            .createdAt(Datetime.of(Instant.now()))
                            .build());
            String rkey = written.rkey();

            // Reads, changes and writes; if somebody else has written meanwhile, all of it again.
            client.update(
                    app.bsky.feed.post,
                    rkey,
                    post -> post.toBuilder().addTag("java").build());

            StoredRecord<Post> stored = client.get(app.bsky.feed.post, rkey);
            System.out.println(
                    stored.value().text() + " #" + stored.value().tags().get(0));

            // Fetches the next page when the one before is used up.
            client.items(app.bsky.feed.getTimeline, p -> p.limit(30)).limit(100).forEach(TypedCalls::show);

            client.delete(app.bsky.feed.post, rkey);
            try {
                client.get(app.bsky.feed.post, rkey);
            } catch (XrpcResponseException e) {
                System.out.println(e.is(GetRecord.Error.RECORD_NOT_FOUND) ? "deleted" : "still there?");
            }
            session.logout();
        }
    }

    private static void show(FeedViewPost item) {
        // A record in a view is of open type: a post by the lexicon, if nobody did anything else.
        item.post()
                .record()
                .as(Post.TYPE)
                .ifPresent(post -> System.out.println(item.post().author().handle() + ": " + post.text()));
    }
}
