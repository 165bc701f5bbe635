// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.Secret;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.SessionData;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** What is told about a session: whose, where, in which state, for how long; never a token. */
final class SessionReport {

    private SessionReport() {}

    /** Returns the facts as JSON. */
    static LexMap.Builder json(PasswordSession session) {
        var json = identity(session);
        if (!session.destroyed()) {
            session.accessTimeLeft().ifPresent(left -> json.put("accessSecondsLeft", left.toSeconds()));
            refreshTimeLeft(session).ifPresent(left -> json.put("refreshSecondsLeft", left.toSeconds()));
        }
        return json;
    }

    private static LexMap.Builder identity(PasswordSession session) {
        var json = LexMap.builder()
                .put("did", session.key().did().value())
                .put("handle", session.handle().orElse(null))
                .put("service", session.service().toString())
                .put("pds", session.pds().toString())
                .put("active", session.accountActive())
                .put("status", session.accountStatus().orElse(null));
        return session.scope().map(scope -> json.put("scope", scope)).orElse(json);
    }

    /** Writes the facts for people. */
    static void lines(PasswordSession session, Output output) {
        output.line(name(session));
        output.line("  service  " + session.service());
        output.line("  pds      " + session.pds());
        String status = session.accountStatus().orElse(session.accountActive() ? "active" : "not active");
        output.line("  account  " + status);
        output.line("  access   "
                + session.accessTimeLeft().map(SessionReport::goodFor).orElse("not known"));
        output.line("  refresh  "
                + refreshTimeLeft(session).map(SessionReport::goodFor).orElse("not known"));
    }

    /** Returns handle and DID of a session's account. */
    static String name(PasswordSession session) {
        return session.handle()
                .map(handle -> handle + " (" + session.key().did() + ")")
                .orElse(session.key().did().value());
    }

    private static String goodFor(Duration left) {
        if (left.isZero()) {
            return "has run out";
        }
        long minutes = left.toMinutes();
        String text = left.toDays() >= 2
                ? left.toDays() + " days"
                : minutes >= 60 ? minutes / 60 + " h " + minutes % 60 + " min" : minutes + " min";
        return "good for " + text;
    }

    /**
     * Works out how long the refresh token is good for, if its own word is to be believed. Both tokens were made at the
     * same moment by the same clock, so what is known of one tells what is left of the other, whatever the clocks say.
     */
    private static Optional<Duration> refreshTimeLeft(PasswordSession session) {
        SessionData data = session.data();
        return session.accessTimeLeft()
                .filter(left -> !left.isZero())
                .flatMap(left -> expiry(data.accessJwt())
                        .flatMap(
                                access -> expiry(data.refreshJwt()).map(refresh -> left.plusSeconds(refresh - access))))
                .filter(left -> !left.isNegative());
    }

    /** Returns a token's {@code exp}, in seconds, if it shows one. */
    private static Optional<Long> expiry(Secret token) {
        String[] parts = token.expose().split("\\.", 4);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return LexJson.parseMapLenient(Base64.getUrlDecoder().decode(parts[1]))
                    .getLong("exp")
                    .filter(seconds -> seconds > 0 && seconds < 1L << 40);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
