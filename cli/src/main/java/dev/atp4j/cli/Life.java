// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.http.HttpTransport;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.SessionListener;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The life of one process, as far as sessions can tell: threads, timers, connections and memory that are gone when it is
 * killed. What it shares with a later life is a folder and the course of time.
 */
final class Life {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final VirtualTime time;
    private final Background background = new Background();
    private final HttpTransport transport = HttpTransport.create();
    private final Sessions sessions;
    private volatile boolean over;

    Life(VirtualTime time, Path folder, SessionListener listener) {
        this.time = time;
        this.sessions = Sessions.builder()
                .store(FileSessionStore.in(folder))
                .transport(transport)
                .time(new Timers())
                .executor(background)
                .listener(listener)
                .build();
    }

    Sessions sessions() {
        return sessions;
    }

    /** Waits until everything that was set off is done. */
    void settle() {
        Story.check(background.awaitQuiet(PATIENCE), "background work comes to an end");
    }

    /** Lets time pass, from one timer to the next, as it does when what a timer sets off takes no time to speak of. */
    void pass(Duration length) {
        Duration left = length;
        while (!left.isZero()) {
            Duration next = time.nextTimer().orElse(left);
            Duration step = next.compareTo(left) < 0 ? next : left;
            time.advance(step);
            settle();
            left = left.minus(step);
        }
    }

    /** Ends this life as kill -9 does: nothing is closed, saved or said. */
    void kill() {
        over = true;
        background.stop();
        transport.close();
    }

    /** Timers that do not outlive this life. */
    private final class Timers implements Time {

        @Override
        public Instant now() {
            return time.now();
        }

        @Override
        public long nanos() {
            return time.nanos();
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            return time.after(delay, () -> {
                if (!over) {
                    task.run();
                }
            });
        }
    }
}
