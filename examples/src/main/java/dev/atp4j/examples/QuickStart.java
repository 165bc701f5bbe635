// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.examples;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Sessions;
import dev.atp4j.syntax.Datetime;
import dev.atp4j.xrpc.XrpcRequest;
import java.time.Instant;

/** Logs in, posts, and logs out. */
public final class QuickStart {

    private QuickStart() {}

    /**
     * Runs the program. The environment variable {@code ATP_LOGIN_URL} says who logs in where:
     * {@code https://identifier:password@service}.
     *
     * @param args the text to post, if it is to be another
     */
    public static void main(String[] args) {
        Login login = Login.url(Secret.of(System.getenv("ATP_LOGIN_URL")));
        try (Sessions sessions = Sessions.builder().build()) {
            PasswordSession session = sessions.login(login);

            LexMap post = LexMap.builder()
                    .put("$type", "app.bsky.feed.post")
                    .put("text", args.length > 0 ? args[0] : "Hello from Java")
                    .put("createdAt", Datetime.of(Instant.now()).toString())
                    .build();
            LexMap created = session.send(XrpcRequest.procedure("com.atproto.repo.createRecord")
                            .json(LexMap.builder()
                                    .put("repo", session.key().did().value())
                                    .put("collection", "app.bsky.feed.post")
                                    .put("record", post)
                                    .build())
                            .build())
                    .json();
            System.out.println("posted " + created.getString("uri").orElseThrow());

            // A session that is left alone stays open at the server for months.
            session.logout();
        }
    }
}
