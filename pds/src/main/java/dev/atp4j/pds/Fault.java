// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.http.Headers;
import dev.atp4j.pds.wire.Answer;
import dev.atp4j.pds.wire.Handler;
import dev.atp4j.pds.wire.Request;
import dev.atp4j.syntax.Did;
import dev.atp4j.time.Time;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/**
 * Something that goes wrong with calls of one method. Immutable.
 *
 * <p>Written from left to right: {@code Fault.on("com.atproto.server.refreshSession").times(2).resetAfterProcessing()}.
 * Without {@link Builder#times} or {@link Builder#always} it happens once. Faults are real on the wire: a reset is an
 * RST, a cut body is shorter than its {@code Content-Length}.
 */
public final class Fault {

    /** The method name that stands for every method. */
    static final String ANY = "*";

    private final String nsid;
    private final int skipped;
    private final int times;
    private final String kind;
    private final Effect effect;

    private Fault(Builder builder, String kind, Effect effect) {
        this.nsid = builder.nsid;
        this.skipped = builder.skipped;
        this.times = builder.times;
        this.kind = kind;
        this.effect = effect;
    }

    /** What a fault does: it stands between the wire and the handler. */
    @FunctionalInterface
    interface Effect {
        Answer apply(Request request, Handler next, Time time) throws InterruptedException;
    }

    /**
     * Starts a fault of one method.
     *
     * @param nsid the method, such as {@code com.atproto.server.refreshSession}; a path for what is no XRPC call, such
     *     as {@code /.well-known/atproto-did}
     * @return a builder that is finished by naming what happens
     */
    public static Builder on(String nsid) {
        return new Builder(nsid);
    }

    /**
     * Starts a fault of every method.
     *
     * @return a builder that is finished by naming what happens
     */
    public static Builder onAny() {
        return new Builder(ANY);
    }

    boolean concerns(String name) {
        return nsid.equals(ANY) || nsid.equals(name);
    }

    int skipped() {
        return skipped;
    }

    int times() {
        return times;
    }

    Effect effect() {
        return effect;
    }

    /** Returns what happens to which method. */
    @Override
    public String toString() {
        return kind + " on " + nsid;
    }

    /** Says how often a fault happens, and then what. Confined to one thread. */
    public static final class Builder {

        private final String nsid;
        private int skipped;
        private int times = 1;

        private Builder(String nsid) {
            this.nsid = nsid;
        }

        /**
         * Lets the first calls pass unharmed.
         *
         * @param calls how many
         * @return this builder
         */
        public Builder skip(int calls) {
            this.skipped = calls;
            return this;
        }

        /**
         * Says how often the fault happens.
         *
         * @param calls how many calls it hits; 1 if not said
         * @return this builder
         */
        public Builder times(int calls) {
            this.times = calls;
            return this;
        }

        /**
         * Makes the fault happen until it is removed.
         *
         * @return this builder
         */
        public Builder always() {
            this.times = Integer.MAX_VALUE;
            return this;
        }

        /**
         * The connection is reset and the call is not processed.
         *
         * @return the fault
         */
        public Fault resetBeforeProcessing() {
            return fault("resetBeforeProcessing", (request, next, time) -> Answer.reset());
        }

        /**
         * The call is processed, and the connection is reset instead of an answer.
         *
         * @return the fault
         */
        public Fault resetAfterProcessing() {
            return fault("resetAfterProcessing", (request, next, time) -> {
                next.answer(request);
                return Answer.reset();
            });
        }

        /**
         * The call is processed; the answer announces its whole length, but the connection closes early.
         *
         * @param bytes how much of the body arrives
         * @return the fault
         */
        public Fault cutBodyAfterProcessing(int bytes) {
            return fault(
                    "cutBodyAfterProcessing",
                    (request, next, time) -> next.answer(request).ending(new Answer.Cut(bytes)));
        }

        /**
         * The call is processed; the answer stops in the middle of its body until the gate opens.
         *
         * @param bytes how much of the body arrives before
         * @param gate what the rest waits for
         * @return the fault
         */
        public Fault stallBodyAfterProcessing(int bytes, Gate gate) {
            return fault(
                    "stallBodyAfterProcessing",
                    (request, next, time) -> next.answer(request).ending(new Answer.Stall(bytes, gate::pass)));
        }

        /**
         * The call waits at a gate before it is processed.
         *
         * @param gate what it waits for
         * @return the fault
         */
        public Fault holdBeforeProcessing(Gate gate) {
            return fault("holdBeforeProcessing", (request, next, time) -> {
                gate.pass();
                return next.answer(request);
            });
        }

        /**
         * The call is processed, and its answer waits at a gate.
         *
         * @param gate what it waits for
         * @return the fault
         */
        public Fault holdAfterProcessing(Gate gate) {
            return fault("holdAfterProcessing", (request, next, time) -> {
                Answer answer = next.answer(request);
                gate.pass();
                return answer;
            });
        }

        /**
         * The call is processed, and its answer comes later by the server's clock. On a stopped {@link VirtualTime} it
         * comes when the clock is advanced.
         *
         * @param duration how much later
         * @return the fault
         */
        public Fault delay(Duration duration) {
            return fault("delay", (request, next, time) -> {
                Answer answer = next.answer(request);
                var over = new CountDownLatch(1);
                time.after(duration, over::countDown);
                over.await();
                return answer;
            });
        }

        /**
         * The call is not processed, and this is its answer.
         *
         * @param status the status code
         * @param headers its header fields, without a length
         * @param body its body
         * @return the fault
         */
        public Fault answer(int status, Headers headers, String body) {
            Answer instead = Answer.of(status, headers, body.getBytes(StandardCharsets.UTF_8));
            return fault("answer", (request, next, time) -> instead);
        }

        /**
         * The call is processed, and this is its answer nevertheless.
         *
         * @param status the status code
         * @param headers its header fields, without a length
         * @param body its body
         * @return the fault
         */
        public Fault answerAfterProcessing(int status, Headers headers, String body) {
            Answer instead = Answer.of(status, headers, body.getBytes(StandardCharsets.UTF_8));
            return fault("answerAfterProcessing", (request, next, time) -> {
                next.answer(request);
                return instead;
            });
        }

        /**
         * The call is not processed and is answered by an XRPC error.
         *
         * @param status the status code
         * @param error the error's name
         * @param message its message
         * @return the fault
         */
        public Fault error(int status, String error, String message) {
            Answer instead = Answer.json(
                    status,
                    LexMap.builder().put("error", error).put("message", message).build());
            return fault("error", (request, next, time) -> instead);
        }

        /**
         * The call is not processed and is answered by a web page, as firewalls and captive portals do.
         *
         * @param status the status code
         * @return the fault
         */
        public Fault html(int status) {
            Answer instead = Answer.text(
                    status, "text/html; charset=utf-8", "<!DOCTYPE html><title>Wait</title><h1>Checking</h1>\n");
            return fault("html", (request, next, time) -> instead);
        }

        /**
         * The call is not processed and is answered by 429 with {@code Retry-After}.
         *
         * @param wait how long the client shall wait; sent in whole seconds
         * @return the fault
         */
        public Fault retryAfter(Duration wait) {
            LexMap body = LexMap.builder()
                    .put("error", "RateLimitExceeded")
                    .put("message", "Rate Limit Exceeded")
                    .build();
            Answer plain = Answer.json(429, body);
            Answer instead = plain.headers(plain.headers().plus("retry-after", Long.toString(wait.toSeconds())));
            return fault("retryAfter", (request, next, time) -> instead);
        }

        /**
         * The call is not processed and is answered by a redirect with status 307.
         *
         * @param url where to
         * @return the fault
         */
        public Fault redirectTo(URI url) {
            Answer instead = Answer.of(307, Headers.of("location", url.toString()), new byte[0]);
            return fault("redirectTo", (request, next, time) -> instead);
        }

        /**
         * The call is processed, and its JSON answer is changed.
         *
         * @param change gets the answer's body if it is a JSON object; another body stays as it is
         * @return the fault
         */
        public Fault alterAnswer(UnaryOperator<LexMap> change) {
            return altering("alterAnswer", change);
        }

        /**
         * The call is processed, and a field of its JSON answer is put or replaced.
         *
         * @param name the field
         * @param value its value
         * @return the fault
         */
        public Fault withField(String name, LexValue value) {
            return altering("withField", body -> body.with(name, value));
        }

        /**
         * The call is processed, and a field of its JSON answer is left out.
         *
         * @param name the field
         * @return the fault
         */
        public Fault withoutField(String name) {
            return altering("withoutField", body -> body.without(name));
        }

        /**
         * The call is processed, and its JSON answer names another account.
         *
         * @param did the DID to put into {@code did}
         * @return the fault
         */
        public Fault wrongDid(Did did) {
            return altering("wrongDid", body -> body.with("did", new LexString(did.value())));
        }

        private Fault altering(String kind, UnaryOperator<LexMap> change) {
            return fault(kind, (request, next, time) -> altered(next.answer(request), change));
        }

        private static Answer altered(Answer answer, UnaryOperator<LexMap> change) {
            LexMap body;
            try {
                body = LexJson.parseMap(answer.body());
            } catch (DataException e) {
                return answer;
            }
            return answer.body(LexJson.write(change.apply(body)));
        }

        private Fault fault(String kind, Effect effect) {
            return new Fault(this, kind, effect);
        }
    }
}
