// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import java.util.Base64;

/**
 * The answer that opens or renews a session.
 *
 * @param body the whole answer
 */
public record Tokens(LexMap body) {

    String did() {
        return body.getString("did").orElseThrow();
    }

    public String access() {
        return body.getString("accessJwt").orElseThrow();
    }

    public String refresh() {
        return body.getString("refreshJwt").orElseThrow();
    }

    /** Returns the refresh token's name in the server's books. */
    String jti() {
        return claims(refresh()).getString("jti").orElseThrow();
    }

    /** Reads what a token says, which only a test may do. */
    static LexMap claims(String token) {
        return part(token, 1);
    }

    static LexMap header(String token) {
        return part(token, 0);
    }

    private static LexMap part(String token, int index) {
        return LexJson.parseMap(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]));
    }
}
