// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

import dev.atp4j.session.kernel.LoginLimit;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a history is made of: how many take part, what they do, and what goes wrong.
 *
 * @param members how many processes there are
 * @param machines how many machines they are on
 * @param ticks how many turns the scheduler gives before the weather clears
 * @param faults how many faults there are at the most
 * @param refreshes how many refreshes are begun at the most
 * @param logouts how many logouts are begun at the most
 * @param logins how many logins users make at the most, beyond the first one
 * @param ends how many things may happen to the account that end sessions
 * @param healing whether sessions may log in by themselves
 * @param limits how many logins services take; any number if there are none
 * @param budget how many logins processes believe that they take
 * @param wire how often what happens to a request, in parts; see {@link Wire}
 * @param disk how often what happens to a read or write, in parts; see {@link Disk}
 * @param turns how often what takes the turn, in parts; see {@link Turn}
 */
@SuppressWarnings("ArrayRecordComponent") // Weights that nobody compares or changes, looked at millions of times.
public record Plan(
        int members,
        int machines,
        int ticks,
        int faults,
        int refreshes,
        int logouts,
        int logins,
        int ends,
        boolean healing,
        List<LoginLimit> limits,
        List<LoginLimit> budget,
        int[] wire,
        int[] disk,
        int[] turns) {

    private static final Duration SHORT = Duration.ofMinutes(5);
    private static final Duration LONG = Duration.ofDays(1);

    /** What processes believe unless they are told otherwise. */
    private static final List<LoginLimit> STANDARD = List.of(new LoginLimit(30, SHORT), new LoginLimit(300, LONG));

    /** What services allow: any number, or so few that a history gets there. Some clients know, others have to learn. */
    private static final List<List<LoginLimit>> LIMITS = List.of(
            List.of(),
            List.of(new LoginLimit(2, SHORT), new LoginLimit(4, LONG)),
            List.of(new LoginLimit(3, SHORT), new LoginLimit(3, LONG)),
            List.of(new LoginLimit(2, LONG)),
            List.of(new LoginLimit(3, LONG)));

    /** What becomes of a request. The first is the calm one. */
    enum Wire {
        ANSWERED(60),
        ANSWERED_LATE(10),
        REFUSED_CONNECTION(4),
        LOST(5),
        ANSWER_LOST(6),
        ARRIVES_LATER(3),
        TWICE(3),
        AGAIN_LATER(3),
        BUSY(3),
        TOO_MANY(2),
        PORTAL(2),
        GATEWAY(2),
        SWALLOWED(2),
        ODD_FIELDS(2),
        NO_REFRESH_TOKEN(1),
        ANOTHER_ACCOUNT(1),
        NOT_AUTHENTICATED(1);

        static final List<Wire> ALL = List.of(values());

        private static final Set<Wire> HEARD =
                EnumSet.of(ANSWERED, ANSWERED_LATE, TWICE, AGAIN_LATER, ODD_FIELDS, NO_REFRESH_TOKEN, ANOTHER_ACCOUNT);

        final int weight;

        Wire(int weight) {
            this.weight = weight;
        }

        /** Tells whether who asked hears what the server answered. */
        boolean heard() {
            return HEARD.contains(this);
        }
    }

    /** What becomes of a read or a write. The first is the calm one. */
    enum Disk {
        WORKS(80),
        FAILS(5),
        FAILS_AFTER_WRITING(5),
        STALLS(2);

        static final List<Disk> ALL = List.of(values());

        final int weight;

        Disk(int weight) {
            this.weight = weight;
        }
    }

    /** Whose turn it is. The first is the calm one. */
    enum Turn {
        MEMBER(150),
        SECONDS(6),
        MINUTES(3),
        HOURS(1),
        KILL(4),
        LEASE(4),
        OUTAGE(2),
        ROLL_BACK(1),
        CLOCK(2),
        SLEEP(1),
        LATE_REQUEST(4),
        END(3),
        MONTHS(1);

        static final List<Turn> ALL = List.of(values());

        final int weight;

        Turn(int weight) {
            this.weight = weight;
        }
    }

    /** Draws one. Each kind of fault is in some plans and not in others, so that each is met with and without each other. */
    public static Plan drawn(Choices choices) {
        int[] wire = swarm(choices, Wire.ALL.size(), i -> Wire.ALL.get(i).weight);
        int[] disk = swarm(choices, Disk.ALL.size(), i -> Disk.ALL.get(i).weight);
        int[] turns = swarm(choices, Turn.ALL.size(), i -> Turn.ALL.get(i).weight);
        int members = 1 + choices.pick(10, 45, 35, 10);
        int limits = choices.pick(40, 20, 10, 15, 15);
        return new Plan(
                members,
                1 + choices.below(Math.min(members, 3)),
                20 + 20 * choices.pick(20, 40, 30, 10),
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                choices.pick(50, 40, 10),
                choices.pick(80, 15, 5),
                choices.pick(60, 30, 10),
                choices.chance(25),
                LIMITS.get(limits),
                limits == 1 || limits == 2 ? LIMITS.get(limits) : STANDARD,
                wire,
                disk,
                turns);
    }

    /** A plan of calm weather. */
    public static Plan calm(int members, int ticks) {
        return new Plan(
                members,
                1,
                ticks,
                0,
                Integer.MAX_VALUE,
                0,
                0,
                0,
                false,
                List.of(),
                STANDARD,
                new int[Wire.ALL.size()],
                new int[Disk.ALL.size()],
                new int[Turn.ALL.size()]);
    }

    private static int[] swarm(Choices choices, int kinds, java.util.function.IntUnaryOperator weight) {
        var weights = new int[kinds];
        weights[0] = weight.applyAsInt(0);
        int mask = choices.below(1 << (kinds - 1));
        for (int i = 1; i < kinds; i++) {
            weights[i] = (mask >> (i - 1) & 1) == 0 ? 0 : weight.applyAsInt(i);
        }
        return weights;
    }
}
