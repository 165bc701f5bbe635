// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What came of a run on one kind of store. */
record Run(Kind kind, Options options, Herd.Result herd, Day.Result day, Storm.Result storm, Duration took) {

    boolean good() {
        return herd.good() && day.good() && storm.good();
    }

    private List<String> errors() {
        return Stream.of(herd.errors(), day.errors(), storm.errors())
                .flatMap(List::stream)
                .toList();
    }

    private long longestWait() {
        return herd.waits().stream().mapToLong(Duration::toMillis).max().orElse(0);
    }

    /** Returns the result for people. */
    String sentences() {
        return """
                %s (seed %d)
                  together  %d processes, %d generations, %d refreshes, the last one served after %d ms at the most
                  hours     %d hours, %d calls, %d generations, %d refreshes
                  deaths    %d kills, %d refreshes where %d were needed, all served %.1f s after a kill at the latest
                  %s, %d s%s""".formatted(
                        kind,
                        options.seed(),
                        options.processes(),
                        herd.tally().generations(),
                        herd.tally().refreshes(),
                        longestWait(),
                        options.hours(),
                        day.calls(),
                        day.tally().generations(),
                        day.tally().refreshes(),
                        storm.kills(),
                        storm.refreshes(),
                        storm.rounds(),
                        storm.longestRecovery().toMillis() / 1000.0,
                        good() ? "every law held" : "BROKEN",
                        took.toSeconds(),
                        errors().isEmpty() ? "" : "\n  " + String.join("\n  ", errors()));
    }

    /** Returns the result for programs, in one line. */
    String json() {
        LexMap result = LexMap.builder()
                .put("store", kind.toString())
                .put("ok", good())
                .put("seed", options.seed())
                .put("processes", options.processes())
                .put("togetherGenerations", herd.tally().generations())
                .put("togetherRefreshes", herd.tally().refreshes())
                .put("togetherLongestMillis", longestWait())
                .put("hours", options.hours())
                .put("hoursCalls", day.calls())
                .put("hoursGenerations", day.tally().generations())
                .put("hoursRefreshes", day.tally().refreshes())
                .put("kills", storm.kills())
                .put("killsRefreshes", storm.refreshes())
                .put("killsRefreshesNeeded", storm.rounds())
                .put("longestRecoveryMillis", storm.longestRecovery().toMillis())
                .put("seconds", took.toSeconds())
                .put(
                        "errors",
                        new LexList(
                                errors().stream().<LexValue>map(LexString::new).toList()))
                .build();
        return new String(LexJson.write(result), StandardCharsets.UTF_8);
    }
}
