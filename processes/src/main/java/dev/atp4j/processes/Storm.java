// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import dev.atp4j.pds.Fault;
import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Processes that die at random points. Round after round their tokens run out, all of them need new ones at once, and while
 * they are at it some are killed; those are replaced at once by new ones, which may be killed too.
 */
public final class Storm {

    /** From when a round begins until its last kill, at the most. Long enough to hit a new process at any of its steps. */
    private static final Duration WINDOW = Duration.ofMillis(500);

    /** How long a refresh takes, so that there are kills between its request and its answer. */
    private static final Duration REFRESH = Duration.ofMillis(60);

    private static final Duration EXPIRY = Duration.ofHours(3);

    private static final Time TIME = Time.system();

    private final Crowd crowd;
    private final int kills;
    private final Random random;
    private final List<Seat> seats = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private Duration longestRecovery = Duration.ZERO;
    private int killed;
    private int rounds;

    private Storm(Crowd crowd, int members, int kills, long seed) {
        this.crowd = crowd;
        this.kills = kills;
        this.random = new Random(seed);
        crowd.join(members).forEach(member -> seats.add(new Seat(member, false)));
    }

    /** Where a process sits, and another one after its death. */
    private static final class Seat {
        private Member member;
        private boolean fresh;

        Seat(Member member, boolean fresh) {
            this.member = member;
            this.fresh = fresh;
        }
    }

    /**
     * What came of a storm.
     *
     * @param kills how many processes were killed
     * @param rounds how often the tokens ran out: no fewer refreshes would do
     * @param refreshes how many refreshSession calls there were
     * @param refused how many of them the server refused
     * @param longestRecovery the longest time from the last kill of a round until everybody was served
     * @param errors what went wrong: a session that was lost, a record that could not be read, a call that failed
     */
    public record Result(
            int kills, int rounds, int refreshes, int refused, Duration longestRecovery, List<String> errors) {

        /** Returns how many refreshes more than needed there were. */
        public int extra() {
            return refreshes - rounds;
        }

        /** Tells whether all that is promised was kept. */
        public boolean good() {
            return errors.isEmpty() && extra() >= 0 && extra() <= kills;
        }

        private Result plus(Result other) {
            var all = new ArrayList<>(errors);
            all.addAll(other.errors);
            return new Result(
                    kills + other.kills,
                    rounds + other.rounds,
                    refreshes + other.refreshes,
                    refused + other.refused,
                    longestRecovery.compareTo(other.longestRecovery) > 0 ? longestRecovery : other.longestRecovery,
                    List.copyOf(all));
        }
    }

    /**
     * Lets a storm rage on several crowds of one kind of store at the same time.
     *
     * @param crowds how many; where a dead process's lease lasts for some seconds, others have work meanwhile
     * @param members how many processes each has
     * @param kills how many are to die over all
     */
    public static Result on(Ground ground, Kind kind, int crowds, int members, int kills, long seed) {
        List<Callable<Result>> storms = new ArrayList<>();
        for (int i = 0; i < crowds; i++) {
            int share = kills / crowds + (i < kills % crowds ? 1 : 0);
            long itsSeed = seed * 31 + i;
            storms.add(() -> {
                try (Crowd crowd = ground.crowd(kind)) {
                    return new Storm(crowd, members, share, itsSeed).rage();
                }
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(crowds);
        try {
            var sum = new Result(0, 0, 0, 0, Duration.ZERO, List.of());
            for (Future<Result> storm : threads.invokeAll(storms)) {
                sum = sum.plus(storm.get());
            }
            return sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a storm on " + kind + " broke off", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Result rage() {
        crowd.pds()
                .faults()
                .add(Fault.on("com.atproto.server.refreshSession").always().delay(REFRESH));
        while (killed < kills && errors.isEmpty()) {
            round();
        }
        calm();
        Tally tally = crowd.tally();
        return new Result(killed, rounds, tally.refreshes(), tally.refused(), longestRecovery, List.copyOf(errors));
    }

    private void round() {
        rounds++;
        crowd.pass(EXPIRY);
        seats.forEach(seat -> seat.member.tell("call"));
        int victims = Math.min(kills - killed, 1 + random.nextInt(seats.size()));
        double pause = random.nextDouble() * WINDOW.toNanos() / victims;
        for (int i = 0; i < victims; i++) {
            LockSupport.parkNanos((long) (random.nextDouble() * pause));
            replace(seats.get(random.nextInt(seats.size())));
        }
        long lastKill = TIME.nanos();
        seats.forEach(this::served);
        Duration recovery = Duration.ofNanos(TIME.nanos() - lastKill);
        if (recovery.compareTo(longestRecovery) > 0) {
            longestRecovery = recovery;
        }
        look();
    }

    private void replace(Seat seat) {
        crowd.kill(seat.member);
        killed++;
        seat.member = crowd.start();
        seat.fresh = true;
        seat.member.tell("call");
    }

    private void served(Seat seat) {
        if (seat.fresh) {
            Crowd.awaitReady(seat.member);
            seat.fresh = false;
        }
        String answer = seat.member.answer().orElse("nothing: it ended");
        if (!answer.equals("ok 200")) {
            errors.add("round " + rounds + ", after " + killed + " kills: " + answer);
        }
    }

    private void look() {
        try {
            if (!crowd.stored().active()) {
                errors.add("round " + rounds + ": the session is over in the store");
            }
        } catch (RuntimeException e) {
            errors.add("round " + rounds + ": " + e);
        }
    }

    /** After the storm everything is as if there had been none. */
    private void calm() {
        rounds++;
        crowd.pass(EXPIRY);
        seats.forEach(seat -> seat.member.tell("call"));
        seats.forEach(this::served);
        look();
    }
}
