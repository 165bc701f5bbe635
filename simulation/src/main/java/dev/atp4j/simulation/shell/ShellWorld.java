// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import dev.atp4j.Secret;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import dev.atp4j.session.kernel.Answer;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.simulation.Choices;
import dev.atp4j.simulation.Law;
import dev.atp4j.simulation.ModelPds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One history of the real code: programs on machines of their own share a store, a server and the weather. Then the weather
 * clears, and everybody has to be served.
 */
final class ShellWorld {

    private static final List<Resume> HOWS = List.of(Resume.values());

    static final SessionKey KEY = SessionKey.of(ModelPds.DID);

    /** How long a call may take. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final Duration[] PAUSES = {
        Duration.ofSeconds(5),
        Duration.ofMillis(100),
        Duration.ofMinutes(1),
        Duration.ofMinutes(15),
        Duration.ofMinutes(100),
        Duration.ofMinutes(130),
        Duration.ofHours(5),
        Duration.ofHours(30)
    };

    private static final Duration UNTIL_ALL_IS_WELL = Duration.ofMinutes(45);
    private static final Duration BETWEEN_CALLS = Duration.ofMinutes(17);
    private static final int CALM_CALLS = 20;

    final Choices choices;
    final Scheduler scheduler;
    final Theme theme;
    final ShellReport.Sabotage sabotage;
    final Weather weather;
    final ModelPds pds = new ModelPds();
    final Storage storage = new Storage();
    final ShellLaws laws;
    private final Machine nobody;
    private final List<Program> programs = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private int machines;
    private int faults;
    private boolean calm;

    /** How many calls were refused because their token had run out. */
    int expired;

    ShellWorld(Choices choices, ShellReport.Sabotage sabotage) {
        this.choices = choices;
        this.sabotage = sabotage;
        this.theme = Theme.drawn(choices);
        this.scheduler = new Scheduler(choices, theme.calmness());
        this.weather = new Weather(choices);
        this.laws = new ShellLaws(this);
        this.nobody = new Machine(scheduler, "--");
        tell(theme.toString());
    }

    /** Lives through the history; throws the violation if there is one. */
    void live() {
        scheduler.run(nobody, this::all);
    }

    List<String> story() {
        return story;
    }

    int faults() {
        return faults;
    }

    private void all() {
        begin();
        weather.network = theme.network();
        weather.store = theme.store();
        weather.deaths = theme.deaths();
        int deeds = 6 + choices.below(20);
        for (int i = 0; i < deeds; i++) {
            deed();
        }
        clear();
    }

    private void begin() {
        Program first = program();
        run(first, "login", first::login);
        for (int i = 1; i < theme.programs(); i++) {
            Program next = program();
            run(next, "start", () -> next.resume(Resume.TOLERANT));
        }
    }

    private Program program() {
        var machine = new Machine(scheduler, "P" + ++machines);
        machine.deaf = sabotage == ShellReport.Sabotage.TIMERS_DEAF;
        if (theme.clocks()) {
            machine.wallClock(Duration.ofHours((choices.below(5) - 2) * 20L));
        }
        var made = new Program[1];
        Strand start = machine.start("main", () -> made[0] = new Program(this, machine));
        scheduler.await("the start of a program", () -> start.over);
        programs.add(made[0]);
        return made[0];
    }

    /** Has a program do something, and waits until it is done. */
    private void run(Program program, String what, Runnable task) {
        Strand strand = program.machine.start(what, task);
        scheduler.await(what, () -> strand.over);
    }

    // ---- what happens

    private void deed() {
        Program one = programs.get(choices.below(programs.size()));
        PasswordSession session = one.session;
        if (one.machine.gone()) {
            restart(one);
            return;
        }
        if (session == null) {
            int how = choices.below(4);
            one.machine.start("resume", how == 3 ? one::account : () -> one.resume(HOWS.get(how)));
            scheduler.sleep(pause(), "a while");
            return;
        }
        Caller caller = one.caller(session);
        switch (choices.pick(
                30,
                10,
                8,
                theme.outages() ? 8 : 0,
                theme.outages() ? 8 : 0,
                theme.stops() ? 8 : 0,
                theme.stops() ? 4 : 0,
                theme.clocks() ? 6 : 0,
                theme.logouts() ? 5 : 0,
                5,
                theme.ends() ? 4 : 0,
                theme.moves() ? 4 : 0,
                theme.logins() ? 4 : 0,
                theme.deaths() > 0 ? 6 : 0,
                theme.logouts() ? 3 : 0,
                theme.interrupts() ? 10 : 0)) {
            case 1 -> {
                for (int i = 0; i < 3; i++) {
                    one.machine.start("call " + i, () -> caller.call(TIMEOUT));
                }
            }
            case 2 -> one.machine.start("refresh", caller::refresh);
            case 3 -> {
                weather.offline = fault("the network is " + (weather.offline ? "back" : "gone"), !weather.offline);
            }
            case 4 -> {
                weather.storeDown = fault("the store is " + (weather.storeDown ? "back" : "down"), !weather.storeDown);
            }
            case 5 -> {
                Duration time = Duration.ofSeconds(1 + choices.below(3) * 14L);
                fault(one.machine + " is stopped for " + time, true);
                one.machine.stop(time);
            }
            case 6 -> {
                Duration time = Duration.ofHours(1 + choices.below(24));
                fault(one.machine + " sleeps for " + time, true);
                one.machine.sleep(time);
            }
            case 7 -> {
                Duration off = Duration.ofHours(choices.below(49) - 24);
                fault("the clock of " + one.machine + " is off by " + off, true);
                one.machine.wallClock(off);
            }
            case 8 -> one.machine.start("logout", caller::logout);
            case 9 -> one.machine.start("close", one::close);
            case 10 -> end();
            case 11 -> {
                tell("the account moves to another server");
                pds.moveBehind(pds.pds().equals(ModelPds.HOME) ? ModelPds.ELSEWHERE : ModelPds.HOME);
            }
            case 12 -> one.machine.start("login", one::login);
            case 13 -> kill(one.machine);
            case 14 -> one.machine.start("retry of logouts", one::retryPendingLogouts);
            case 15 -> {
                Strand called = one.machine.start("call", () -> caller.call(TIMEOUT));
                scheduler.sleep(Duration.ofMillis(choices.below(4) * 15L), "a moment");
                Thread thread = called.thread;
                if (!called.over && thread != null) {
                    tell("a caller on " + one.machine + " is interrupted");
                    thread.interrupt();
                }
            }
            default -> one.machine.start("call", () -> caller.call(timeout()));
        }
        scheduler.sleep(pause(), "a while");
    }

    private Duration timeout() {
        return choices.below(4) == 3 ? Duration.ofMillis(500) : TIMEOUT;
    }

    private Duration pause() {
        // Hours without network or store are long to live through, and tell nothing that minutes don't.
        boolean outage = weather.offline || weather.storeDown;
        return PAUSES[outage ? choices.pick(30, 20, 15, 5) : choices.pick(30, 20, 15, 10, 10, 5, 5, 2)];
    }

    private void end() {
        switch (choices.below(4)) {
            case 1 -> {
                fault("the password is changed", true);
                pds.changePassword(Secret.of("password " + scheduler.now()));
            }
            case 2 -> {
                fault("the account is taken down", true);
                pds.takeDown(true);
            }
            case 3 -> {
                fault("the account is deactivated", true);
                pds.deactivate(true);
            }
            default -> {
                fault("all sessions are revoked", true);
                pds.revokeAll();
            }
        }
    }

    private boolean fault(String what, boolean value) {
        faults++;
        tell(what);
        return value;
    }

    private void restart(Program dead) {
        programs.remove(dead);
        Program next = program();
        next.machine.start("restart", () -> next.resume(HOWS.get(choices.below(3))));
        scheduler.sleep(pause(), "a while");
    }

    void kill(Machine machine) {
        fault(machine + " is killed", true);
        storage.watches.removeIf(watching -> watching.machine() == machine);
        machine.kill();
    }

    /** Perhaps ends a process at this point of it. */
    void mayDie(Machine machine) {
        if (machine != nobody && weather.death()) {
            kill(machine);
            throw new Killed();
        }
    }

    // ---- what servers and the store do by themselves

    long millis() {
        return Machine.START.toEpochMilli() + scheduler.now() / 1_000_000;
    }

    Answer.Response answer(Wire.Call call) {
        Answer.Response answer = Wire.answer(pds, call, millis());
        String got = answer.json() == null
                ? ""
                : answer.json()
                        .getString("refreshJwt")
                        .map(Secret::of)
                        .map(pds::row)
                        .map(row -> " " + row)
                        .orElse("");
        tell("the server: " + call + " -> " + answer.status() + " " + answer.error() + got);
        return answer;
    }

    /** Has a request arrive that nobody waits for any more. */
    void laterBy(Duration time, Wire.Call call) {
        scheduler.at(scheduler.now() + time.toNanos(), nobody, () -> laws.deliveredLate(answer(call)));
    }

    void tellWatcher(Storage.Watching watching, SessionKey key, long version) {
        int fate = calm ? 0 : choices.pick(60, 10, 10);
        if (fate == 1 || watching.machine().gone()) {
            return;
        }
        long delay = fate == 2 ? Duration.ofSeconds(3).toNanos() : 0;
        scheduler.at(
                scheduler.now() + delay,
                watching.machine(),
                () -> watching.machine()
                        .start("watcher", () -> watching.watcher().changed(key, version)));
    }

    // ---- the calm

    private void clear() {
        calm = true;
        weather.calm();
        tell("the weather clears");
        pds.deactivate(false);
        for (Program program : List.copyOf(programs)) {
            scheduler.await(
                    "a machine to wake", () -> program.machine.gone() || program.machine.awake(scheduler.now()));
            if (program.machine.gone()) {
                restart(program);
            }
        }
        scheduler.sleep(UNTIL_ALL_IS_WELL, "all to be well");
        for (Program program : programs) {
            // A takedown was all that kept somebody from the account; whoever looks again has to find what is there.
            run(program, "resume", () -> program.resume(Resume.TOLERANT));
        }
        SessionState stored = laws.stored();
        if (stored == null) {
            return;
        }
        check(
                stored.pendingDeletes().isEmpty(),
                Law.LOGOUT_MEANS_LOGOUT,
                "the server was not told to forget everything");
        if (!stored.active()) {
            return;
        }
        expired = 0;
        for (int i = 0; i < CALM_CALLS; i++) {
            for (Program program : programs) {
                served(program);
            }
            scheduler.sleep(BETWEEN_CALLS, "the next calls");
        }
        check(expired == 0, Law.NO_STORMS, "calls met tokens that had run out, in calm weather");
    }

    private void served(Program program) {
        PasswordSession session = program.session;
        check(session != null, Law.PROGRESS, program.machine + " has no session, and the store has one");
        if (session == null) {
            return;
        }
        var served = new Caller.Served[1];
        run(program, "call", () -> served[0] = program.caller(session).call(TIMEOUT));
        SessionState now = laws.stored();
        boolean over = now == null || !now.active();
        check(
                served[0] == Caller.Served.SERVED || over && served[0] == Caller.Served.OVER,
                Law.PROGRESS,
                program.machine + " is not served in calm weather");
    }

    private void check(boolean holds, Law law, String what) {
        if (!holds) {
            throw scheduler.broken(law, what);
        }
    }

    /** Returns the login that the stored session comes from, or 0. */
    int login() {
        SessionState stored = laws.stored();
        ModelPds.@Nullable Row row = stored == null || stored.tokens() == null
                ? null
                : pds.row(stored.current().refreshJwt());
        return row == null ? 0 : row.login;
    }

    // ---- words

    void tell(String what) {
        long millis = scheduler == null ? 0 : scheduler.now() / 1_000_000;
        story.add(String.format(
                "%3d:%02d:%02d.%03d  %s",
                millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60, millis % 1000, what));
    }
}
