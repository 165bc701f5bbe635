// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

import java.util.List;

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
        int[] wire,
        int[] disk,
        int[] turns) {

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

        final int weight;

        Wire(int weight) {
            this.weight = weight;
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
