// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.syntax.Did;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What createSession, createAccount and refreshSession hand out.
 *
 * @param did whose tokens they are
 * @param accessJwt the access token
 * @param refreshJwt the refresh token, or null if the server left it out
 * @param profile what else the answer tells about the account
 */
public record Grant(Did did, Secret accessJwt, @Nullable Secret refreshJwt, Profile profile) {

    /**
     * Reads an answer. Only a missing access token or DID makes it unusable: by the time it is read, the server has
     * already rotated, so every token that it sent is worth keeping, however odd the fields beside it.
     */
    public static Optional<Grant> read(LexMap json) {
        Optional<String> access = json.getString("accessJwt").filter(Tokens::wellFormed);
        Optional<Did> did = json.getString("did").flatMap(Did::tryParse);
        if (access.isEmpty() || did.isEmpty()) {
            return Optional.empty();
        }
        Secret refresh = json.getString("refreshJwt")
                .filter(Tokens::wellFormed)
                .map(Secret::of)
                .orElse(null);
        return Optional.of(new Grant(did.get(), Secret.of(access.get()), refresh, Profile.read(json)));
    }
}
