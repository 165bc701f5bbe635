// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.Secret;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Runs the flows of several processes against a modelled server and store, one effect at a time in random order, with lost
 * answers, crashes and a failing store, and looks for broken promises. One seed is one history.
 */
class KernelSimulationTest {

    private static final int HISTORIES = 5_000;
    private static final int STEPS = 150;

    private static final HealFlow.Terms TERMS =
            new HealFlow.Terms(Secret.of("a password"), "a7", "", true, Duration.ofMinutes(5), Duration.ofDays(1));

    @Test
    void aSharedSessionOutlivesLostAnswersCrashesAndAFailingStore() {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            new History(seed, seed % 4 == 0).refreshesOnly();
        }
    }

    @Test
    void afterAConfirmedLogoutNothingIsAliveAtTheServer() {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            new History(seed, false).withLogout();
        }
    }

    @Test
    void aRevokedSessionIsDeclaredDeadOnce() {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            new History(seed, seed % 4 == 0).withRevocation();
        }
    }

    @Test
    void aSessionThatMayLogInComesBackAndNeverLogsInTwiceInAWindow() {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            new History(seed, seed % 4 == 0).withHealing(false);
        }
    }

    @Test
    void aLogoutIsStrongerThanALoginThatASessionMakesByItself() {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            new History(seed, seed % 4 == 0).withHealing(true);
        }
    }

    /** One process: what it holds in memory, and the flow that it is in. */
    private static final class Process {
        Held held;

        @Nullable
        Step step;

        boolean leased;

        /** Whether the lease was lost while the flow went on. */
        boolean lost;

        /** A death that was found out and not written down yet. */
        Outcome.@Nullable Dying dying;

        Process(Held held) {
            this.held = held;
        }
    }

    private static final class History {
        final long seed;
        final Random random;
        /** Whether processes may work at the same time, as they do when the lease is lost. */
        final boolean brokenLease;

        final ModelServer server = new ModelServer();
        final List<Process> processes = new ArrayList<>();
        final List<String> story = new ArrayList<>();
        Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Nullable
        SessionState store;

        boolean calm;
        int deaths;
        int burials;
        /** When logins began that the session made by itself. */
        final List<Instant> logins = new ArrayList<>();
        /** Whether a logout could not see what siblings had stored. */
        boolean logoutWasBlind;
        /** Whether an attempt that the store missed had gone unanswered when, or went while, a sibling logged out. */
        boolean successorIsUnknown;

        History(long seed, boolean brokenLease) {
            this.seed = seed;
            this.random = new Random(seed);
            this.brokenLease = brokenLease;
            Grant grant = server.login(now);
            var tokens = new Tokens(1, grant.accessJwt(), grant.refreshJwt(), now);
            store = SessionState.opened(
                            SessionKey.of(ModelServer.DID),
                            URI.create("https://pds.example.com"),
                            null,
                            grant.profile(),
                            tokens)
                    .asVersion(1);
            for (int i = 0; i < 3; i++) {
                processes.add(new Process(Held.inStore(store)));
            }
        }

        void refreshesOnly() {
            weather(false);
            calm = true;
            for (Process process : processes) {
                finish(process);
            }
            for (Process process : processes) {
                refreshUntilDone(process);
                check(process.held.state().active(), "a session died in weather alone");
            }
            check(deaths == 0, "a death was announced in weather alone");
            check(store != null && store.active(), "the store lost the session");
            check(server.honours(store.current().refreshJwt(), now), "the store holds a dead token");
        }

        void withLogout() {
            weather(false);
            calm = true;
            processes.forEach(this::finish);
            Process one = processes.get(random.nextInt(processes.size()));
            calm = false;
            successorIsUnknown = processes.stream()
                    .anyMatch(p -> !p.held.saved() && p.held.state().attempt() != null);
            one.leased = true;
            one.lost = false;
            one.step = LogoutFlow.of(one.held).begin();
            story.add("logout begins");
            weather(true);
            calm = true;
            processes.forEach(this::finish);
            processes.forEach(this::catchUp);
            Process last = processes.get(0);
            if (store != null && store.active()) {
                return; // the process crashed before the tombstone was written: nothing was promised
            }
            for (int i = 0; i < 3; i++) {
                last.held = Held.inStore(store);
                last.step = LogoutFlow.unfinished(last.held).begin();
                finish(last);
            }
            check(store.status() == Status.LOGGED_OUT, "the tombstone is gone");
            check(store.pendingDeletes().isEmpty(), "deletes are pending in calm weather");
            if (logoutWasBlind || successorIsUnknown) {
                return; // a token that nobody holds any more may be left, and was never promised to go
            }
            check(!server.anyAlive(now), "something outlived the logout");
            for (Process process : processes) {
                process.step = RefreshFlow.past(
                                process.held, process.held.state().generation(), null)
                        .begin();
                finish(process);
                check(!process.held.state().active(), "a sibling missed the tombstone");
            }
            check(!server.anyAlive(now), "a sibling brought the session back");
        }

        void withRevocation() {
            weather(false);
            calm = true;
            processes.forEach(this::finish);
            processes.forEach(this::catchUp);
            server.revokeAll();
            story.add("revoked");
            for (Process process : processes) {
                refreshUntilDone(process);
                check(!process.held.state().active(), "a revoked session is thought alive");
            }
            check(store != null && store.status() == Status.DEAD, "a revoked session is stored as alive");
            check(deaths == 1, "a death was announced " + deaths + " times");
        }

        void withHealing(boolean logout) {
            for (int i = 0; i < STEPS; i++) {
                Process process = processes.get(random.nextInt(processes.size()));
                int dice = random.nextInt(100);
                if (dice < 3) {
                    crash(process);
                } else if (dice < 5) {
                    server.revokeAll();
                    story.add("revoked");
                } else if (dice < 15) {
                    now = now.plusSeconds(random.nextInt(240));
                } else if (process.step != null) {
                    advance(process);
                } else if (mayStart(process)) {
                    process.step = refreshOrHeal(process).begin();
                }
            }
            if (logout) {
                Process one = processes.get(random.nextInt(processes.size()));
                if (one.step == null) {
                    one.leased = true;
                    one.step = LogoutFlow.of(one.held).begin();
                    story.add("logout begins");
                }
            }
            calm = true;
            processes.forEach(this::finish);
            processes.forEach(this::catchUp);
            now = now.plus(Duration.ofDays(2));
            for (Process process : processes) {
                for (int i = 0; i < 4; i++) {
                    process.step = refreshOrHeal(process).begin();
                    finish(process);
                    now = now.plusSeconds(61);
                    catchUp(process);
                }
            }
            check(store != null, "the record is gone");
            check(deaths <= burials, "a death was announced without a burial");
            if (store.status() == Status.LOGGED_OUT) {
                processes.forEach(p -> check(!p.held.state().active(), "a sibling missed the tombstone"));
                return;
            }
            check(store.active(), "a session that may log in is not back");
            check(server.honours(store.current().refreshJwt(), now), "the store holds a dead token");
            for (Process process : processes) {
                check(process.held.state().active(), "a process does not know that the session is back");
                check(server.honours(process.held.state().current().refreshJwt(), now), "a process holds a dead token");
            }
        }

        private Flow refreshOrHeal(Process process) {
            SessionState state = process.held.state();
            if (process.dying != null || state.status() == Status.DEAD) {
                story.add(name(process) + " wants to log in");
                return HealFlow.of(process.held, process.dying, TERMS);
            }
            story.add(name(process) + " wants past " + state.generation());
            return RefreshFlow.healing(process.held, state.generation(), random.nextBoolean() ? state.backoff() : null);
        }

        private void weather(boolean noNewRefreshes) {
            for (int i = 0; i < STEPS; i++) {
                Process process = processes.get(random.nextInt(processes.size()));
                int dice = random.nextInt(100);
                if (dice < 3) {
                    crash(process);
                } else if (dice < 10 && attemptIsYoung()) {
                    now = now.plus(Duration.ofMinutes(random.nextInt(45)));
                } else if (process.step != null) {
                    if (dice < 14 && process.leased) {
                        loseLease(process);
                    }
                    advance(process);
                } else if (dice < 20) {
                    adopt(process);
                } else if (!noNewRefreshes || store == null || store.active()) {
                    if (mayStart(process)) {
                        process.step = RefreshFlow.past(
                                        process.held,
                                        process.held.state().generation(),
                                        random.nextBoolean()
                                                ? process.held.state().backoff()
                                                : null)
                                .begin();
                        story.add(name(process) + " wants past "
                                + process.held.state().generation());
                    }
                }
            }
        }

        /** A rotation whose answer was lost can be recovered for two hours; histories don't wait longer than that. */
        private boolean attemptIsYoung() {
            if (store != null && store.pendingDeletes().stream().anyMatch(PendingDelete::chase)) {
                return false;
            }
            boolean stored = store == null
                    || store.attempt() == null
                    || Duration.between(store.attempt().startedAt(), now).toMinutes() < 30;
            return stored
                    && processes.stream()
                            .allMatch(p -> p.step == null
                                    && (p.held.state().attempt() == null
                                            || Duration.between(
                                                                    p.held.state()
                                                                            .attempt()
                                                                            .startedAt(),
                                                                    now)
                                                            .toMinutes()
                                                    < 30));
        }

        private boolean mayStart(Process process) {
            boolean free = brokenLease || processes.stream().noneMatch(p -> p.leased);
            process.leased = free;
            process.lost = false;
            return free;
        }

        /** The store has not heard of the holder for too long: others may begin, and he finds out when he is to send. */
        private void loseLease(Process process) {
            story.add(name(process) + " loses its lease");
            process.leased = false;
            process.lost = true;
        }

        /** What a process does that waits for its turn, or was told by the store of a change. */
        private void adopt(Process process) {
            long known = process.held.state().generation();
            process.step = AdoptFlow.of(process.held).begin();
            story.add(name(process) + " looks whether there is more than " + known);
            int refreshes = server.refreshes;
            SessionState before = store;
            finish(process);
            check(store == before && server.refreshes == refreshes, "a look changed something");
            check(
                    !process.held.state().active()
                            || process.held.state().generation() >= known
                            || process.held.saved(),
                    "a look went back");
        }

        private void crash(Process process) {
            if (!process.held.saved()) {
                return; // what only memory holds is lost by a crash; no rule can help that
            }
            story.add(name(process) + " crashes");
            process.dying = null;
            process.step = null;
            process.leased = false;
            process.lost = false;
            if (store != null) {
                process.held = Held.inStore(store);
            }
        }

        private void finish(Process process) {
            for (int i = 0; process.step != null; i++) {
                check(i < 200, "a flow does not end");
                advance(process);
            }
        }

        private void refreshUntilDone(Process process) {
            for (int i = 0; i < 10; i++) {
                process.step = RefreshFlow.past(
                                process.held,
                                process.held.state().generation(),
                                process.held.state().backoff())
                        .begin();
                finish(process);
                now = now.plusSeconds(61);
                catchUp(process);
            }
        }

        private void catchUp(Process process) {
            if (!process.held.saved()) {
                process.step = SaveFlow.of(process.held).begin();
                finish(process);
            }
        }

        private void advance(Process process) {
            Step step = process.step;
            process.held = step.held();
            for (Notice notice : step.notices()) {
                if (notice instanceof Notice.Deleted deleted && deleted.reason() != EndReason.LOGGED_OUT) {
                    deaths++;
                }
            }
            Effect effect = step.effect();
            if (effect instanceof Effect.Done done) {
                story.add(name(process) + " is done: " + done.outcome() + ", holds "
                        + process.held.state().generation() + (process.held.saved() ? "" : " unsaved"));
                process.step = null;
                process.leased = false;
                process.lost = false;
                process.dying = done.outcome() instanceof Outcome.Dying dying ? dying : null;
                return;
            }
            if (effect instanceof Effect.Login) {
                noteLogin(process.held.state());
            }
            Event event = effect instanceof Effect.Refresh && process.lost ? new Event.TurnLost() : perform(effect);
            logoutWasBlind |= event instanceof Event.StoreFailed && step.flow() instanceof LogoutFlow;
            successorIsUnknown |= event instanceof Event.Refreshed r
                    && r.verdict() instanceof RefreshVerdict.Transient
                    && !process.held.saved()
                    && processes.stream().anyMatch(p -> p.step != null && p.step.flow() instanceof LogoutFlow);
            story.add(name(process) + " " + effect.getClass().getSimpleName() + " -> "
                    + event.getClass().getSimpleName()
                    + (event instanceof Event.Refreshed r
                            ? " " + r.verdict().getClass().getSimpleName()
                            : "")
                    + (event instanceof Event.Wrote w ? " " + w.won() : ""));
            process.step = step.flow().on(event, new Now(now, random.nextDouble()));
        }

        private Event perform(Effect effect) {
            int dice = calm ? 99 : random.nextInt(100);
            if (effect instanceof Effect.Read) {
                return dice < 5 ? new Event.StoreFailed("down") : new Event.Loaded(store);
            } else if (effect instanceof Effect.Write write) {
                if (dice < 5) {
                    return new Event.StoreFailed("down before writing");
                }
                boolean won = write.next().version() == (store == null ? 0 : store.version()) + 1;
                if (won) {
                    burials += store != null && store.active() && write.next().status() == Status.DEAD ? 1 : 0;
                    store = write.next();
                }
                return dice < 8 ? new Event.StoreFailed("down after writing") : new Event.Wrote(won);
            } else if (effect instanceof Effect.Refresh refresh) {
                if (dice < 10) {
                    return new Event.Refreshed(new RefreshVerdict.Transient(true, null, "lost before"), null);
                }
                RefreshVerdict verdict = server.refresh(refresh.refreshJwt(), now);
                return dice < 20
                        ? new Event.Refreshed(new RefreshVerdict.Transient(true, null, "lost after"), null)
                        : new Event.Refreshed(verdict, null);
            } else if (effect instanceof Effect.Delete delete) {
                if (dice < 20) {
                    return new Event.Deleted(new DeleteVerdict.Unconfirmed(null, "lost"));
                }
                return new Event.Deleted(server.delete(delete.refreshJwt()));
            } else if (effect instanceof Effect.Login login) {
                return login(login, dice);
            }
            now = now.plus(((Effect.Pause) effect).time());
            return new Event.Paused();
        }

        private Event login(Effect.Login login, int dice) {
            URI service = login.service();
            if (dice < 10) {
                return new Event.LoggedIn(new LoginVerdict.Other(), service, null, "lost before");
            } else if (dice < 12) {
                return new Event.LoggedIn(new LoginVerdict.BadCredentials(""), service, null, "refused");
            }
            Grant grant = server.login(now);
            return dice < 20
                    ? new Event.LoggedIn(new LoginVerdict.Other(), service, null, "lost after")
                    : new Event.LoggedIn(new LoginVerdict.Granted(grant), service, null, "");
        }

        private void noteLogin(SessionState marked) {
            Instant mark = marked.healing().since();
            for (Instant other : logins) {
                check(
                        Duration.between(other, mark).abs().compareTo(TERMS.pause()) >= 0,
                        "two logins in one window, begun at " + other + " and " + mark);
            }
            logins.add(mark);
        }

        private String name(Process process) {
            return "P" + processes.indexOf(process);
        }

        private void check(boolean holds, String promise) {
            assertThat(holds)
                    .as(() -> promise + "; seed " + seed + "\n" + String.join("\n", story))
                    .isTrue();
        }
    }
}
