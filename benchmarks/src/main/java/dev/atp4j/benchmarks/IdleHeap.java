// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import dev.atp4j.http.JdkHttpTransport;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import dev.atp4j.session.SessionData;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.SessionKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What a session takes while it waits: heap beyond its tokens, and threads. */
final class IdleHeap {

    private static final int SESSIONS = 100_000;
    private static final URI SERVICE = URI.create("https://pds.example.com");

    private IdleHeap() {}

    static void run() throws InterruptedException {
        try (var transport = new JdkHttpTransport();
                Sessions sessions = Sessions.builder()
                        .transport(transport)
                        .store(new ForgetfulStore(SERVICE))
                        .build()) {
            List<PasswordSession> idle = new ArrayList<>(SESSIONS);
            idle.add(session(sessions, 0)); // whatever is loaded once is loaded now
            int threads = Thread.activeCount();
            long before = usedHeap();
            for (int i = 1; i <= SESSIONS; i++) {
                idle.add(session(sessions, i));
            }
            long after = usedHeap();
            SessionData data = idle.get(SESSIONS).data();
            int tokens = data.accessJwt().expose().length()
                    + data.refreshJwt().expose().length();
            double each = (double) (after - before) / SESSIONS - tokens;
            Report.row(
                    "heap of an idle session beyond its tokens, bytes",
                    each,
                    "<= 4096",
                    each <= 4096,
                    tokens + " bytes of tokens");
            double all = after / 1e6;
            Report.row("heap of a worker with 100,000 idle sessions, MB", all, "<= 300", all <= 300, "tokens included");
            int more = Thread.activeCount() - threads;
            Report.row("threads of " + SESSIONS + " idle sessions", more, "<= 0", more <= 0, "");
            if (idle.size() != SESSIONS + 1) {
                throw new IllegalStateException("the sessions were not kept");
            }
        }
    }

    private static PasswordSession session(Sessions sessions, int number) {
        return sessions.resume(SessionKey.of(Fixtures.did(number)), Resume.LAZY);
    }

    private static long usedHeap() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(100);
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
