// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Processes that call now and then, and are away for longer in between than the server waits for anybody. */
public final class Day {

    private static final int LONGEST_NAP_MINUTES = 6 * 60;

    /** Naps are multiples of this, so that some wake up together. */
    private static final int STEP_MINUTES = 20;

    private Day() {}

    /**
     * What came of it.
     *
     * @param calls how many calls were made
     * @param tally what the server says
     * @param errors what was answered instead of what was asked for
     */
    public record Result(int calls, Tally tally, List<String> errors) {

        /** Tells whether each generation was refreshed once, and nobody ever got an error. */
        public boolean good() {
            return errors.isEmpty() && tally.refused() == 0 && tally.refreshes() == tally.generations();
        }
    }

    /** Lets some hours pass. */
    public static Result on(Crowd crowd, List<Member> members, int hours, long seed) {
        var random = new Random(seed);
        Map<Member, Integer> wakes = new HashMap<>();
        members.forEach(member -> wakes.put(member, nap(random)));
        int calls = 0;
        List<String> errors = new ArrayList<>();
        for (int minute = 0; minute < Duration.ofHours(hours).toMinutes(); minute += STEP_MINUTES) {
            int now = minute;
            List<Member> awake = members.stream()
                    .filter(member -> wakes.getOrDefault(member, -1) == now)
                    .toList();
            Crowd.ask(awake, "call").stream()
                    .map(answer -> answer.orElse("it ended"))
                    .filter(answer -> !answer.equals("ok 200"))
                    .forEach(answer -> errors.add("minute " + now + ": " + answer));
            calls += awake.size();
            awake.forEach(member -> wakes.put(member, now + STEP_MINUTES + nap(random)));
            crowd.pass(Duration.ofMinutes(STEP_MINUTES));
        }
        return new Result(calls, crowd.tally(), List.copyOf(errors));
    }

    private static int nap(Random random) {
        return STEP_MINUTES * random.nextInt(LONGEST_NAP_MINUTES / STEP_MINUTES + 1);
    }
}
