// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import dev.atp4j.simulation.Choices;
import dev.atp4j.simulation.Law;
import dev.atp4j.simulation.Violation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the strands of a simulated world one at a time: whoever has the baton runs, until it comes to a point where another
 * one could run as well, or has to wait. There the choices say who is next. When nobody can go on, time moves to the next
 * alarm. So the same choices give the same history, whatever the machine does with the threads.
 *
 * <p>All fields are touched only by whoever has the baton.
 */
final class Scheduler {

    private static final ThreadLocal<@Nullable Strand> HERE = new ThreadLocal<>();

    private static final ExecutorService CARRIERS = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "simulated");
        thread.setDaemon(true);
        return thread;
    });

    /** More than the longest history needs; who gets there goes round in circles. */
    private static final long MOST_POINTS = 2_000_000;

    private final Choices choices;
    private final int calmness;
    private final List<Strand> strands = new ArrayList<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private final Semaphore end = new Semaphore(0);
    private long now;
    private long sequence;
    private long points;
    private long switches;
    private boolean ended;
    private @Nullable Throwable failure;

    /**
     * Prepares a world without strands.
     *
     * @param calmness at one point in so many somebody else goes on; 0 for never unless somebody has to wait
     */
    Scheduler(Choices choices, int calmness) {
        this.choices = choices;
        this.calmness = calmness;
    }

    /** Something that happens at its time. */
    static final class Alarm implements Comparable<Alarm> {

        final Machine machine;
        private final Runnable action;
        private final long sequence;
        private long due;
        private boolean off;

        private Alarm(Machine machine, long due, long sequence, Runnable action) {
            this.machine = machine;
            this.due = due;
            this.sequence = sequence;
            this.action = action;
        }

        void cancel() {
            off = true;
        }

        @Override
        public int compareTo(Alarm other) {
            return due != other.due ? Long.compare(due, other.due) : Long.compare(sequence, other.sequence);
        }
    }

    /** Returns the strand that runs on this thread; throws if there is none. */
    static Strand here() {
        Strand strand = HERE.get();
        if (strand == null) {
            throw new IllegalStateException("this thread belongs to no simulated process");
        }
        return strand;
    }

    /** Returns the scheduler of the strand that runs on this thread. */
    static Scheduler current() {
        return here().machine.scheduler();
    }

    // ---- for the world

    /**
     * Runs a history: until its main strand is over, or somebody has failed.
     *
     * @throws Violation if something failed, or nobody could go on
     */
    void run(Machine world, Runnable main) {
        Strand first = spawn(world, "story", () -> {
            main.run();
            finish(null);
        });
        hand(first);
        end.acquireUninterruptibly();
        Throwable failed = failure;
        if (failed instanceof Violation violation) {
            throw violation;
        } else if (failed != null) {
            throw new Violation(Law.PROGRESS, "a strand failed: " + trace(failed));
        }
    }

    /** Ends the history because a promise was broken. What the code that runs makes of an exception does not matter then. */
    Killed broken(Law law, String what) {
        finish(new Violation(law, what));
        return new Killed();
    }

    /** Ends the history. */
    void finish(@Nullable Throwable why) {
        if (failure == null) {
            failure = why;
        }
        ended = true;
        for (Strand strand : List.copyOf(strands)) {
            if (strand != HERE.get()) {
                reap(strand);
            }
        }
    }

    /** Returns a failure with its stack, for people. */
    static String trace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    Choices choices() {
        return choices;
    }

    /** Returns the time of the world: nanoseconds since the history began. */
    long now() {
        return now;
    }

    long switches() {
        return switches;
    }

    long points() {
        return points;
    }

    /** Starts a strand; it runs when its turn comes. */
    Strand spawn(Machine machine, String name, Runnable task) {
        Strand parent = HERE.get();
        if (ended || parent != null && parent.killed) {
            throw new Killed();
        }
        var strand = new Strand(machine, name, task);
        strands.add(strand);
        CARRIERS.execute(() -> carry(strand));
        return strand;
    }

    private void carry(Strand strand) {
        strand.baton.acquireUninterruptibly();
        HERE.set(strand);
        strand.thread = Thread.currentThread();
        try {
            if (!strand.killed) {
                strand.task.run();
            }
        } catch (Killed e) {
            // as it should be
        } catch (Throwable e) {
            if (!strand.killed && !ended) {
                finish(e);
            }
        }
        HERE.remove();
        Thread.interrupted();
        strand.over = true;
        strands.remove(strand);
        Strand reaper = strand.reaper;
        if (reaper != null) {
            reaper.baton.release();
        } else if (ended) {
            end.release();
        } else {
            passOn();
        }
    }

    /** Ends every strand of a machine; the one that runs ends at its next point. */
    void kill(Machine machine) {
        Strand me = here();
        if (me.machine == machine) {
            me.killed = true;
        }
        for (Strand strand : List.copyOf(strands)) {
            if (strand.machine == machine && strand != HERE.get()) {
                reap(strand);
            }
        }
        alarms.removeIf(alarm -> alarm.machine == machine);
    }

    private void reap(Strand victim) {
        victim.killed = true;
        Strand me = here();
        victim.reaper = me;
        hand(victim);
        me.baton.acquireUninterruptibly();
    }

    /** Has something happen, unless it is called off before. What happens must be short, and no strand. */
    Alarm at(long due, Machine machine, Runnable action) {
        var alarm = new Alarm(machine, Math.max(due, now), sequence++, action);
        alarms.add(alarm);
        return alarm;
    }

    /** Puts off what a machine has set, because its clock stands still for some time. */
    void postpone(Machine machine, long by) {
        List<Alarm> moved =
                alarms.stream().filter(alarm -> alarm.machine == machine).toList();
        alarms.removeAll(moved);
        for (Alarm alarm : moved) {
            alarm.due += by;
            alarms.add(alarm);
        }
    }

    // ---- for strands

    /** A point at which another strand may go on. */
    static void point(String where) {
        Strand strand = HERE.get();
        if (strand != null) {
            strand.machine.scheduler().point(strand, where);
        }
    }

    /** Throws if the process of the strand that runs is gone. */
    static void alive() {
        Strand strand = here();
        strand.machine.scheduler().alive(strand);
    }

    private void point(Strand me, String where) {
        alive(me);
        if (++points > MOST_POINTS) {
            throw broken(Law.PROGRESS, "the history does not end; last was " + me + " at " + where);
        }
        if (calmness == 0 || choices.below(calmness) < calmness - 1) {
            return;
        }
        List<Strand> others = ready();
        others.remove(me);
        if (!others.isEmpty()) {
            me.where = where;
            switchTo(me, others.get(choices.below(others.size())));
        }
    }

    /** Waits until something is true, which only other strands and alarms can bring about. */
    void await(String what, BooleanSupplier condition) {
        Strand me = here();
        alive(me);
        if (condition.getAsBoolean() && me.machine.awake(now)) {
            return;
        }
        me.awaited = condition;
        me.where = what;
        Strand next;
        try {
            next = next();
        } catch (Violation e) {
            finish(e);
            throw new Killed();
        }
        if (next != me) {
            switchTo(me, next);
        }
        me.awaited = null;
        alive(me);
    }

    /** Lets time pass for the strand that runs. */
    void sleep(Duration time, String why) {
        if (time.isZero() || time.isNegative()) {
            point(why);
            return;
        }
        long until = now + time.toNanos();
        at(until, here().machine, () -> {});
        await(why, () -> now >= until);
    }

    private void alive(Strand me) {
        if (me.killed || ended) {
            throw new Killed();
        }
    }

    private void switchTo(Strand me, Strand next) {
        switches++;
        hand(next);
        me.baton.acquireUninterruptibly();
        alive(me);
    }

    private void hand(Strand next) {
        next.baton.release();
    }

    private void passOn() {
        try {
            hand(next());
        } catch (Violation e) {
            failure = failure == null ? e : failure;
            ended = true;
            // Nobody is left to unwind the others but this thread, which is no strand any more.
            strands.stream().toList().forEach(strand -> strand.killed = true);
            var last = new Strand(new Machine(this, "the end"), "end", () -> {});
            HERE.set(last);
            for (Strand strand : List.copyOf(strands)) {
                reap(strand);
            }
            HERE.remove();
            end.release();
        }
    }

    private Strand next() {
        while (true) {
            List<Strand> ready = ready();
            if (!ready.isEmpty()) {
                return ready.get(ready.size() == 1 ? 0 : choices.below(ready.size()));
            }
            Alarm alarm = alarms.poll();
            if (alarm == null) {
                throw new Violation(
                        Law.PROGRESS,
                        "nobody can go on: "
                                + strands.stream()
                                        .map(strand -> strand + " waits for " + strand.where)
                                        .toList());
            }
            if (alarm.off) {
                continue;
            }
            now = Math.max(now, alarm.due);
            if (alarm.machine.awake(now)) {
                alarm.action.run();
            } else {
                alarm.due = alarm.machine.wakes();
                alarms.add(alarm);
            }
        }
    }

    private List<Strand> ready() {
        List<Strand> ready = new ArrayList<>();
        for (Strand strand : strands) {
            if (strand.ready(now)) {
                ready.add(strand);
            }
        }
        return ready;
    }
}
