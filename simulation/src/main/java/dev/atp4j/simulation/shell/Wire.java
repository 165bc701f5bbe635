// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import dev.atp4j.Secret;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import dev.atp4j.session.kernel.Answer;
import dev.atp4j.simulation.ModelPds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One machine's way to the servers, in the weather of the moment. */
final class Wire implements HttpTransport {

    static final String CREATE = "com.atproto.server.createSession";
    static final String REFRESH = "com.atproto.server.refreshSession";
    static final String DELETE = "com.atproto.server.deleteSession";

    private static final Duration INSTANT = Duration.ofMillis(2);
    private static final Duration A_LITTLE_LATER = Duration.ofSeconds(1);
    private static final Duration LATE = Duration.ofHours(1);
    private static final String BEARER = "Bearer ";

    private final ShellWorld world;
    private final Machine machine;

    Wire(ShellWorld world, Machine machine) {
        this.world = world;
        this.machine = machine;
    }

    /** A request as the servers see it. */
    record Call(URI server, String nsid, @Nullable Secret token, LexMap input) {

        @Override
        public String toString() {
            String name = nsid.substring(nsid.lastIndexOf('.') + 1);
            return token == null
                    ? name
                    : name + " " + token.expose().substring(token.expose().lastIndexOf('.') + 1);
        }
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        Scheduler.alive();
        world.mayDie(machine);
        Call call = read(request);
        world.laws.sends(machine, call);
        long allowed = request.timeout().toNanos();
        Weather.Fate fate = world.weather.request();
        long there = fate == Weather.Fate.REFUSED
                ? INSTANT.toNanos()
                : world.weather.latency().toNanos();
        world.tell(machine + " " + call + (fate == Weather.Fate.ANSWERED ? "" : ", which is " + fate));
        return exchange(call, fate, there, allowed);
    }

    private TransportResponse exchange(Call call, Weather.Fate fate, long there, long allowed) {
        if (fate == Weather.Fate.REFUSED) {
            pause(Math.min(there, allowed));
            throw new TransportException(TransportException.Kind.CONNECT, false, "refused", null);
        }
        if (fate == Weather.Fate.LATE) {
            world.laterBy(LATE, call);
        }
        if (fate == Weather.Fate.LATE || fate == Weather.Fate.LOST_BEFORE || there >= allowed) {
            if (there >= allowed && fate != Weather.Fate.LATE && fate != Weather.Fate.LOST_BEFORE) {
                world.laterBy(Duration.ofNanos(there), call);
            }
            pause(allowed);
            throw new TransportException(TransportException.Kind.TIMEOUT, true, "no answer in time", null);
        }
        pause(there);
        if (fate == Weather.Fate.OVERLOADED || fate == Weather.Fate.LIMITED || fate == Weather.Fate.CAPTIVE) {
            return refused(fate);
        }
        Answer.Response answer = world.answer(call);
        if (answer.error().equals("ExpiredToken") && !ofSessions(call)) {
            world.expired++;
        }
        if (fate == Weather.Fate.TWICE) {
            world.laterBy(A_LITTLE_LATER, call);
        }
        world.mayDie(machine);
        long back = world.weather.latency().toNanos();
        if (fate == Weather.Fate.LOST_AFTER || there + back >= allowed) {
            pause(there + back >= allowed ? allowed - there : back);
            throw there + back >= allowed
                    ? new TransportException(TransportException.Kind.TIMEOUT, true, "no answer in time", null)
                    : new TransportException(TransportException.Kind.BROKEN, true, "the connection broke", null);
        }
        pause(back);
        world.mayDie(machine);
        if (fate != Weather.Fate.CUT) {
            world.laws.receives(machine, call, answer);
        }
        return response(answer, fate == Weather.Fate.CUT);
    }

    private void pause(long nanos) {
        world.scheduler.sleep(Duration.ofNanos(nanos), "an answer");
        if (Thread.currentThread().isInterrupted()) {
            throw new TransportException(TransportException.Kind.INTERRUPTED, true, "interrupted", null);
        }
    }

    private static Call read(TransportRequest request) {
        URI uri = request.uri();
        String bearer = request.headers().first("authorization").orElse("");
        LexMap input = LexMap.empty();
        if (request.body().length() > 0) {
            try (InputStream body = request.body().open()) {
                input = LexJson.parseMap(body.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Call(
                URI.create(request.origin()),
                uri.getPath().substring("/xrpc/".length()),
                bearer.startsWith(BEARER) ? Secret.of(bearer.substring(BEARER.length())) : null,
                input);
    }

    private TransportResponse refused(Weather.Fate fate) {
        return switch (fate) {
            case LIMITED ->
                new Reply(
                        429,
                        Headers.received("content-type", "application/json", "retry-after", "40"),
                        stream("{\"error\":\"RateLimitExceeded\",\"message\":\"Rate Limit Exceeded\"}"));
            case CAPTIVE ->
                new Reply(
                        world.choices.below(2) == 0 ? 401 : 200,
                        Headers.received("content-type", "text/html"),
                        stream("<html>Pay for the network first</html>"));
            default -> new Reply(503, Headers.received("content-type", "text/html"), stream("<html>no</html>"));
        };
    }

    private TransportResponse response(Answer.Response answer, boolean cut) {
        LexMap json = answer.json();
        if (json != null && world.theme.moves()) {
            json = json.with("didDoc", Directory.document(world.pds.pds()));
        }
        byte[] body = json != null
                ? LexJson.write(json)
                : answer.error().isEmpty()
                        ? new byte[0]
                        : LexJson.write(LexMap.builder()
                                .put("error", answer.error())
                                .put("message", answer.message())
                                .build());
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Machine.START.plusNanos(world.scheduler.now()).atOffset(ZoneOffset.UTC));
        return new Reply(
                answer.status(),
                Headers.received("content-type", "application/json", "date", date),
                cut
                        ? new SequenceInputStream(
                                new ByteArrayInputStream(Arrays.copyOf(body, body.length / 2)), new Broken())
                        : new ByteArrayInputStream(body));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What is left of a connection that broke. */
    @SuppressWarnings("InputStreamSlowMultibyteRead") // Its first byte is its end.
    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the connection broke");
        }
    }

    private record Reply(int status, Headers headers, InputStream body) implements TransportResponse {
        @Override
        public void close() {}
    }

    @Override
    public void close() {}

    /** Tells whether a call opens, renews or ends a session. */
    static boolean ofSessions(Call call) {
        return call.nsid().equals(CREATE)
                || call.nsid().equals(REFRESH)
                || call.nsid().equals(DELETE);
    }

    /** Returns what a server answers at this moment. */
    static Answer.Response answer(ModelPds pds, Call call, long millis) {
        Secret token = call.token();
        if (call.nsid().equals(CREATE)) {
            return pds.login(
                    call.server(), Secret.of(call.input().getString("password").orElse("")), millis);
        } else if (token == null) {
            return new Answer.Response(401, "AuthMissing", "Authentication Required", null, false, null);
        } else if (call.nsid().equals(REFRESH)) {
            return pds.refresh(call.server(), token, millis);
        } else if (call.nsid().equals(DELETE)) {
            return pds.delete(call.server(), token);
        }
        return pds.call(call.server(), token, millis);
    }
}
