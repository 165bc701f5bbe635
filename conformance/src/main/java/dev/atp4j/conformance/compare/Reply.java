// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import java.util.List;
import java.util.Optional;

/**
 * What came of an order.
 *
 * @param body what the program answered, empty if it did not
 * @param ending how it went with the answer
 */
record Reply(LexMap body, Ending ending) {

    enum Ending {
        /** The program answered. */
        ANSWERED,
        /** The program lives, answers other orders, and not this one. */
        SILENT,
        /** The program has ended by itself, as Node programs do when a promise is rejected that nobody looks after. */
        ENDED
    }

    static final Reply SILENT = new Reply(LexMap.empty(), Ending.SILENT);
    static final Reply ENDED = new Reply(LexMap.empty(), Ending.ENDED);

    static Reply of(LexMap body) {
        return new Reply(body, Ending.ANSWERED);
    }

    boolean silent() {
        return ending == Ending.SILENT;
    }

    /** Tells whether what was ordered was done without an error. */
    boolean done() {
        return ending == Ending.ANSWERED && failure().isEmpty();
    }

    /** Tells whether a call was answered by the server as it should be. */
    boolean served() {
        return done() && body.getLong("status").equals(Optional.of(200L));
    }

    /** Returns the name of the error that the client threw, if it did. */
    Optional<String> failure() {
        return body.getString("failure");
    }

    List<String> texts(String name) {
        return body.getList(name).map(LexList::items).orElse(List.of()).stream()
                .map(item -> ((LexString) item).value())
                .toList();
    }

    /** Returns what happened in words for an error that nobody expected. */
    String story() {
        return body.getString("detail").map(detail -> words() + ", " + detail).orElse(words());
    }

    /** Returns in few words what happened instead of a success. */
    String words() {
        return switch (ending) {
            case SILENT -> "hangs";
            case ENDED -> "the process ends";
            case ANSWERED ->
                failure()
                        .map(name -> "fails: " + name)
                        .or(() -> body.getLong("status")
                                .map(status -> "answered " + status
                                        + body.getString("error")
                                                .map(name -> " " + name)
                                                .orElse("")))
                        .orElse("done");
        };
    }
}
