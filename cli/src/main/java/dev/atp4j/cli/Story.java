// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A demonstration, told step by step. A step says what it has done only after it has checked that it is true, and the first
 * one that is not ends the story. Confined to one thread.
 */
final class Story {

    private static final String STEP = "%-9s %s";

    private final Output output;
    private final Supplier<List<Call>> wire;
    private final Instant start;
    private final List<LexValue> steps = new ArrayList<>();
    private int told;

    /**
     * Begins a story.
     *
     * @param wire returns all calls so far, oldest first
     * @param start when it begins; calls are shown with the time since then
     */
    Story(Output output, Supplier<List<Call>> wire, Instant start) {
        this.output = output;
        this.wire = wire;
        this.start = start;
    }

    /**
     * A call that went over the wire.
     *
     * @param nsid what was called
     * @param status the status of the answer, or 0 if there was none
     * @param at when
     */
    record Call(String nsid, int status, Instant at) {

        private LexMap json() {
            return LexMap.builder()
                    .put("nsid", nsid)
                    .put("status", new LexInteger(status))
                    .put("at", at.toString())
                    .build();
        }
    }

    /**
     * What a step has brought.
     *
     * @param result what later steps go on with
     * @param what what happened, in a sentence
     */
    record Told<T>(T result, String what) {}

    /** Returns a step's sentence, for a step that brings nothing else. */
    static Told<String> told(String what) {
        return new Told<>(what, what);
    }

    /** Does something, checks it, and tells what happened. */
    @FunctionalInterface
    interface Deed<T> {
        Told<T> done() throws Exception;
    }

    /** Thrown when a step turns out not to be true. */
    static final class Broken extends Exception {

        private static final long serialVersionUID = 1L;

        Broken(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Thrown when a claim does not hold. */
    static final class Untrue extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Untrue(String claim) {
            super("not true: " + claim);
        }
    }

    /** Makes sure that a claim holds. */
    static void check(boolean holds, String claim) {
        if (!holds) {
            throw new Untrue(claim);
        }
    }

    /** Takes a step, and returns what later ones go on with. */
    <T> T step(String name, Deed<T> deed) throws Broken {
        try {
            Told<T> told = deed.done();
            tell(name, true, told.what());
            return told.result();
        } catch (Exception e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            tell(name, false, why);
            throw new Broken("step \"" + name + "\" failed: " + why, e);
        }
    }

    private void tell(String name, boolean ok, String what) {
        List<Call> all = wire.get();
        List<Call> calls = all.subList(told, all.size());
        told = all.size();
        output.line(String.format(STEP, name, ok ? what : "FAILED: " + what));
        for (Call call : calls) {
            output.line(String.format(
                    STEP,
                    "",
                    "  " + clock(call.at()) + " " + call.nsid() + " "
                            + (call.status() == 0 ? "no answer" : call.status())));
        }
        steps.add(LexMap.builder()
                .put("step", name)
                .put("ok", ok)
                .put("what", what)
                .put(
                        "wire",
                        new LexList(calls.stream().<LexValue>map(Call::json).toList()))
                .build());
    }

    private String clock(Instant at) {
        Duration since = Duration.between(start, at);
        return String.format("%02d:%02d:%02d", since.toHours(), since.toMinutesPart(), since.toSecondsPart());
    }

    /** Returns the steps so far. */
    LexList steps() {
        return new LexList(steps);
    }
}
