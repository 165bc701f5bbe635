// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.kernel.Answer;
import dev.atp4j.session.kernel.LoginCount;
import dev.atp4j.session.kernel.LoginLimit;
import dev.atp4j.syntax.Did;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One account at its server, as real servers keep it: two hours of grace from a refresh token's first use, a successor that
 * stays the same, access tokens that nobody can revoke. Not thread-safe; times are milliseconds of the server's clock.
 *
 * <p>It knows more than a server does: which login a token comes from, and how many rotations it is away from it.
 */
public final class ModelPds {

    /** The account. */
    public static final Did DID = Did.parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");

    /** Where the account lives at first. */
    public static final URI HOME = URI.create("https://pds.example.com");

    /** Where it may move. */
    public static final URI ELSEWHERE = URI.create("https://elsewhere.example.org");

    private static final long GRACE = Duration.ofHours(2).toMillis();
    private static final long ACCESS = Duration.ofHours(2).toMillis();
    private static final long REFRESH = Duration.ofDays(90).toMillis();
    private static final String HEADER = base64("{\"alg\":\"HS256\"}");

    /** A refresh token as the server knows it. */
    public static final class Row {
        /** Its id. */
        public final String jti;
        /** The login that it comes from, counted from 1. */
        public final int login;
        /** How many rotations it is away from its login. */
        public final int depth;
        /** Where it was issued. */
        public final URI service;

        /** The token that it was rotated from, or null. */
        public final @Nullable Row parent;

        private long expiresAt;
        private boolean gone;
        private @Nullable Row next;

        /** How often it was presented. */
        public int uses;

        /** How often it was sent, and how many of those times are explained by a fault. For those who check laws. */
        public int sent;

        public int excused;

        /** How many requests with it the store knew of whose outcome nobody knows. For those who check laws. */
        public int unanswered;

        /** How often in a row it was refused by somebody else than the server. For those who check laws. */
        public int forged;

        /** Whether any process ever got it. For those who check laws; the server does not know. */
        public boolean received;

        /** Whether it ever stood in a store. For those who check laws. */
        public boolean stored;

        /** Whether its only holders were killed, or its record was rolled back. For those who check laws. */
        public boolean lost;

        private Row(String jti, int login, int depth, URI service, @Nullable Row parent, long expiresAt) {
            this.jti = jti;
            this.login = login;
            this.depth = depth;
            this.service = service;
            this.parent = parent;
            this.expiresAt = expiresAt;
        }

        /** Tells whether its time is not over yet, whoever has ended it. */
        boolean lasts(long now) {
            return expiresAt > now;
        }

        /** Returns the token that it is rotated to, or null if it was never used. */
        public @Nullable Row next() {
            return next;
        }

        @Override
        public String toString() {
            return jti;
        }
    }

    /**
     * The logins at one service that are counted together, from the first one on: whatever becomes of them, and those that
     * are refused for being too many as well.
     */
    static final class Window {
        final LoginLimit limit;
        final long began;
        private int used;

        private Window(LoginLimit limit, long began) {
            this.limit = limit;
            this.began = began;
        }

        /** Returns when it is over. */
        long ends() {
            return began + limit.per().toMillis();
        }

        /** Returns how many logins it still takes. */
        int left() {
            return Math.max(0, limit.times() - used);
        }
    }

    private final Map<URI, List<Window>> windows = new HashMap<>();
    private List<LoginLimit> limits = List.of();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Row> byId = new HashMap<>();
    private Secret password = Secret.of("a password");
    private int logins;
    private boolean takenDown;
    private boolean deleted;
    private boolean deactivated;
    private URI home = HOME;
    private URI pds = HOME;

    // ---- what clients call

    /** Answers createSession. */
    public Answer.Response login(URI service, Secret password, long now) {
        long full = 0;
        for (Window window : windows(service, now)) {
            full = window.left() == 0 ? Math.max(full, window.ends()) : full;
            window.used++;
        }
        if (full > 0) {
            Duration wait = Duration.ofSeconds((full - now + 999) / 1000);
            return new Answer.Response(429, "RateLimitExceeded", "Rate Limit Exceeded", null, false, wait);
        }
        if (!service.equals(home) || deleted || !password.equals(this.password)) {
            return error(401, "AuthenticationRequired", "Invalid identifier or password");
        }
        if (takenDown) {
            return error(401, "AccountTakedown", "Account has been taken down");
        }
        return tokens(row(++logins, 0, null, now), now);
    }

    /** Returns what the answer to a login says of the tightest window, in whole seconds; null if logins are not counted. */
    LoginCount.@Nullable Told told(URI service, long now, @Nullable Duration retryAfter) {
        return windows(service, now).stream()
                .min(Comparator.comparingInt(Window::left))
                .map(w -> new LoginCount.Told(
                        (long) w.left(),
                        Duration.ofSeconds(w.ends() / 1000 - now / 1000),
                        w.limit.times() + ";w=" + w.limit.per().toSeconds(),
                        retryAfter))
                .orElse(null);
    }

    /** Returns the windows that a login would be counted in now. */
    List<Window> windows(URI service, long now) {
        if (limits.isEmpty()) {
            return List.of();
        }
        List<Window> open = windows.computeIfAbsent(service, s -> new ArrayList<>());
        open.removeIf(w -> w.ends() <= now);
        for (LoginLimit limit : limits) {
            if (open.stream().noneMatch(w -> w.limit.equals(limit))) {
                open.add(new Window(limit, now));
            }
        }
        return open;
    }

    /** Answers refreshSession. */
    public Answer.Response refresh(URI service, Secret token, long now) {
        Row row = row(token);
        if (row == null || !row.service.equals(service)) {
            return error(400, "InvalidToken", "Token could not be verified");
        }
        row.uses++;
        if (!service.equals(home) || deleted) {
            return error(400, "InvalidRequest", "Could not find user info for account: " + DID);
        }
        if (takenDown) {
            return error(401, "AccountTakedown", "Account has been taken down");
        }
        if (!honours(row, now)) {
            return error(400, "ExpiredToken", "Token has been revoked");
        }
        row.expiresAt = Math.min(row.expiresAt, now + GRACE);
        Row next = row.next;
        if (next == null) {
            next = row(row.login, row.depth + 1, row, now);
            row.next = next;
        } else if (!honours(next, now)) {
            next.gone = false;
            next.expiresAt = now + REFRESH;
        }
        return tokens(next, now);
    }

    /** Answers deleteSession. */
    public Answer.Response delete(URI service, Secret token) {
        Row row = row(token);
        if (row == null || !row.service.equals(service)) {
            return error(400, "InvalidToken", "Token could not be verified");
        }
        row.gone = true;
        return new Answer.Response(200, "", "", null, false, null);
    }

    /** Answers getSession, or any other call that needs an access token. */
    public Answer.Response call(URI server, Secret access, long now) {
        String text = access.expose();
        int mark = text.lastIndexOf(".a");
        if (mark < 0 || !server.equals(pds) && !server.equals(home) || deleted || takenDown) {
            return error(400, "InvalidToken", "Token could not be verified");
        }
        long issued = Long.parseLong(text.substring(mark + 2)) * 1000;
        return issued + ACCESS <= now
                ? error(400, "ExpiredToken", "Token has expired")
                : new Answer.Response(200, "", "", profile().build(), false, null);
    }

    // ---- what happens to accounts

    /** Sets how many logins each service takes; at first it is any number. */
    void limit(List<LoginLimit> limits) {
        this.limits = limits;
    }

    /** Sets a new password: every session dies. */
    public void changePassword(Secret next) {
        password = next;
        revokeAll();
    }

    /** Ends every session, and leaves the password as it is. */
    public void revokeAll() {
        rows.forEach(row -> row.gone = true);
    }

    /** Takes the account down, or gives it back; its sessions stay dead. */
    public void takeDown(boolean down) {
        takenDown = down;
        if (down) {
            revokeAll();
        }
    }

    /** Deactivates the account, or the contrary. Nothing dies of it. */
    public void deactivate(boolean inactive) {
        deactivated = inactive;
    }

    /** Deletes the account. */
    public void deleteAccount() {
        deleted = true;
        revokeAll();
    }

    /** Moves the account to another service, which knows none of its sessions. */
    public void moveTo(URI service) {
        home = service;
        pds = service;
    }

    /** Moves the account to another server behind the same service: its sessions go on. */
    public void moveBehind(URI server) {
        pds = server;
    }

    // ---- what is true

    /** Returns the password. */
    public Secret password() {
        return password;
    }

    /** Returns where the account's sessions are opened. */
    public URI home() {
        return home;
    }

    /** Returns where the account's data lives. */
    public URI pds() {
        return pds;
    }

    /** Tells whether the account was deleted. */
    public boolean deleted() {
        return deleted;
    }

    /** Tells whether the account is taken down. */
    public boolean takenDown() {
        return takenDown;
    }

    /** Returns every refresh token that was ever issued, in that order. */
    public List<Row> rows() {
        return rows;
    }

    /** Returns what the server knows of a token, or null if it never issued it. */
    public @Nullable Row row(Secret token) {
        String text = token.expose();
        return byId.get(text.substring(text.lastIndexOf('.') + 1));
    }

    /** Tells whether somebody who has this token could get new ones. */
    public boolean honours(@Nullable Row row, long now) {
        return row != null && !row.gone && row.expiresAt > now && row.service.equals(home) && !takenDown && !deleted;
    }

    private Row row(int login, int depth, @Nullable Row parent, long now) {
        var row = new Row("t" + rows.size(), login, depth, home, parent, now + REFRESH);
        rows.add(row);
        byId.put(row.jti, row);
        return row;
    }

    private Answer.Response tokens(Row row, long now) {
        long second = now / 1000;
        String access =
                "{\"scope\":\"com.atproto.access\",\"iat\":" + second + ",\"exp\":" + (second + ACCESS / 1000) + "}";
        String refresh = "{\"scope\":\"com.atproto.refresh\",\"jti\":\"" + row.jti + "\",\"iat\":" + second
                + ",\"exp\":" + (second + REFRESH / 1000) + "}";
        LexMap json = profile()
                .put("accessJwt", HEADER + "." + base64(access) + ".a" + second)
                .put("refreshJwt", HEADER + "." + base64(refresh) + "." + row.jti)
                .build();
        return new Answer.Response(200, "", "", json, false, null);
    }

    private LexMap.Builder profile() {
        var json = LexMap.builder()
                .put("did", DID.value())
                .put("handle", "alice.test")
                .put("active", !deactivated);
        return deactivated ? json.put("status", "deactivated") : json;
    }

    private static Answer.Response error(int status, String name, String message) {
        return new Answer.Response(status, name, message, null, false, null);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
