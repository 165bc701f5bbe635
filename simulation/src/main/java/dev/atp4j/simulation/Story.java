// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

import dev.atp4j.session.kernel.Effect;
import dev.atp4j.session.kernel.Event;
import dev.atp4j.session.kernel.Flow;
import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.Outcome;
import dev.atp4j.session.kernel.RefreshVerdict;
import dev.atp4j.session.kernel.SessionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happened in a history, line by line. */
public final class Story {

    private final List<String> lines = new ArrayList<>();

    /** Begins one. */
    public Story() {}

    void line(long time, @Nullable Member member, String text) {
        lines.add(clock(time) + "  " + (member == null ? "--" : member.name) + "  " + text);
    }

    /** Returns its lines. */
    public List<String> lines() {
        return lines;
    }

    private static String clock(long millis) {
        Duration time = Duration.ofMillis(millis);
        return String.format(
                "%4d:%02d:%02d.%02d",
                time.toHours(), time.toMinutesPart(), time.toSecondsPart(), time.toMillisPart() / 10);
    }

    static String of(Flow flow) {
        return flow.getClass().getSimpleName();
    }

    static String of(Outcome outcome) {
        return outcome instanceof Outcome.Later later
                ? "Later " + later.pause() + " (" + later.why() + ")"
                : outcome.getClass().getSimpleName();
    }

    static String of(Held held) {
        return of(held.state()) + (held.saved() ? "" : " unsaved");
    }

    static String of(@Nullable SessionState state) {
        if (state == null) {
            return "nothing";
        }
        String tokens = state.tokens() == null
                ? state.status() + " " + state.reason()
                : state.current().refreshJti() + " generation " + state.generation();
        String attempt = state.attempt() == null ? "" : " attempted";
        String pending = state.pendingDeletes().isEmpty()
                ? ""
                : state.pendingDeletes().stream()
                        .map(p -> dev.atp4j.session.kernel.Jwt.read(p.refreshJwt())
                                        .jti()
                                + (p.chase() ? "?" : ""))
                        .collect(Collectors.joining(" ", " to delete: ", ""));
        return "[v" + state.version() + " " + tokens + attempt + pending + "]";
    }

    static String of(Effect effect, World world) {
        if (effect instanceof Effect.Write write) {
            return "writes " + of(write.next());
        } else if (effect instanceof Effect.Refresh refresh) {
            return "refresh " + world.pds.row(refresh.refreshJwt());
        } else if (effect instanceof Effect.Delete delete) {
            return "delete " + world.pds.row(delete.refreshJwt());
        }
        return effect instanceof Effect.Pause pause
                ? "pause " + pause.time()
                : effect.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    static String of(Event event, World world) {
        if (event instanceof Event.Loaded loaded) {
            return of(loaded.stored());
        } else if (event instanceof Event.Wrote wrote) {
            return wrote.won() ? "done" : "another version is there";
        } else if (event instanceof Event.StoreFailed failed) {
            return failed.why();
        } else if (event instanceof Event.Refreshed refreshed) {
            return refreshed.verdict() instanceof RefreshVerdict.Rotated rotated
                            && rotated.grant().refreshJwt() != null
                    ? "rotated to " + world.pds.row(rotated.grant().refreshJwt())
                    : refreshed.verdict().toString();
        } else if (event instanceof Event.Deleted deleted) {
            return deleted.verdict().toString();
        } else if (event instanceof Event.LoggedIn loggedIn) {
            return loggedIn.verdict().getClass().getSimpleName();
        }
        return event instanceof Event.Resolved resolved
                ? resolved.residence().toString()
                : event.getClass().getSimpleName();
    }
}
