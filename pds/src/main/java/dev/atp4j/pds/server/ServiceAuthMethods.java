// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tokens for other services, signed with the account's own key. */
final class ServiceAuthMethods {

    private static final Pattern AUDIENCE = Pattern.compile("did:(plc|web):[a-zA-Z0-9._:%-]+(#[a-zA-Z0-9_-]+)?");
    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final String CREATE_ACCOUNT = "com.atproto.server.createAccount";

    private ServiceAuthMethods() {}

    static List<Method> all() {
        return List.of(Method.query(
                        "com.atproto.server.getServiceAuth", Field.text("aud"), Field.number("exp", 0, Long.MAX_VALUE))
                .auth(Auth.STANDARD.plus(Scope.TAKENDOWN))
                .does(ServiceAuthMethods::get));
    }

    private static Reply get(Call call) {
        String audience = call.parameters().get("aud");
        if (!AUDIENCE.matcher(audience).matches()) {
            throw XrpcFailure.invalidRequest("aud must be a valid atproto DID or did#serviceId reference");
        }
        Optional<String> method = call.parameters().find("lxm");
        checkScope(call.caller().scope(), method.orElse(""));
        long now = call.now().getEpochSecond();
        LexMap claims = LexMap.builder()
                .put("iat", now)
                .put("iss", call.caller().did())
                .put("aud", audience)
                .put("exp", expiry(call, now))
                .put("lxm", method.orElse(null))
                .put("jti", HexFormat.of().formatHex(call.box().randomBytes(16)))
                .build();
        AccountKey key = call.box().directory().key(call.caller().did()).orElseThrow(XrpcFailure::internal);
        return Reply.json(LexMap.builder().put("token", sign(key, claims)).build());
    }

    private static void checkScope(String scope, String method) {
        if (scope.equals(Scope.TAKENDOWN) && !method.equals(CREATE_ACCOUNT)) {
            throw XrpcFailure.invalidRequest("InvalidToken", "Bad token scope");
        }
        boolean privileged = method.startsWith(BskyMethods.CHAT) || method.equals(CREATE_ACCOUNT);
        if (privileged && !Scope.PRIVILEGED.contains(scope)) {
            throw XrpcFailure.invalidRequest(
                    "insufficient access to request a service auth token for the following method: " + method);
        }
    }

    private static long expiry(Call call, long now) {
        long wanted = call.parameters().number("exp", 0);
        if (wanted == 0) {
            return now + LIFETIME.toSeconds();
        }
        if (wanted < now) {
            throw XrpcFailure.invalidRequest("BadExpiration", "expiration is in past");
        }
        if (wanted - now > Duration.ofHours(1).toSeconds()) {
            throw XrpcFailure.invalidRequest(
                    "BadExpiration", "cannot request a token with an expiration more than an hour in the future");
        }
        return wanted;
    }

    private static String sign(AccountKey key, LexMap claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String header = "{\"typ\":\"JWT\",\"alg\":\"ES256\"}";
        String signed = base64.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(LexJson.write(claims));
        return signed + "." + base64.encodeToString(key.sign(signed.getBytes(StandardCharsets.UTF_8)));
    }
}
