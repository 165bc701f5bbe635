// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

import dev.atp4j.session.kernel.Backoff;
import dev.atp4j.session.kernel.Flow;
import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.Now;
import dev.atp4j.session.kernel.Outcome;
import dev.atp4j.session.kernel.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A virtual process: what it holds, the flow that it is in, and what it means to do next. */
public final class Member {

    /** Its name in stories. */
    public final String name;

    /** The machine that it runs on. */
    public final Machine machine;

    /** How it counts its logins. */
    final Tally tally;

    /** When it counted its last login, and whether the store failed to. */
    long countedAt;

    boolean countedAlone;

    /** What it holds; null while it does not run, or has found no session. */
    public @Nullable Held held;

    /** Where its flow stands, or null if it is in none. */
    public @Nullable Step step;

    /** Its turn, or null if it has none. */
    public ModelStore.@Nullable Lease lease;

    boolean up = true;

    /** Makes the flow that it is in, or waits for a turn for. */
    @Nullable
    Function<Held, Flow> start;

    /** How often the store had been rolled back when it was last read. */
    int rollBacks;

    /** Whether it has a login on its way into the store, and what it held before that. */
    boolean entering;

    @Nullable
    Held before;

    boolean meanwhile;
    long waitingSince;
    int turnsLost;

    /** Whether the flow's store failed it, so that it goes by what it knows. */
    boolean blind;

    /** Whether the flow goes on without a turn though others may have one. */
    boolean impatient;

    /** A request under way. */
    @Nullable
    Call call;

    /** Until when it does nothing. */
    long busyUntil;

    @Nullable
    Backoff waitedOut;

    Outcome.@Nullable Dying dying;

    /** When it tries again what the store missed; when it asks the server again to forget; when it may refresh again. */
    long saveAt = Long.MAX_VALUE;

    long deletesAt = Long.MAX_VALUE;
    long retryAt;

    /** The refresh tokens that it got in this flow. */
    final List<ModelPds.Row> got = new ArrayList<>();

    /** The last it learned of the server's time: how much its clock stood still by then, and when that was. */
    private boolean learned;

    private long sleptThen;
    private long learnedAt;

    Member(String name, Machine machine, Tally tally) {
        this.name = name;
        this.machine = machine;
        this.tally = tally;
    }

    /** A machine: its clock, and how long it slept. */
    public static final class Machine {
        long skew;
        long slept;
        long asleepUntil;
    }

    /** A request under way. */
    static final class Call {
        final Plan.Wire fate;
        ModelPds.@Nullable Row row;

        /** Whether the store knew of it when it was sent. */
        boolean recorded;

        dev.atp4j.session.kernel.Answer.@Nullable Response answer;

        Call(Plan.Wire fate) {
            this.fate = fate;
        }
    }

    /** Returns the time of day as this process knows it. */
    long clock(long now) {
        return learned ? now - (machine.slept - sleptThen) : now + machine.skew;
    }

    /** Returns what its rules get of the world outside. */
    Now moment(long now, double dice) {
        return new Now(Instant.ofEpochMilli(clock(now)), learned, dice);
    }

    /** Learns the time from an answer, unless it did so lately. */
    void learn(long now) {
        if (!learned || machine.slept != sleptThen || now - learnedAt - (machine.slept - sleptThen) >= 600_000) {
            learned = true;
            sleptThen = machine.slept;
            learnedAt = now;
        }
    }

    /** Tells whether it knows the server's time to the minute. */
    boolean clockIsRight(long now) {
        return Math.abs(clock(now) - now) < 60_000;
    }

    boolean busy() {
        return step != null || start != null;
    }

    /** Forgets everything, as a process does that is killed. */
    void forget() {
        held = null;
        step = null;
        start = null;
        meanwhile = false;
        entering = false;
        lease = null;
        call = null;
        busyUntil = 0;
        waitedOut = null;
        dying = null;
        saveAt = Long.MAX_VALUE;
        deletesAt = Long.MAX_VALUE;
        retryAt = 0;
        learned = false;
        got.clear();
        tally.forget();
        up = false;
    }

    @Override
    public String toString() {
        return name;
    }
}
