// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.Secret;
import dev.atp4j.session.Login;
import dev.atp4j.session.kernel.Origins;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Logins in one address: whatever is wrong with one, the message shows nothing of the password; what is right with one is
 * decoded as it was encoded; and where it goes is where passwords may go.
 */
final class LoginUrlTarget implements Target {

    @Override
    public void accept(byte[] input) {
        read(Text.of(input));
        String[] parts = Text.parts(input, 4);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Planted.without(parts[i]);
        }
        read(parts[0] + parts[1] + ":" + Must.SECRET + parts[2] + "@" + parts[3]);
        read("https://" + parts[1] + ":" + parts[2] + Must.SECRET + "@" + parts[3]);
        read("https://" + parts[1] + Must.SECRET + "@" + parts[3]);
        roundTrip(parts[1], parts[2]);
    }

    private static void read(String url) {
        try {
            Login login = Login.url(Secret.of(url));
            URI service = login.service().orElseThrow();
            Must.agree(Origins.service(service), service, "the service and what may be one");
            Must.hold(!login.password().expose().isEmpty(), "there is a password");
            Must.hold(
                    login.identifier().contains(Must.SECRET)
                            || !login.toString().contains(Must.SECRET),
                    "the password is not shown");
        } catch (IllegalArgumentException e) {
            Must.hide(e);
        }
    }

    private static void roundTrip(String identifier, String password) {
        String clean = identifier.replaceAll("[^!-~]", "") + ".test";
        String secret = new String((password + "p").getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        if (clean.startsWith("@") || clean.startsWith("did:")) {
            return;
        }
        Login login = Login.url(Secret.of("https://" + encoded(clean) + ":" + encoded(secret) + "@pds.example.com"));
        Must.agree(
                login.identifier(),
                clean.toLowerCase(java.util.Locale.ROOT),
                "the identifier that was encoded and that is read");
        Must.agree(login.password().expose(), secret, "the password that was encoded and that is read");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
