// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import dev.atp4j.session.kernel.Answer;
import dev.atp4j.session.kernel.LoginCount;
import dev.atp4j.session.kernel.RefreshVerdict;
import dev.atp4j.session.kernel.Verdict;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.xrpc.RateLimit;
import dev.atp4j.xrpc.XrpcClient;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import dev.atp4j.xrpc.XrpcResponseException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers of servers, with any status, header fields and body: each is a response or an error that says so in one short line; times
 * to wait are never negative; and the table of verdicts has a row for it, of which none kills a session unless it says 400 or 401
 * and names the token.
 *
 * <p>The input is the status in its first line, header fields up to an empty line, and the body.
 */
final class AnswerTarget implements Target {

    private static final Nsid METHOD = Nsid.parse("com.atproto.server.refreshSession");
    private static final Did ACCOUNT = Did.parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final int LIMIT = 20_000;

    @Override
    public void accept(byte[] input) {
        Wire wire = Wire.read(input);
        try {
            XrpcResponse response = new XrpcClient(new Fixed(wire), URI.create("https://pds.example.com"))
                    .exchange(
                            XrpcRequest.procedure(METHOD)
                                    .maxResponseBytes(LIMIT)
                                    .build(),
                            Headers.empty(),
                            Duration.ofSeconds(9));
            look(response, wire);
        } catch (TransportException e) {
            Must.agree(e.kind(), TransportException.Kind.TOO_LARGE, "why there is no answer");
        }
    }

    private static void look(XrpcResponse response, Wire wire) {
        response.rateLimit().ifPresent(AnswerTarget::count);
        Must.hold(response.bytes().length <= wire.body.length(), "the body is no more than what was sent");
        try {
            response.orThrow();
            Must.agree(response.status() / 100, 2, "the status of a success");
            json(response);
        } catch (XrpcResponseException e) {
            Must.hold(response.status() / 100 != 2, "an error is no success");
            readable(String.valueOf(e.getMessage()));
            e.error().ifPresent(error -> {
                Must.hold(!error.name().isEmpty(), "an error has a name");
                readable(error.toString());
            });
            Duration wait = e.retryAfter(NOW).orElse(Duration.ZERO);
            Must.hold(!wait.isNegative(), "a time to wait is none or some time");
            judge(new Answer.Response(
                    e.status(),
                    e.error().map(error -> error.name()).orElse(""),
                    e.error().map(error -> error.message()).orElse(""),
                    null,
                    false,
                    e.retryAfter(NOW).orElse(null)));
        }
    }

    /** Whatever a server says of its limits, nobody is kept out for longer than a day. */
    private static void count(RateLimit limits) {
        if (limits.policy() != null) {
            readable(limits.policy());
        }
        LoginCount count = LoginCount.NONE.told(
                new LoginCount.Told(
                        limits.remaining().isPresent() ? limits.remaining().getAsLong() : null,
                        limits.reset() == null ? null : Duration.between(NOW, limits.reset()),
                        limits.policy(),
                        null),
                NOW);
        Duration pause = count.attempt(List.of(), false, NOW).pause();
        Must.hold(
                !pause.isNegative() && pause.compareTo(Duration.ofDays(1)) <= 0,
                "a pause is a day at the most: " + pause);
    }

    private static void json(XrpcResponse response) {
        try {
            judge(new Answer.Response(response.status(), "", "", response.json(), false, null));
        } catch (XrpcDecodeException e) {
            readable(String.valueOf(e.getMessage()));
        }
    }

    private static void judge(Answer.Response answer) {
        RefreshVerdict verdict = Verdict.ofRefresh(answer, ACCOUNT);
        boolean speaksOfTheToken = (answer.status() == 400 || answer.status() == 401)
                && (answer.error().equals("ExpiredToken") || answer.error().equals("InvalidToken"));
        Must.agree(verdict instanceof RefreshVerdict.TokenDead, speaksOfTheToken, "who may say that a token is dead");
        Must.hold(
                !(verdict instanceof RefreshVerdict.Rotated rotated)
                        || rotated.grant().did().equals(ACCOUNT),
                "tokens are this account's");
        Verdict.ofCall(answer, METHOD);
        Verdict.ofDelete(answer);
        Verdict.ofLogin(answer);
        Must.hold(answer.toString().length() < 200, "an answer is told in a line");
    }

    /** One line that people can read, of bearable length. */
    private static void readable(String text) {
        Must.hold(text.length() < 4_000, "a text is of bearable length: " + text.length());
        Must.hold(
                text.codePoints()
                        .noneMatch(c ->
                                Character.getType(c) == Character.CONTROL || Character.getType(c) == Character.FORMAT),
                "a text has no characters that are not seen");
    }

    /** The body is in Latin-1, a character for each byte. */
    private record Wire(int status, Headers headers, String body) {

        static Wire read(byte[] input) {
            String text = new String(input, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\n\n");
            String head = end < 0 ? text : text.substring(0, end);
            String body = end < 0 ? "" : text.substring(end + 2);
            String[] lines = head.split("\n", -1);
            List<String> fields = new ArrayList<>();
            for (int i = 1; i < lines.length && i < 500; i++) {
                int colon = lines[i].indexOf(':');
                if (colon > 0) {
                    fields.add(lines[i].substring(0, colon));
                    fields.add(lines[i].substring(colon + 1).strip());
                }
            }
            return new Wire(status(lines[0]), Headers.received(fields.toArray(String[]::new)), body);
        }

        private static int status(String line) {
            try {
                int status = Integer.parseInt(line);
                return status >= 200 && status <= 999 ? status : 400;
            } catch (NumberFormatException e) {
                return 401;
            }
        }
    }

    /** Answers what it was told to, whatever it is asked. */
    private record Fixed(Wire wire) implements HttpTransport {

        @Override
        public TransportResponse send(TransportRequest request) {
            return new TransportResponse() {

                private @Nullable InputStream body;

                @Override
                public int status() {
                    return wire.status();
                }

                @Override
                public Headers headers() {
                    return wire.headers();
                }

                @Override
                public InputStream body() {
                    if (body == null) {
                        body = new ByteArrayInputStream(wire.body().getBytes(StandardCharsets.ISO_8859_1));
                    }
                    return body;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {}
    }
}
