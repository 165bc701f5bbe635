// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.examples;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.xrpc.XrpcRequest;

/**
 * Keeps its session in a folder, so that only the first run logs in: services allow few logins a day, and a session lasts
 * for months.
 */
public final class SurvivingRestarts {

    private SurvivingRestarts() {}

    /**
     * Runs the program. {@code ATP_LOGIN_URL} says who logs in where; {@code ATP_HOME} names the folder, or the platform
     * has one for such things.
     *
     * @param args none
     */
    public static void main(String[] args) {
        Login login = Login.url(Secret.of(System.getenv("ATP_LOGIN_URL")));
        try (Sessions sessions =
                Sessions.builder().store(FileSessionStore.inDefaultFolder()).build()) {
            // Takes the stored session of this account, or logs in if there is none.
            PasswordSession session = sessions.open(login);

            // However old the stored tokens are, calls just work.
            LexMap me = session.send(
                            XrpcRequest.query("com.atproto.server.getSession").build())
                    .json();
            System.out.println("I am " + me.getString("handle").orElseThrow());

            // No logout: the next run goes on from here.
        }
    }
}
