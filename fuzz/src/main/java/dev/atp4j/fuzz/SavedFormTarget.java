// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.session.SessionData;
import dev.atp4j.session.kernel.Origins;
import java.net.URI;

/**
 * Sessions that other programs saved: one is read, or refused with a message that shows nothing of it; what was read can be
 * written in our form and read as the same again; and it goes to no address that tokens may not go to.
 */
final class SavedFormTarget implements Target {

    private static final URI SERVICE = URI.create("https://bsky.social");

    @Override
    public void accept(byte[] input) {
        String text = Text.of(input);
        read(Planted.without(text));
        try {
            read(LexJson.toString(Planted.in(LexJson.parseLenient(input))));
        } catch (DataException e) {
            read(sessionString(text));
        }
    }

    /** MarshalX's form, with the secret as its tokens. */
    private static String sessionString(String text) {
        String[] parts = Planted.without(text).split(":::", -1);
        for (int i = 2; i < 4 && i < parts.length; i++) {
            parts[i] = Must.SECRET + parts[i];
        }
        return String.join(":::", parts);
    }

    private static void read(String text) {
        one(() -> SessionData.parse(text));
        one(() -> SessionData.parse(text, SERVICE));
    }

    private interface Reading {
        SessionData read();
    }

    private static void one(Reading reading) {
        SessionData data;
        try {
            data = reading.read();
        } catch (DataException e) {
            throw new Broken("the reader's own message is passed on: " + e);
        } catch (IllegalArgumentException e) {
            Must.hide(e);
            return;
        }
        Must.hide(data.toString());
        Must.agree(Origins.service(data.service()), data.service(), "the service and what may be one");
        data.pds()
                .ifPresent(pds ->
                        Must.agree(Origins.pds(pds.toString(), data.service()), pds, "the server and what may be one"));
        Must.agree(SessionData.parse(data.toJson()), data, "what is written and what was read");
        Must.agree(
                SessionData.parse(LexJson.toString(data.toLexJson())).refreshJwt(),
                data.refreshJwt(),
                "what is written for others and what was read");
    }
}
