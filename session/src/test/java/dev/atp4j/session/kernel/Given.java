// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.syntax.Did;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** States and steps for the tests of flows. Tokens are known by their letters: a is rotated to b, b to c. */
final class Given {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final Now LATER = new Now(NOW.plusSeconds(1), 0);
    static final Did DID = Did.parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
    static final SessionKey KEY = SessionKey.of(DID);
    static final URI SERVICE = URI.create("https://service.example.com");

    private Given() {}

    static Secret token(String jti) {
        return token(jti, NOW);
    }

    static Secret token(String jti, Instant issued) {
        String claims = "{\"jti\":\"" + jti + "\",\"iat\":" + issued.getEpochSecond() + ",\"exp\":"
                + issued.plusSeconds(7200).getEpochSecond() + "}";
        return Secret.of("e30." + base64(claims) + ".c2ln");
    }

    /** An access token that is good for something less than everything. */
    static Secret scoped(String scope) {
        String claims = "{\"scope\":\"" + scope + "\",\"iat\":" + NOW.getEpochSecond() + ",\"exp\":"
                + NOW.plusSeconds(7200).getEpochSecond() + "}";
        return Secret.of("e30." + base64(claims) + ".c2ln");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Grant grant(String jti) {
        return new Grant(DID, token("access-" + jti), token(jti), Profile.read(LexMap.empty()));
    }

    /** A session whose current refresh token is this one, of version and generation 1. */
    static SessionState active(String jti) {
        return SessionState.opened(
                        KEY,
                        SERVICE,
                        null,
                        Profile.read(LexMap.empty()),
                        new Tokens(1, token("access-" + jti), token(jti), NOW))
                .asVersion(1);
    }

    /** A session that somebody opened a minute later, in version 1. */
    static SessionState login(String jti) {
        return SessionState.opened(
                        KEY,
                        SERVICE,
                        null,
                        Profile.read(LexMap.empty()),
                        new Tokens(1, token("access-" + jti), token(jti), NOW.plus(Duration.ofMinutes(1))))
                .asVersion(1);
    }

    /** The same session after these rotations, each of them one version later. */
    static SessionState rotated(SessionState state, String... jtis) {
        SessionState next = state;
        for (String jti : jtis) {
            next = next.rotated(grant(jti), null, NOW).asVersion(next.version() + 1);
        }
        return next;
    }

    static String jti(Secret token) {
        String jti = Jwt.read(token).jti();
        return jti == null ? "" : jti;
    }

    static String jti(SessionState state) {
        return state.tokens() == null ? "-" : jti(state.current().refreshJwt());
    }

    static List<String> pending(SessionState state) {
        return state.pendingDeletes().stream()
                .map(p -> jti(p.refreshJwt()) + (p.chase() ? "?" : ""))
                .toList();
    }

    /** Plays a flow, event by event. */
    static final class Play {
        Step step;
        final List<Notice> notices = new ArrayList<>();

        Play(Flow flow) {
            show(flow.begin());
        }

        private void show(Step next) {
            step = next;
            notices.addAll(next.notices());
        }

        Play on(Event event) {
            return on(event, LATER);
        }

        Play on(Event event, Now now) {
            show(step.flow().on(event, now));
            return this;
        }

        Play loaded(SessionState stored) {
            expect(Effect.Read.class);
            return on(new Event.Loaded(stored));
        }

        Play wrote(boolean won) {
            expect(Effect.Write.class);
            return on(new Event.Wrote(won));
        }

        Play storeFails() {
            assertThat(step.effect()).isInstanceOfAny(Effect.Read.class, Effect.Write.class);
            return on(new Event.StoreFailed("down"));
        }

        Play refreshed(RefreshVerdict verdict) {
            expect(Effect.Refresh.class);
            return on(new Event.Refreshed(verdict, null));
        }

        Play granted(String jti) {
            return refreshed(new RefreshVerdict.Rotated(grant(jti)));
        }

        Play deleted(boolean gone) {
            expect(Effect.Delete.class);
            return on(new Event.Deleted(
                    gone ? new DeleteVerdict.Gone() : new DeleteVerdict.Unconfirmed(Duration.ofMinutes(2), "500")));
        }

        Play paused() {
            expect(Effect.Pause.class);
            return on(new Event.Paused());
        }

        <T extends Effect> T expect(Class<T> effect) {
            assertThat(step.effect()).isInstanceOf(effect);
            return effect.cast(step.effect());
        }

        SessionState written() {
            return expect(Effect.Write.class).next();
        }

        Outcome outcome() {
            return expect(Effect.Done.class).outcome();
        }

        Held held() {
            return step.held();
        }
    }
}
