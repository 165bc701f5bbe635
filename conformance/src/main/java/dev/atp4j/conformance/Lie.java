// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A way in which a server, its operator or the way to it is not as it seems. A scenario that finds the truth in all of
 * them proves nothing.
 */
enum Lie {
    /** Errors have neither a name nor a message that means anything. */
    MUTE_ERRORS,
    /** What is refused seems to succeed. */
    YES_TO_ALL,
    /** What succeeds seems to fail. */
    NO_TO_ALL,
    /** Logins seem to fail. */
    NO_LOGIN,
    /** Successful answers say nothing. */
    EMPTY_ANSWERS,
    /** Answers have no header fields. */
    BARE_ANSWERS,
    /** A refresh gives the refresh token back that it was made with. */
    NO_ROTATION,
    /** Tokens say something else than they should, and are not signed. */
    FORGED_TOKENS,
    /** What an account is called, and whether it is active, is not true. */
    WRONG_DETAILS,
    /** A login's document names a server that nobody wants. */
    MISLEADING_DOCUMENT,
    /** Every call but createAccount is made twice. */
    STUTTER,
    /** Time does not pass on the server. */
    FROZEN_CLOCK,
    /** The operator does nothing. */
    IDLE_OPERATOR,
    /** Nothing goes wrong, although it should. */
    NO_FAULTS;

    private static final Set<String> LOGINS =
            Set.of("com.atproto.server.createSession", "com.atproto.server.createAccount");

    /** Tells this lie about an answer to a call. */
    Answer about(String nsid, Optional<String> token, Answer truth) {
        // Scenarios begin with an account; without one they would all fail, and for the same reason.
        if (nsid.equals("com.atproto.server.createAccount") && this != WRONG_DETAILS && this != FORGED_TOKENS) {
            return truth;
        }
        boolean success = truth.status() / 100 == 2;
        return switch (this) {
            case MUTE_ERRORS ->
                success
                        ? truth
                        : json(
                                truth,
                                truth.status(),
                                LexMap.builder()
                                        .put("error", "Mistake")
                                        .put("message", "Something")
                                        .build());
            case YES_TO_ALL -> success ? truth : json(truth, 200, LexMap.empty());
            case NO_TO_ALL -> success && !LOGINS.contains(nsid) ? refusal(truth) : truth;
            case NO_LOGIN -> success && LOGINS.contains(nsid) ? refusal(truth) : truth;
            case EMPTY_ANSWERS -> success && !LOGINS.contains(nsid) ? json(truth, 200, LexMap.empty()) : truth;
            case BARE_ANSWERS -> new Answer(truth.status(), Headers.empty(), truth.text());
            case NO_ROTATION -> changed(truth, body -> unrotated(body, token));
            case FORGED_TOKENS -> changed(truth, Lie::forged);
            case MISLEADING_DOCUMENT -> LOGINS.contains(nsid) ? changed(truth, Lie::misleading) : truth;
            case WRONG_DETAILS -> changed(truth, Lie::wrongDetails);
            default -> truth;
        };
    }

    /** Changes a success whose body is an object. */
    private static Answer changed(Answer truth, UnaryOperator<LexMap> change) {
        if (truth.status() / 100 != 2) {
            return truth;
        }
        try {
            return json(truth, truth.status(), change.apply(truth.json()));
        } catch (DataException e) {
            return truth;
        }
    }

    private static LexMap unrotated(LexMap body, Optional<String> token) {
        return token.isPresent() && body.getString("refreshJwt").isPresent()
                ? body.with("refreshJwt", new LexString(token.get()))
                : body;
    }

    private static LexMap forged(LexMap body) {
        LexMap forged = body;
        for (String name : List.of("accessJwt", "refreshJwt")) {
            String token = body.getString(name).orElse(null);
            if (token != null) {
                LexMap claims =
                        Tokens.claims(token).with("jti", new LexString("?")).with("exp", new LexInteger(0));
                String payload = Base64.getUrlEncoder().withoutPadding().encodeToString(LexJson.write(claims));
                forged = forged.with(name, new LexString("e30." + payload + "."));
            }
        }
        return forged;
    }

    private static LexMap wrongDetails(LexMap body) {
        LexMap wrong = body;
        for (String name : List.of("status", "active", "email", "emailConfirmed", "didDoc")) {
            wrong = wrong.without(name);
        }
        return wrong.with("handle", new LexString("somebody-else.test"));
    }

    private static LexMap misleading(LexMap body) {
        String did = body.getString("did").orElse("");
        return body.with("didDoc", PdsEndpoint.document(did, "http://127.0.0.1:1"));
    }

    private static Answer refusal(Answer truth) {
        return json(
                truth,
                500,
                LexMap.builder()
                        .put("error", "InternalServerError")
                        .put("message", "Internal Server Error")
                        .build());
    }

    private static Answer json(Answer truth, int status, LexMap body) {
        return new Answer(
                status,
                truth.headers().with("content-type", "application/json"),
                new String(LexJson.write(body), StandardCharsets.UTF_8));
    }
}
