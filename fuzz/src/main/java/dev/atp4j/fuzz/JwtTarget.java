// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.Secret;
import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.kernel.Jwt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * Tokens, which are opaque by law: nothing in one is an error, and no claim makes a session outlive the century. The claims are
 * those that were put in.
 */
final class JwtTarget implements Target {

    private static final Duration CENTURY = Duration.ofDays(36_525);

    @Override
    public void accept(byte[] input) {
        look(Jwt.read(Secret.of(Text.of(input))));

        String made = "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(input) + ".c2ln";
        Jwt read = Jwt.read(Secret.of(made));
        look(read);
        Must.agree(read.claims(), claims(input), "the claims that were put in and those that are read");
        Must.agree(Jwt.read(Secret.of(made + ".more")).claims(), LexMap.empty(), "what has four parts is no token");
        String standard = new String(Base64.getEncoder().encode(input), StandardCharsets.ISO_8859_1);
        look(Jwt.read(Secret.of("e30." + standard + ".c2ln")));
    }

    private static LexMap claims(byte[] input) {
        try {
            return LexJson.parseMapLenient(input);
        } catch (DataException e) {
            return LexMap.empty();
        }
    }

    private static void look(Jwt token) {
        token.jti();
        token.scope();
        token.audience();
        token.subject();
        token.issuedAt();
        Duration lifetime = token.lifetime();
        Must.hold(
                lifetime == null || !lifetime.isNegative() && !lifetime.isZero() && lifetime.compareTo(CENTURY) < 0,
                "a lifetime makes sense or is unknown");
    }
}
