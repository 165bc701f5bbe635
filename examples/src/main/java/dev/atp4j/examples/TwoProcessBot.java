// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.examples;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.syntax.Datetime;
import dev.atp4j.xrpc.XrpcRequest;
import java.time.Duration;
import java.time.Instant;

/**
 * A bot to be started twice. Both processes share one session by sharing a folder, and when one is killed, however and whenever,
 * the other goes on. Neither needs to know of the other.
 *
 * <pre>
 * terminal 1:  ./atp pds --port 2583 --account alice.test:secret
 * terminal 2:  export ATP_LOGIN_URL=http://alice.test:secret@127.0.0.1:2583
 *              examples/run TwoProcessBot left
 * terminal 3:  export ATP_LOGIN_URL=http://alice.test:secret@127.0.0.1:2583
 *              examples/run TwoProcessBot right
 * </pre>
 */
public final class TwoProcessBot {

    private TwoProcessBot() {}

    /**
     * Runs the program. {@code ATP_LOGIN_URL} says who logs in where; {@code ATP_HOME} names the folder, or the platform
     * has one for such things.
     *
     * @param args the process's name, and how many posts to make, if that is to end
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Login login = Login.url(Secret.of(System.getenv("ATP_LOGIN_URL")));
        long posts = args.length > 1 ? Long.parseLong(args[1]) : Long.MAX_VALUE;
        try (Sessions sessions =
                Sessions.builder().store(FileSessionStore.inDefaultFolder()).build()) {
            // Whoever comes first logs in; the other one finds the session in the store.
            PasswordSession session = sessions.open(login);
            for (long i = 1; i <= posts; i++) {
                LexMap created = session.send(post(session, "Hello number " + i + " from " + args[0]))
                        .json();
                System.out.println(
                        args[0] + " posted " + created.getString("uri").orElseThrow());
                if (i < posts) {
                    Thread.sleep(Duration.ofSeconds(2).toMillis());
                }
            }
        }
    }

    private static XrpcRequest post(PasswordSession session, String text) {
        return XrpcRequest.procedure("com.atproto.repo.createRecord")
                .json(LexMap.builder()
                        .put("repo", session.key().did().value())
                        .put("collection", "app.bsky.feed.post")
                        .put(
                                "record",
                                LexMap.builder()
                                        .put("$type", "app.bsky.feed.post")
                                        .put("text", text)
                                        .put(
                                                "createdAt",
                                                Datetime.of(Instant.now()).toString())
                                        .build())
                        .build())
                .build();
    }
}
