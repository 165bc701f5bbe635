// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.LoginException;
import dev.atp4j.session.LoginOutcome;
import dev.atp4j.session.SessionOverException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A process that uses our sessions and does what it is told by lines on standard input, as {@code compare/driver.mjs}
 * does with the public clients. That file says what the lines are.
 */
public final class Ours {

    private final PrintStream out;
    private final ReentrantLock passing = new ReentrantLock();
    private final VirtualTime clock = VirtualTime.running();
    private final Map<Long, Thread> calls = new ConcurrentHashMap<>();
    private long passed;
    private volatile @Nullable OurProgram program;

    private Ours(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs until standard input ends.
     *
     * @param args nothing
     * @throws IOException if standard input can't be read
     */
    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err); // nothing else may speak in between
        var ours = new Ours(out);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            ours.take(LexJson.parseMap(line.getBytes(StandardCharsets.UTF_8)));
        }
        System.exit(0);
    }

    /** Each order has a thread, since some wait for what others bring about; only the clock is nobody's to wait for. */
    private void take(LexMap order) {
        long id = order.getLong("id").orElseThrow();
        var thread = new Thread(() -> say(id, answer(order)), "order-" + id);
        thread.setDaemon(true);
        calls.put(id, thread);
        thread.start();
    }

    private void say(long id, LexMap answer) {
        calls.remove(id);
        out.println(LexJson.toString(answer.with("id", new LexInteger(id))));
        out.flush();
    }

    private LexMap answer(LexMap order) {
        try {
            return done(order);
        } catch (LoginException e) {
            return failure(
                    e.outcome() instanceof LoginOutcome.AuthFactorRequired demand && !demand.codeRefused()
                            ? "AuthFactorTokenRequired"
                            : e.outcome() instanceof LoginOutcome.RateLimited ? "RateLimitExceeded" : "LoginException");
        } catch (SessionOverException e) {
            return failure(e.reason().name());
        } catch (RuntimeException e) {
            return failure(e.getClass().getSimpleName()).with("detail", new LexString(String.valueOf(e.getMessage())));
        }
    }

    private static LexMap failure(String name) {
        return LexMap.builder().put("failure", name).build();
    }

    private LexMap done(LexMap order) {
        String what = order.getString("do").orElseThrow();
        switch (what) {
            case "start" -> {
                OurProgram before = program;
                if (before != null) {
                    before.close();
                }
                passTo(order.getLong("clock").orElseThrow());
                Duration skew = Duration.ofSeconds(order.getLong("skew").orElseThrow());
                program = new OurProgram(order, clock.skewed(skew));
            }
            case "clock" -> passTo(order.getLong("seconds").orElseThrow());
            case "abort" -> {
                Thread call = calls.get(order.getLong("order").orElseThrow());
                if (call != null) {
                    call.interrupt();
                }
            }
            case "ping" -> {}
            case "tell" -> {
                return LexMap.builder()
                        .put("alive", program().alive())
                        .put("did", program().alive() ? program().did() : null)
                        .put("events", texts(program().events()))
                        .put("strays", texts(program().strays()))
                        .put("answers", program().answers())
                        .build();
            }
            case "print" -> {
                return LexMap.builder().put("shown", texts(program().shown())).build();
            }
            default -> {
                return program().done(what, order);
            }
        }
        return LexMap.empty();
    }

    private OurProgram program() {
        OurProgram current = program;
        if (current == null) {
            throw new IllegalStateException("no program was started");
        }
        return current;
    }

    private static LexList texts(Collection<String> texts) {
        return new LexList(texts.stream().<LexValue>map(LexString::new).toList());
    }

    private void passTo(long seconds) {
        passing.lock();
        try {
            clock.advance(Duration.ofSeconds(Math.max(0, seconds - passed)));
            passed = Math.max(passed, seconds);
        } finally {
            passing.unlock();
        }
    }
}
