// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import dev.atp4j.session.SessionData;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.syntax.Did;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Sessions to measure. */
final class Fixtures {

    private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();

    private Fixtures() {}

    /** Returns the DID of the account of this number. */
    static Did did(int number) {
        var id = new StringBuilder();
        long rest = number * 2654435761L;
        for (int i = 0; i < 24; i++) {
            id.append(ALPHABET[(int) (rest & 31)]);
            rest = Long.rotateRight(rest, 5) + 7;
        }
        return Did.parse("did:plc:" + id);
    }

    /** Returns tokens of a real server's shape and size, good for two hours from now. */
    static SessionData data(URI service, Did did) {
        return SessionData.of(
                service,
                did,
                accessJwt(did.value()),
                refreshJwt(did.value(), "Mh0SGIy1FJzl2/jpnyIBhtTtJBqBVSiB3yeSSOPn5jU"));
    }

    /** Returns an access token that lives for two hours from now. */
    static Secret accessJwt(String did) {
        long now = Instant.now().getEpochSecond();
        String access = "{\"scope\":\"com.atproto.access\",\"sub\":\"" + did + "\",\"iat\":" + now + ",\"exp\":"
                + (now + 7200) + ",\"aud\":\"did:web:pds.example.com\"}";
        return token("at+jwt", access);
    }

    /** Returns a refresh token of this id. */
    static Secret refreshJwt(String did, String jti) {
        long now = Instant.now().getEpochSecond();
        String refresh = "{\"scope\":\"com.atproto.refresh\",\"sub\":\"" + did
                + "\",\"aud\":\"did:web:pds.example.com\",\"jti\":\"" + jti + "\",\"iat\":" + now + ",\"exp\":"
                + (now + 7776000) + "}";
        return token("refresh+jwt", refresh);
    }

    /** Returns the session of an account on a server of its own, as stores keep it. */
    static SessionRecord record(URI service, Did did) {
        SessionData data = data(service, did);
        LexMap tokens = LexMap.builder()
                .put("generation", 1L)
                .put("accessJwt", data.accessJwt().expose())
                .put("refreshJwt", data.refreshJwt().expose())
                .put("receivedAt", Instant.now().toString())
                .build();
        LexMap profile = LexMap.builder()
                .put("handle", did.value().substring(8) + ".example.com")
                .put("email", did.value().substring(8) + "@example.com")
                .put("emailConfirmed", true)
                .put("active", true)
                .build();
        // Read back from its text, as from any store: nothing of it is shared between sessions.
        byte[] json = SessionRecord.of(
                        SessionKey.of(did),
                        1,
                        LexMap.builder()
                                .put("dueMillis", Duration.ofMinutes(110).toMillis())
                                .put("service", service.toString())
                                .put("pds", service.toString())
                                .put("state", "ACTIVE")
                                .put("openedAt", Instant.now().toString())
                                .put("tokens", tokens)
                                .put("profile", profile)
                                .build())
                .toJson();
        return SessionRecord.parse(SessionKey.of(did), json);
    }

    static PasswordSession session(Sessions sessions, URI service, int number) {
        return sessions.resume(data(service, did(number)), Resume.LAZY);
    }

    private static Secret token(String type, String claims) {
        return Secret.of(base64("{\"typ\":\"" + type + "\",\"alg\":\"HS256\"}") + "." + base64(claims) + "."
                + base64("thirty-two-bytes-of-a-signature!"));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
