// SPDX-License-Identifier: MIT OR Apache-2.0
package com.acme.moods;

import com.acme.lex.acme;
import com.acme.lex.com.acme.Mood;
import dev.atp4j.Secret;
import dev.atp4j.client.AtpClient;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Sessions;
import dev.atp4j.syntax.Datetime;
import java.time.Instant;

/** Writes moods to a repository, lists them and reads one. */
public final class Moods {

    private Moods() {}

    public static void main(String[] args) {
        try (EmbeddedPds pds = EmbeddedPds.builder().start();
                Sessions sessions = Sessions.builder().build()) {
            pds.createAccount("alice.test", "her-password");
            PasswordSession session = sessions.login(
                    Login.as("alice.test", Secret.of("her-password")).service(pds.url()).build());
            AtpClient client = AtpClient.of(session);

            var created = client.create(
                    acme.mood,
                    Mood.builder()
                            .emoji("🙂")
                            .intensity(80)
                            .about(Mood.Weather.builder().sky("clear").build())
                            .createdAt(Datetime.of(Instant.now()))
                            .build());
            client.create(
                    acme.mood,
                    Mood.builder()
                            .emoji("😴")
                            .createdAt(Datetime.of(Instant.now()))
                            .build());

            client.records(acme.mood)
                    .forEach(stored -> System.out.println("alice feels " + stored.value().emoji()));
            Mood first = client.get(acme.mood, created.uri()).value();
            System.out.println("she felt " + first.emoji() + " by " + first.intensityOrDefault() + " percent");
        }
    }
}
