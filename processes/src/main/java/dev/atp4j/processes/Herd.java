// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import dev.atp4j.pds.Fault;
import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Processes whose tokens run out at the same moment. */
public final class Herd {

    private static final Duration EXPIRY = Duration.ofHours(3);

    private Herd() {}

    /**
     * What came of it.
     *
     * @param rounds how often the tokens ran out
     * @param tally what the server says
     * @param waits how long it took each time until the last one was served, from when the first was told to call
     * @param errors what was answered by those who were not served
     */
    public record Result(int rounds, Tally tally, List<Duration> waits, List<String> errors) {

        /** Tells whether each time one refreshed and all were served. */
        public boolean good() {
            return errors.isEmpty() && tally.equals(new Tally(rounds, rounds, 0));
        }
    }

    /**
     * Has the tokens of all run out, and all of them call at once, some times.
     *
     * @param refresh how long the server takes for a refresh
     */
    public static Result on(Crowd crowd, List<Member> members, int rounds, Duration refresh) {
        crowd.pds()
                .faults()
                .add(Fault.on("com.atproto.server.refreshSession").always().delay(refresh));
        List<Duration> waits = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            crowd.pass(EXPIRY);
            long begin = Time.system().nanos();
            List<Optional<String>> answers = Crowd.ask(members, "call");
            waits.add(Duration.ofNanos(Time.system().nanos() - begin));
            answers.stream()
                    .map(answer -> answer.orElse("it ended"))
                    .filter(answer -> !answer.equals("ok 200"))
                    .forEach(errors::add);
        }
        return new Result(rounds, crowd.tally(), List.copyOf(waits), List.copyOf(errors));
    }
}
