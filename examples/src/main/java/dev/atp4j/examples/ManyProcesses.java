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
import java.time.Instant;

/**
 * A worker of which any number may run at once, in one terminal each. They share one session by sharing a folder: when
 * its tokens have run out, one of them refreshes, and the others go on with what it stored.
 */
public final class ManyProcesses {

    private ManyProcesses() {}

    /**
     * Runs the program. {@code ATP_LOGIN_URL} says who logs in where; {@code ATP_HOME} names the folder, or the platform
     * has one for such things.
     *
     * @param args the worker's name
     */
    public static void main(String[] args) {
        Login login = Login.url(Secret.of(System.getenv("ATP_LOGIN_URL")));
        try (Sessions sessions =
                Sessions.builder().store(FileSessionStore.inDefaultFolder()).build()) {
            PasswordSession session = sessions.open(login);
            for (int i = 1; i <= 3; i++) {
                post(session, "Hello number " + i + " from " + args[0]);
            }
            System.out.println(args[0] + " is done");
        }
    }

    private static void post(PasswordSession session, String text) {
        session.send(XrpcRequest.procedure("com.atproto.repo.createRecord")
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
                .build());
    }
}
