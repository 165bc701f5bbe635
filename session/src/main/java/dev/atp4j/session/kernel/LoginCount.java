// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The logins of one account at one service that are still to be counted, in fixed windows that begin with the first of them,
 * as servers count. Immutable.
 *
 * @param windows the windows under way, each of another length
 */
public record LoginCount(List<Window> windows) {

    /** No login is to be counted. */
    public static final LoginCount NONE = new LoginCount(List.of());

    /** What a server says is believed up to here: nothing may lock an account out for longer. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** A server that states another window in every answer is not listened to without end. */
    private static final int MOST_WINDOWS = 8;

    /** Servers state the end of a window in whole seconds, and the time of their answer too. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    private static final Pattern POLICY = Pattern.compile("\\b(\\d{1,9})\\s*;\\s*w\\s*=\\s*(\\d{1,9})\\b");

    /** Copies the windows. */
    public LoginCount {
        windows = List.copyOf(windows);
    }

    /**
     * A window under way.
     *
     * @param limit how many logins it allows, and how long it is
     * @param began when it began
     * @param used how many logins it has seen
     */
    public record Window(LoginLimit limit, Instant began, int used) {

        /** Brings numbers to sense that may come from a damaged note. */
        public Window {
            used = Math.max(0, used);
        }

        Duration left(Instant now) {
            return limit.per().minus(Duration.between(began, now));
        }

        boolean allows(boolean automatic) {
            return used < (automatic ? limit.automatically() : limit.times());
        }
    }

    /**
     * What became of the wish to log in.
     *
     * @param next the count as it is to be kept now
     * @param pause zero if the login was counted and may be sent; else when it will work, from now
     */
    public record Turn(LoginCount next, Duration pause) {}

    /**
     * What a server says about its own count.
     *
     * @param remaining how many calls are left, or null
     * @param left how long its window still lasts, or null
     * @param policy limit and length of the window, such as {@code 30;w=300}, or null
     * @param retryAfter how long it wants not to be asked, or null if it answered
     */
    public record Told(
            @Nullable Long remaining,
            @Nullable Duration left,
            @Nullable String policy,
            @Nullable Duration retryAfter) {}

    /**
     * Counts a login if it fits in.
     *
     * @param limits what is allowed
     * @param automatic whether nobody asked for this login; such logins leave some to the people who do
     * @param now the time
     */
    public Turn attempt(List<LoginLimit> limits, boolean automatic, Instant now) {
        List<Window> open = under(limits, now);
        Duration wait = Duration.ZERO;
        for (Window window : open) {
            if (!window.allows(automatic) && window.left(now).compareTo(wait) > 0) {
                wait = window.left(now);
            }
        }
        if (!wait.isZero()) {
            return new Turn(at(now), wait);
        }
        return new Turn(
                new LoginCount(open.stream()
                        .map(w -> new Window(w.limit(), w.began(), w.used() + 1))
                        .toList()),
                Duration.ZERO);
    }

    /** Returns how many logins fit in now: as many as the tightest window has left, or the greatest number. */
    public int left(List<LoginLimit> limits, Instant now) {
        return under(limits, now).stream()
                .mapToInt(w -> Math.max(0, w.limit().times() - w.used()))
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /** Returns the count without a login that never reached the server. */
    public LoginCount notSent(Instant now) {
        return new LoginCount(at(now).windows.stream()
                .map(w -> new Window(w.limit(), w.began(), w.used() - 1))
                .toList());
    }

    /** Returns the count as the server's own makes it: never with more left than either of the two. */
    public LoginCount told(Told told, Instant now) {
        LoginCount next = at(now);
        LoginLimit policy = told.policy == null ? null : policy(told.policy);
        if (policy != null && policy.per().compareTo(LONGEST) <= 0) {
            next = next.learned(next.counted(policy, told, now));
        } else if (told.remaining != null && told.remaining == 0 && told.left != null) {
            next = next.closed(told.left, now);
        }
        return told.retryAfter == null ? next : next.closed(told.retryAfter, now);
    }

    private Window counted(LoginLimit policy, Told told, Instant now) {
        Window known = of(policy.per());
        int times = known == null
                ? policy.times()
                : Math.min(policy.times(), known.limit().times());
        int used = known == null ? 1 : known.used();
        if (told.remaining != null) {
            used = (int) Math.max(used, Math.max(0, times - told.remaining));
        }
        Instant began = known == null ? now : known.began();
        if (told.left != null) {
            Duration left = told.left.isNegative() ? ROUNDING : told.left.plus(ROUNDING);
            began = left.compareTo(policy.per()) < 0 ? now.minus(policy.per().minus(left)) : now;
        }
        return new Window(new LoginLimit(times, policy.per()), began, used);
    }

    /** Lets nothing through for some time: a window that allows no login. */
    private LoginCount closed(Duration time, Instant now) {
        Duration length = time.compareTo(LONGEST) > 0 ? LONGEST : time;
        if (length.isNegative() || length.isZero()) {
            return this;
        }
        return learned(new Window(new LoginLimit(0, length), now, 0));
    }

    private LoginCount learned(Window window) {
        return windows.size() < MOST_WINDOWS || of(window.limit().per()) != null ? with(window) : this;
    }

    private LoginCount with(Window window) {
        var next = new ArrayList<>(windows);
        next.removeIf(w -> w.limit().per().equals(window.limit().per()));
        next.add(window);
        return new LoginCount(next);
    }

    /** Returns this count and another one of the same logins, of which each may know some that the other does not. */
    public LoginCount merged(LoginCount other, Instant now) {
        LoginCount both = at(now);
        for (Window theirs : other.at(now).windows) {
            Window mine = both.of(theirs.limit().per());
            both = both.with(
                    mine == null
                            ? theirs
                            : new Window(
                                    tighter(mine.limit(), theirs.limit()),
                                    mine.began(),
                                    Math.max(mine.used(), theirs.used())));
        }
        return both;
    }

    /**
     * Returns the count without the windows that are over. One that begins later than now was written by a clock that has
     * jumped since, and is taken to begin now: nothing lasts longer than its window.
     */
    LoginCount at(Instant now) {
        return new LoginCount(windows.stream()
                .map(w -> w.began().isAfter(now) ? new Window(w.limit(), now, w.used()) : w)
                .filter(w -> !w.left(now).isZero() && !w.left(now).isNegative())
                .toList());
    }

    /** Returns all windows that a login now would be in. */
    private List<Window> under(List<LoginLimit> limits, Instant now) {
        LoginCount open = at(now);
        for (LoginLimit limit : limits) {
            Window known = open.of(limit.per());
            open = open.with(
                    known == null
                            ? new Window(limit, now, 0)
                            : new Window(tighter(limit, known.limit()), known.began(), known.used()));
        }
        return open.windows;
    }

    private @Nullable Window of(Duration length) {
        return windows.stream()
                .filter(w -> w.limit().per().equals(length))
                .findFirst()
                .orElse(null);
    }

    private static LoginLimit tighter(LoginLimit one, LoginLimit other) {
        return one.times() <= other.times() ? one : other;
    }

    private static @Nullable LoginLimit policy(String text) {
        Matcher policy = POLICY.matcher(text);
        if (!policy.find()) {
            return null;
        }
        Duration per = Duration.ofSeconds(Long.parseLong(policy.group(2)));
        return per.isZero() ? null : new LoginLimit(Integer.parseInt(policy.group(1)), per);
    }

    // ---- the stored form

    /** Writes the count. */
    public LexMap write() {
        return LexMap.builder()
                .put(
                        "windows",
                        new LexList(windows.stream()
                                .<LexValue>map(w -> LexMap.builder()
                                        .put("lengthMillis", w.limit().per().toMillis())
                                        .put("limit", w.limit().times())
                                        .put("began", w.began().toString())
                                        .put("used", w.used())
                                        .build())
                                .toList()))
                .build();
    }

    /** Reads a count. What is no window in it is passed over: a login is not refused because of a damaged note. */
    public static LoginCount read(LexMap json) {
        LoginCount count = NONE;
        for (LexValue item : json.getList("windows").orElse(new LexList(List.of()))) {
            Window window = item instanceof LexMap map ? window(map) : null;
            if (window != null) {
                count = count.with(window);
            }
        }
        return count;
    }

    private static @Nullable Window window(LexMap json) {
        long length = json.getLong("lengthMillis").orElse(0L);
        long times = json.getLong("limit").orElse(-1L);
        if (length <= 0 || times < 0) {
            return null;
        }
        try {
            return new Window(
                    new LoginLimit((int) Math.min(times, Integer.MAX_VALUE), Duration.ofMillis(length)),
                    Instant.parse(json.getString("began").orElse("")),
                    (int) Math.min(json.getLong("used").orElse(0L), Integer.MAX_VALUE - 1));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
