// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import dev.atp4j.pds.Journal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the server says about refreshes.
 *
 * @param refreshes how many refreshSession calls came
 * @param generations how many different refresh tokens they came with
 * @param refused how many of them were answered by something else than 200
 */
public record Tally(int refreshes, int generations, int refused) {

    /** Counts the refreshSession calls in a journal. */
    static Tally of(Journal journal) {
        List<Journal.Entry> calls = journal.entries("com.atproto.server.refreshSession");
        Map<String, Long> byToken = calls.stream()
                .map(call -> Objects.requireNonNullElse(call.tokenHash(), "none"))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        int refused = (int) calls.stream().filter(call -> call.status() != 200).count();
        return new Tally(calls.size(), byToken.size(), refused);
    }
}
