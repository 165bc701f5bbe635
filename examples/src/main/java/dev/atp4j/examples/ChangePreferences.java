// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.examples;

import dev.atp4j.Secret;
import dev.atp4j.api.app.bsky.actor.MutedWordsPref;
import dev.atp4j.bluesky.AccountPreferences;
import dev.atp4j.bluesky.PreferenceList;
import dev.atp4j.client.AtpClient;
import dev.atp4j.session.Login;
import dev.atp4j.session.Sessions;

/** Mutes words, and leaves all other preferences as they are, known to this library or not. */
public final class ChangePreferences {

    private ChangePreferences() {}

    /**
     * Runs the program. {@code ATP_LOGIN_URL} says who logs in where.
     *
     * @param args the words to mute
     */
    public static void main(String[] args) {
        Login login = Login.url(Secret.of(System.getenv("ATP_LOGIN_URL")));
        try (Sessions sessions = Sessions.builder().build()) {
            var session = sessions.login(login);

            PreferenceList preferences = AccountPreferences.of(AtpClient.of(session))
                    .change(edit -> {
                        for (String word : args) {
                            edit.muteWord(word);
                        }
                    });

            preferences
                    .find(MutedWordsPref.TYPE)
                    .ifPresent(muted -> muted.items().forEach(word -> System.out.println("muted: " + word.value())));
            session.logout();
        }
    }
}
