// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.kernel.LoginLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How many logins one account may spend at one service. Services count logins, successful ones included, and lock out whoever
 * makes too many, for up to a day; a budget stops short of that. It is counted in the store, for all who share it, and what
 * a service says of its own count (its {@code RateLimit} fields and {@code Retry-After}) tightens it.
 *
 * <p>Each limit counts in windows that begin with their first login, as the services' own do. A tenth of it, at least one
 * login, is left to people: logins that a session makes by itself (see {@link CredentialsProvider}) do not use it up.
 *
 * <p>Immutable.
 */
public final class LoginBudget {

    private static final Duration SHORT = Duration.ofMinutes(5);
    private static final Duration LONG = Duration.ofDays(1);

    private static final LoginBudget UNLIMITED = new LoginBudget(List.of());
    private static final LoginBudget STANDARD = of(30, SHORT).and(300, LONG);

    private final List<LoginLimit> limits;

    private LoginBudget(List<LoginLimit> limits) {
        this.limits = List.copyOf(limits);
    }

    /**
     * Returns the budget that the reference server grants: 30 logins in 5 minutes, 300 in a day.
     *
     * @return the budget that is used unless another one is set
     */
    public static LoginBudget standard() {
        return STANDARD;
    }

    /**
     * Returns the budget that holds nothing back and counts nothing.
     *
     * @return the budget
     */
    public static LoginBudget unlimited() {
        return UNLIMITED;
    }

    /**
     * Returns a budget of one limit.
     *
     * @param logins how many logins, at least 1
     * @param per in which time, from a second to a day
     * @return the budget
     * @throws IllegalArgumentException if there is no such limit
     */
    public static LoginBudget of(int logins, Duration per) {
        return UNLIMITED.and(logins, per);
    }

    /**
     * Returns this budget with one more limit.
     *
     * @param logins how many logins, at least 1
     * @param per in which time, from a second to a day; of two limits for the same time the later one counts
     * @return the new budget
     * @throws IllegalArgumentException if there is no such limit
     */
    public LoginBudget and(int logins, Duration per) {
        if (logins < 1) {
            throw new IllegalArgumentException("a login budget allows at least one login: " + logins);
        }
        if (per.compareTo(Duration.ofSeconds(1)) < 0 || per.compareTo(LONG) > 0) {
            throw new IllegalArgumentException("a login budget is for a second to a day: " + per);
        }
        var all = new ArrayList<>(limits);
        all.removeIf(limit -> limit.per().equals(per));
        all.add(new LoginLimit(logins, per));
        return new LoginBudget(all);
    }

    List<LoginLimit> limits() {
        return limits;
    }

    /** Returns the time between two logins that a session makes by itself. */
    Duration shortest() {
        return limits.stream()
                .map(LoginLimit::per)
                .min(Comparator.naturalOrder())
                .orElse(SHORT);
    }

    /** Returns the time after which credentials that were refused are tried again. */
    Duration longest() {
        return limits.stream()
                .map(LoginLimit::per)
                .max(Comparator.naturalOrder())
                .orElse(LONG);
    }

    /** Returns the limits. */
    @Override
    public String toString() {
        return "LoginBudget"
                + limits.stream().map(l -> l.times() + " in " + l.per()).toList();
    }
}
