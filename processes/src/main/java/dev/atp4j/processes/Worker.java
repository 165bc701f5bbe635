// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import dev.atp4j.AtpException;
import dev.atp4j.Secret;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import dev.atp4j.session.SessionData;
import dev.atp4j.session.SessionListener;
import dev.atp4j.session.SessionOverException;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.syntax.Did;
import dev.atp4j.xrpc.XrpcRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One of the processes that share an account. It is told what to do by lines on standard input, and answers each by a line
 * that begins with {@code ok} or {@code failed}; a line that begins with {@code !} answers nothing. It ends with its
 * input.
 *
 * <pre>{@code
 * call                    makes one call with the session, which it resumes if it has not yet
 * resume                  resumes the session, and makes sure of it
 * refresh                 gets new tokens
 * logout
 * login SERVICE ID WORD   logs in anew
 * retry                   has the logouts finished that wait for it in the store
 * clock MILLIS            lets time pass until that much was let pass since the start of all
 * down, up                nothing gets through to the store, or everything again
 * blind N                 the next N readings of the store fail
 * lockless                everybody gets the lease at once
 * stop before|after N     the process stops at its Nth write from now, says "!stopped", and waits for its end
 * halt N before|after X   the process stops when it comes to this point for the Nth time from now; it answers the command
 *                         that it is at by {@code ok halted}, and waits for its end
 * points                  which points it has come to
 * report                  what it has heard and holds
 * }</pre>
 *
 * <p>Its protocol time is virtual and runs with the machine's: hours pass when it is told so. Its store lives in real time,
 * since the leases of databases do.
 */
public final class Worker {

    private static final XrpcRequest TIMELINE =
            XrpcRequest.query("app.bsky.feed.getTimeline").build();

    private static final Set<String> FLAGS = Set.of("proactive", "deaf");

    private final PrintStream out;
    private final VirtualTime clock = VirtualTime.running();
    private final TroubledStore store;
    private final Sessions sessions;
    private final SessionKey key;
    private final Ears ears = new Ears();
    private final Points points = new Points(where -> say("ok halted"));
    private long passed;
    private @Nullable PasswordSession session;

    private Worker(Map<String, String> options, PrintStream out) {
        this.out = out;
        key = SessionKey.of(Did.parse(required(options, "did")));
        passTo(Long.parseLong(options.getOrDefault("clock", "0")));
        store = new TroubledStore(
                StoreUrl.open(required(options, "store")).store(),
                () -> say("!stopped"),
                points,
                options.containsKey("deaf"));
        Duration skew = Duration.parse(options.getOrDefault("skew", "PT0S"));
        Sessions.Builder builder = Sessions.builder()
                .store(store)
                .transport(points.over(HttpTransport.create()))
                .time(clock.skewed(skew))
                .proactiveRefresh(options.containsKey("proactive"))
                .listener(ears);
        if (options.containsKey("deaf")) {
            builder.logoutSweeps(Duration.ZERO); // it would read what the next call shall read in vain
        }
        sessions = builder.build();
    }

    /**
     * Runs a worker until its standard input ends.
     *
     * @param args {@code --store URL --did DID [--clock MILLIS] [--skew PERIOD] [--proactive] [--deaf]}
     * @throws IOException if standard input can't be read
     */
    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err); // nothing else may speak in between
        var worker = new Worker(options(args), out);
        worker.say("ok ready");
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            worker.say(worker.answer(line));
        }
        System.exit(0);
    }

    private static Map<String, String> options(String... args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            String name = args[i].substring("--".length());
            options.put(name, FLAGS.contains(name) ? "" : args[++i]);
        }
        return options;
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + " is missing");
        }
        return value;
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    private String answer(String line) {
        try {
            return "ok " + done(line.split(" "));
        } catch (SessionOverException e) {
            return "failed over " + e.reason();
        } catch (AtpException e) {
            return "failed " + e.getClass().getSimpleName() + ": "
                    + String.valueOf(e.getMessage()).replace('\n', ' ');
        }
    }

    private String done(String... words) {
        switch (words[0]) {
            case "call" -> {
                return Integer.toString(session().send(TIMELINE).status());
            }
            case "resume" -> session = sessions.resume(key, Resume.TOLERANT);
            case "refresh" -> session().refresh();
            case "logout" -> session().logout();
            case "login" ->
                session = sessions.login(Login.as(words[2], Secret.of(words[3]))
                        .service(URI.create(words[1]))
                        .build());
            case "retry" -> {
                return Integer.toString(sessions.retryPendingLogouts().size());
            }
            case "clock" -> passTo(Long.parseLong(words[1]));
            case "down" -> store.down = true;
            case "up" -> store.down = false;
            case "blind" -> store.failingReads.set(Integer.parseInt(words[1]));
            case "lockless" -> store.lockless = true;
            case "stop" -> {
                AtomicInteger countdown = words[1].equals("before") ? store.stopBeforeWrite : store.stopAfterWrite;
                countdown.set(Integer.parseInt(words[2]));
            }
            case "halt" -> points.haltAt(words[2] + " " + words[3], Integer.parseInt(words[1]));
            case "points" -> {
                return String.join(", ", points.passed());
            }
            case "report" -> {
                return ears.report() + " destroyed=" + (session != null && session.destroyed());
            }
            default -> throw new IllegalArgumentException(String.join(" ", words));
        }
        return words[0];
    }

    private PasswordSession session() {
        PasswordSession known = session;
        if (known == null) {
            known = sessions.resume(key, Resume.LAZY);
            session = known;
        }
        return known;
    }

    private void passTo(long millis) {
        clock.advance(Duration.ofMillis(Math.max(0, millis - passed)));
        passed = Math.max(passed, millis);
    }

    /** Counts what a listener hears. */
    private static final class Ears implements SessionListener {

        private final AtomicInteger updated = new AtomicInteger();
        private final AtomicInteger updateFailed = new AtomicInteger();
        private final AtomicInteger deleted = new AtomicInteger();
        private final AtomicInteger deleteFailed = new AtomicInteger();
        private final AtomicInteger storeFailed = new AtomicInteger();

        @Override
        public void updated(PasswordSession session, SessionData data) {
            updated.incrementAndGet();
        }

        @Override
        public void updateFailed(PasswordSession session, String why) {
            updateFailed.incrementAndGet();
        }

        @Override
        public void deleted(PasswordSession session, EndReason reason) {
            deleted.incrementAndGet();
        }

        @Override
        public void deleteFailed(PasswordSession session, String why) {
            deleteFailed.incrementAndGet();
        }

        @Override
        public void storeFailed(PasswordSession session, String why) {
            storeFailed.incrementAndGet();
        }

        String report() {
            return Map.of(
                            "updated", updated,
                            "updateFailed", updateFailed,
                            "deleted", deleted,
                            "deleteFailed", deleteFailed,
                            "storeFailed", storeFailed)
                    .entrySet()
                    .stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(e -> e.getKey() + "=" + e.getValue())
                    .collect(Collectors.joining(" "));
        }
    }
}
