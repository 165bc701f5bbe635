// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.pds.server.Bearer;
import dev.atp4j.pds.wire.Answer;
import dev.atp4j.pds.wire.Handler;
import dev.atp4j.pds.wire.Request;
import dev.atp4j.time.Time;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stands between the wire and a handler: lets faults happen and writes the journal. Thread-safe. */
final class Wiretap implements Handler {

    private static final String XRPC = "/xrpc/";
    private static final int HASH_BYTES = 8;
    private static final Set<String> LOGINS =
            Set.of("com.atproto.server.createSession", "com.atproto.server.createAccount");

    private final Side side;
    private final Faults faults;
    private final Journal journal;
    private final Time time;
    private final Handler next;

    Wiretap(Side side, Faults faults, Journal journal, Time time, Handler next) {
        this.side = side;
        this.faults = faults;
        this.journal = journal;
        this.time = time;
        this.next = next;
    }

    @Override
    public Answer answer(Request request) throws InterruptedException {
        String path = request.path();
        String name = path.startsWith(XRPC) ? path.substring(XRPC.length()) : path;
        Optional<Fault> fault = faults.take(name);
        Instant at = time.now();
        Answer answer = fault.isPresent() ? fault.get().effect().apply(request, next, time) : next.answer(request);
        journal.add(new Journal.Entry(
                name,
                answer.status(),
                at,
                account(name, request, answer),
                tokenHash(request),
                side,
                fault.isPresent()));
        return answer;
    }

    private static @Nullable String account(String name, Request request, Answer answer) {
        Optional<String> subject = Bearer.subject(request);
        if (subject.isEmpty() && LOGINS.contains(name) && answer.status() == 200) {
            try {
                return LexJson.parseMap(answer.body()).getString("did").orElse(null);
            } catch (DataException e) {
                return null;
            }
        }
        return subject.orElse(null);
    }

    private static @Nullable String tokenHash(Request request) {
        return Bearer.token(request).map(Wiretap::hash).orElse(null);
    }

    private static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
