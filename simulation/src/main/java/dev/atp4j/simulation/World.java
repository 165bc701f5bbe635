// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.kernel.AdoptFlow;
import dev.atp4j.session.kernel.Answer;
import dev.atp4j.session.kernel.Effect;
import dev.atp4j.session.kernel.Event;
import dev.atp4j.session.kernel.Flow;
import dev.atp4j.session.kernel.Grant;
import dev.atp4j.session.kernel.HealFlow;
import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.LoginCount;
import dev.atp4j.session.kernel.LoginVerdict;
import dev.atp4j.session.kernel.LogoutFlow;
import dev.atp4j.session.kernel.OpenFlow;
import dev.atp4j.session.kernel.Outcome;
import dev.atp4j.session.kernel.RefreshFlow;
import dev.atp4j.session.kernel.RefreshVerdict;
import dev.atp4j.session.kernel.SaveFlow;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Step;
import dev.atp4j.session.kernel.Tokens;
import dev.atp4j.session.kernel.Verdict;
import dev.atp4j.session.store.SessionKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One history: processes that share a store, their server, and the weather, in which one thing happens after the other. What
 * happens next is a choice, and so is all that goes wrong; then the weather clears, and everybody has to be served. Laws are
 * looked at after every step.
 */
public final class World {

    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** How long a call may take: what {@code FlowRunner} lets one wait for its turn is this and ten seconds. */
    private static final long TIMEOUT = 30 * SECOND;

    private static final int CALM_ROUNDS = 4;
    private static final int MOST_TURNS_LOST = 5;
    private static final SessionKey KEY = SessionKey.of(ModelPds.DID);
    private static final Answer.None LOST = new Answer.None(true, "no answer");
    private static final Answer.None REFUSED = new Answer.None(false, "connection refused");

    /** The server. */
    public final ModelPds pds = new ModelPds();

    /** The store that all share. */
    public final ModelStore store;

    /** Those who take part. */
    public final List<Member> members = new ArrayList<>();

    /** The time, by the server's clock: milliseconds. */
    public long now = START;

    /** How many effects were done. */
    public int steps;

    /** How many faults there were. */
    public int faults;

    final Choices choices;
    final Plan plan;
    private final Twist twist;
    private final Laws laws;
    private final @Nullable Story story;
    private final List<Late> late = new ArrayList<>();
    private boolean calm;
    private boolean clocksWereSet;
    private int logouts;
    private int logins;
    private int refreshes;
    private int ends;

    /** A request that is still on its way. */
    private record Late(boolean delete, URI service, Secret token) {}

    /** Makes a world in which the first member has just logged in, and the others have found its session in the store. */
    public World(Plan plan, Choices choices, Twist twist, @Nullable Story story) {
        this.plan = plan;
        this.choices = choices;
        this.twist = twist;
        this.story = story;
        store = twist.store();
        laws = new Laws(this);
        var machines = new Member.Machine[plan.machines()];
        for (int i = 0; i < machines.length; i++) {
            machines[i] = new Member.Machine();
        }
        pds.limit(plan.limits());
        SessionState first = opened(grant(pds.login(ModelPds.HOME, pds.password(), now)));
        store.compareAndSet(first.asVersion(1));
        for (int i = 0; i < plan.members(); i++) {
            var member = new Member("P" + (i + 1), machines[i % machines.length], twist.tally(store));
            member.held = Held.inStore(first.asVersion(1));
            members.add(member);
        }
        pds.rows().get(0).received = true;
        Tally tally = members.get(0).tally;
        LoginCount.Told told = pds.told(ModelPds.HOME, now, null);
        Instant then = Instant.ofEpochMilli(now);
        tally.inStore(ModelPds.HOME, (count, at) -> tally.attempt(count, plan.budget(), false, at), then);
        if (told != null) {
            tally.inStore(ModelPds.HOME, (count, at) -> turn(tally.told(count, told, at)), then);
        }
    }

    /** Draws a plan, and makes the world that it is for. */
    public static World prepared(Choices choices, Twist twist, @Nullable Story story) {
        return new World(Plan.drawn(choices), choices, twist, story);
    }

    /** Lives through the plan, and the calm after it. */
    public void live() {
        for (int i = 0; i < plan.ticks(); i++) {
            turn();
        }
        clear();
    }

    // ---- whose turn it is

    /** Lets one thing happen. */
    public void turn() {
        now += 20;
        Plan.Turn turn = Plan.Turn.ALL.get(choices.pick(plan.turns()));
        if (turn != Plan.Turn.MEMBER && turn != Plan.Turn.END && faults >= plan.faults()) {
            turn = Plan.Turn.MEMBER;
        }
        switch (turn) {
            case MEMBER -> member();
            case SECONDS -> pass(SECOND * (1 + choices.below(90)));
            case MINUTES -> pass(MINUTE * (1 + choices.below(50)));
            case HOURS -> pass(HOUR * (1 + choices.below(30)));
            case MONTHS -> pass(DAY * (1 + choices.below(100)));
            case KILL -> kill(one());
            case LEASE -> takeLease();
            case OUTAGE -> outage();
            case ROLL_BACK -> rollBack();
            case CLOCK -> jump(one().machine);
            case SLEEP -> sleep(one().machine);
            case LATE_REQUEST -> arrive();
            case END -> end();
        }
    }

    private Member one() {
        return members.get(choices.below(members.size()));
    }

    private void member() {
        int able = 0;
        for (Member member : members) {
            able += able(member) ? 1 : 0;
        }
        if (able == 0) {
            wait(members);
            return;
        }
        int chosen = able == 1 ? 0 : choices.below(able);
        for (Member member : members) {
            if (able(member) && chosen-- == 0) {
                act(member);
                return;
            }
        }
    }

    private boolean able(Member member) {
        return member.busyUntil <= now && member.machine.asleepUntil <= now;
    }

    /** Lets time pass until somebody can do something. */
    private void wait(List<Member> those) {
        long next = Long.MAX_VALUE;
        for (Member member : those) {
            next = Math.min(next, Math.max(member.busyUntil, member.machine.asleepUntil));
        }
        pass(Math.max(20, next - now));
    }

    private void pass(long time) {
        now += time;
        tell(null, () -> Duration.ofMillis(time) + " pass");
    }

    private void act(Member member) {
        if (member.step != null) {
            advance(member);
        } else if (member.start != null) {
            takeTurn(member);
        } else if (!member.up) {
            resume(member);
        } else if (member.held != null) {
            begin(member);
        } else {
            resume(member);
        }
    }

    // ---- what a process does when it has nothing to do

    private void resume(Member member) {
        member.up = true;
        if (store.down) {
            tell(member, () -> "starts, and cannot read the store");
            return;
        }
        SessionState stored = store.read();
        member.rollBacks = store.rollBacks;
        member.held = stored == null ? null : Held.inStore(stored);
        tell(member, () -> "starts, and finds " + Story.of(stored));
    }

    private void begin(Member member) {
        Held held = held(member);
        boolean mayLogout = logouts < plan.logouts() && held.state().active();
        boolean mayLogin = logins < plan.logins();
        boolean mayRefresh = refreshes < plan.refreshes();
        int what = choices.pick(
                mayRefresh ? 60 : 0,
                10,
                10,
                mayLogout ? 6 : 0,
                mayLogin ? 4 : 0,
                member.saveAt <= now ? 30 : 0,
                member.deletesAt <= now ? 30 : 0,
                2);
        switch (what) {
            case 0 -> {
                if (mayRefresh) {
                    refresh(member, choices.below(4) > 0);
                }
            }
            case 1 -> call(member);
            case 2 -> run(member, AdoptFlow::of);
            case 3 -> {
                logouts++;
                run(member, LogoutFlow::of);
            }
            case 4 -> {
                logins++;
                login(member);
            }
            case 5 -> save(member);
            case 6 -> deletes(member);
            default -> run(member, LogoutFlow::unfinished);
        }
    }

    /** Gets past the tokens that it has. */
    private void refresh(Member member, boolean patient) {
        refreshes++;
        SessionState state = held(member).state();
        if (patient && member.retryAt > now) {
            member.busyUntil = Math.min(member.retryAt, now + 90 * SECOND);
            return;
        }
        if (patient && member.retryAt != 0) {
            member.waitedOut = state.backoff();
        }
        if (!state.active()) {
            if (plan.healing() && state.reason() != null && state.reason().curedByLogin()) {
                heal(member);
            }
            return;
        }
        long stale = state.generation();
        run(
                member,
                held -> plan.healing()
                        ? RefreshFlow.healing(held, stale, member.waitedOut)
                        : RefreshFlow.past(held, stale, member.waitedOut));
    }

    /** Calls its server, and gets past its tokens if they have run out. */
    private void call(Member member) {
        SessionState state = held(member).state();
        if (!state.active()) {
            return;
        }
        URI server = state.pds() == null ? state.service() : state.pds();
        Answer.Response answer = pds.call(server, state.current().accessJwt(), now);
        member.learn(now);
        tell(member, () -> "calls -> " + answer.status() + " " + answer.error());
        if (answer.status() != 200) {
            refresh(member, true);
        }
    }

    private void save(Member member) {
        member.saveAt = Long.MAX_VALUE;
        if (!held(member).saved()) {
            run(member, SaveFlow::of);
        }
    }

    private void deletes(Member member) {
        member.deletesAt = Long.MAX_VALUE;
        run(member, LogoutFlow::unfinished);
    }

    private void login(Member member) {
        URI service = pds.home();
        if (!counted(member, service, false).isZero()) {
            tell(member, () -> "has no login left");
            return;
        }
        Answer.Response answer = login(member, service, pds.password(), false);
        learned(member, service, Plan.Wire.ANSWERED, answer);
        if (answer.status() != 200) {
            return;
        }
        Grant grant = grant(answer);
        got(member, grant);
        SessionState opened = opened(grant);
        tell(member, () -> "logs in, and gets " + row(grant.refreshJwt()));
        run(member, held -> OpenFlow.login(opened));
    }

    /** A login that could not be stored is ended at the server, unless it may be stored after all. */
    private void notEntered(Member member, SessionState login, boolean unsure) {
        if (!unsure) {
            pds.delete(login.service(), login.current().refreshJwt());
        }
        member.held = member.before;
    }

    private void heal(Member member) {
        Outcome.Dying death = member.dying;
        var terms = new HealFlow.Terms(pds.password(), "a7", "", true, Duration.ofMinutes(5), Duration.ofDays(1));
        run(member, held -> HealFlow.of(held, death, terms));
    }

    private SessionState opened(Grant grant) {
        return SessionState.opened(
                KEY,
                pds.home(),
                null,
                grant.profile(),
                new Tokens(1, grant.accessJwt(), secret(grant.refreshJwt()), Instant.ofEpochMilli(now)));
    }

    // ---- flows

    private void run(Member member, Function<Held, Flow> start) {
        Flow flow = start.apply(held(member));
        member.turnsLost = 0;
        member.got.clear();
        member.entering = flow instanceof HealFlow;
        if (flow instanceof OpenFlow open) {
            member.entering = true;
            member.before = member.held;
            member.got.add(row(open.held().state().current().refreshJwt()));
        }
        tell(member, () -> "begins " + Story.of(flow));
        if (flow.turn() == dev.atp4j.session.kernel.Turn.UNNEEDED) {
            start(member, flow, true);
            return;
        }
        member.start = start;
        member.waitingSince = now;
    }

    private void takeTurn(Member member) {
        Function<Held, Flow> start = member.start;
        if (start == null) {
            return;
        }
        Flow flow = start.apply(held(member));
        if (store.down) {
            start(member, flow, false);
            member.blind = true;
            return;
        }
        ModelStore.Lease lease = store.lease(member);
        if (lease != null) {
            start(member, flow, false);
            member.lease = lease;
        } else if (now - member.waitingSince > TIMEOUT + 10 * SECOND) {
            tell(member, () -> "has waited for its turn for long enough");
            if (flow.turn() == dev.atp4j.session.kernel.Turn.WANTED) {
                start(member, flow, false);
                member.impatient = true;
            } else {
                member.start = null;
                ended(member, flow, new Outcome.Later(Duration.ofSeconds(1), "others have the turn"));
            }
        } else {
            Flow meanwhile = flow.meanwhile();
            member.busyUntil = now + 100;
            if (meanwhile != null && choices.below(2) == 1) {
                start(member, meanwhile, true);
            }
        }
    }

    private void start(Member member, Flow flow, boolean meanwhile) {
        member.blind = false;
        member.impatient = false;
        member.meanwhile = meanwhile;
        show(member, twist.flow(member, flow).begin());
    }

    /** Takes note of a step: what it holds is held from now on, though its effect is not done yet. */
    private void show(Member member, Step plain) {
        Step step = twist.step(member, plain);
        laws.shown(member, step);
        member.step = step;
        member.held = step.held();
        if (step.effect() instanceof Effect.Done done) {
            member.step = null;
            boolean aside = member.meanwhile && member.start != null;
            tell(
                    member,
                    () -> "ends " + Story.of(step.flow()) + ": " + Story.of(done.outcome()) + ", holds "
                            + Story.of(step.held()));
            if (aside && !(done.outcome() instanceof Outcome.Current) && !(done.outcome() instanceof Outcome.Over)) {
                member.meanwhile = false;
                return;
            }
            if (member.lease != null) {
                store.giveBack(member.lease);
                member.lease = null;
            }
            if (done.outcome() instanceof Outcome.TurnLost && ++member.turnsLost < MOST_TURNS_LOST && !aside) {
                member.waitingSince = now;
                return;
            }
            member.start = null;
            member.meanwhile = false;
            ended(member, step.flow(), done.outcome());
        }
    }

    /** What the shell does when a flow is over. */
    private void ended(Member member, Flow flow, Outcome outcome) {
        if (flow instanceof OpenFlow open && !(outcome instanceof Outcome.Current)) {
            notEntered(member, open.held().state(), outcome instanceof Outcome.Unsure);
        }
        member.entering = false;
        Held held = held(member);
        member.got.clear();
        member.dying = outcome instanceof Outcome.Dying dying ? dying : null;
        if (!held.saved() && member.saveAt == Long.MAX_VALUE) {
            member.saveAt = now + SaveFlow.RETRY.toMillis();
        }
        if (flow instanceof LogoutFlow logout) {
            if (outcome instanceof Outcome.Later later) {
                member.deletesAt = now + later.pause().toMillis();
            }
            laws.loggedOut(member, logout, outcome);
        } else if (outcome instanceof Outcome.Over
                && !held.state().pendingDeletes().isEmpty()) {
            member.deletesAt = now;
        } else if (flow instanceof RefreshFlow) {
            member.retryAt =
                    outcome instanceof Outcome.Later later ? now + later.pause().toMillis() : 0;
        } else if (flow instanceof HealFlow && !held.state().pendingDeletes().isEmpty()) {
            member.deletesAt = now;
        }
        if (member.dying != null) {
            heal(member);
        }
    }

    private void advance(Member member) {
        Step step = member.step;
        if (step == null) {
            return;
        }
        Effect effect = step.effect();
        Event event = perform(member, step, effect);
        if (event == null) {
            return;
        }
        steps++;
        Event told = twist.event(member, effect, event);
        tell(member, () -> Story.of(effect, this) + " -> " + Story.of(told, this));
        member.busyUntil = Math.max(member.busyUntil, now);
        show(member, step.flow().on(told, member.moment(now, choices.dice())));
    }

    // ---- effects

    private @Nullable Event perform(Member member, Step step, Effect effect) {
        if (effect instanceof Effect.Read || effect instanceof Effect.Write) {
            return access(member, effect);
        } else if (effect instanceof Effect.Refresh refresh) {
            return refresh(member, step, refresh);
        } else if (effect instanceof Effect.Delete delete) {
            return delete(member, step, delete);
        } else if (effect instanceof Effect.Login login) {
            return login(member, login);
        } else if (effect instanceof Effect.Resolve) {
            return new Event.Resolved(residence(held(member).state()));
        }
        long pause = ((Effect.Pause) effect).time().toMillis();
        if (member.busyUntil < now && member.call == null) {
            member.call = new Member.Call(Plan.Wire.ANSWERED);
            member.busyUntil = now + pause;
            return null;
        }
        member.call = null;
        return new Event.Paused();
    }

    private Event access(Member member, Effect effect) {
        Plan.Disk fate = disk();
        if (fate == Plan.Disk.STALLS) {
            member.busyUntil = now + SECOND * (1 + choices.below(60));
        }
        if (fate == Plan.Disk.FAILS) {
            member.blind = true;
            laws.notWritten(member);
            return new Event.StoreFailed("the store is down");
        }
        if (effect instanceof Effect.Write write) {
            SessionState before = store.read();
            boolean won = store.compareAndSet(write.next());
            if (won) {
                laws.wrote(member, before, write.next());
            }
            if (fate == Plan.Disk.FAILS_AFTER_WRITING) {
                member.blind = true;
                laws.notWritten(member);
                return new Event.StoreFailed("the store is down, perhaps after writing");
            }
            return new Event.Wrote(won);
        }
        member.rollBacks = store.rollBacks;
        return new Event.Loaded(store.read());
    }

    private @Nullable Event refresh(Member member, Step step, Effect.Refresh refresh) {
        if (member.call == null) {
            if (member.lease != null && member.lease.lost) {
                return new Event.TurnLost();
            }
            boolean recorded = laws.sent(member, step, refresh);
            member.call = new Member.Call(fate());
            Member.Call call = member.call;
            call.row = pds.row(refresh.refreshJwt());
            call.recorded = recorded;
            tell(member, () -> "sends refresh " + call.row + ", which will be " + call.fate);
            if (call.fate == Plan.Wire.ANSWERED_LATE || call.fate == Plan.Wire.TWICE) {
                call.answer = pds.refresh(refresh.service(), refresh.refreshJwt(), now);
            }
            return null;
        }
        Member.Call call = member.call;
        member.call = null;
        Answer answer = answer(member, call, () -> pds.refresh(refresh.service(), refresh.refreshJwt(), now));
        if (call.fate == Plan.Wire.ARRIVES_LATER || call.fate == Plan.Wire.AGAIN_LATER) {
            late.add(new Late(false, refresh.service(), refresh.refreshJwt()));
        }
        RefreshVerdict verdict = Verdict.ofRefresh(answer, ModelPds.DID);
        if (verdict instanceof RefreshVerdict.Rotated rotated) {
            got(member, rotated.grant());
        }
        laws.answered(member, call, verdict);
        return new Event.Refreshed(verdict, pds.pds().equals(refresh.service()) ? null : pds.pds());
    }

    private @Nullable Event delete(Member member, Step step, Effect.Delete delete) {
        if (member.call == null) {
            laws.sentDelete(member, step, delete);
            member.call = new Member.Call(fate());
            return null;
        }
        Member.Call call = member.call;
        member.call = null;
        if (call.fate == Plan.Wire.ARRIVES_LATER || call.fate == Plan.Wire.AGAIN_LATER) {
            late.add(new Late(true, delete.service(), delete.refreshJwt()));
        }
        return new Event.Deleted(
                Verdict.ofDelete(answer(member, call, () -> pds.delete(delete.service(), delete.refreshJwt()))));
    }

    private @Nullable Event login(Member member, Effect.Login login) {
        URI service = login.service() == null ? pds.home() : login.service();
        if (member.call == null) {
            Duration wait = counted(member, service, true);
            if (!wait.isZero()) {
                return new Event.LoggedIn(new LoginVerdict.RateLimited(wait), service, null, "too many logins");
            }
            laws.sentLogin(member);
            member.call = new Member.Call(fate());
            return null;
        }
        Member.Call call = member.call;
        member.call = null;
        Answer answer = answer(member, call, () -> login(member, service, login.password(), true));
        learned(member, service, call.fate, answer);
        if (!(answer instanceof Answer.Response response)) {
            return new Event.LoggedIn(new LoginVerdict.Other(), service, null, "no answer");
        }
        LoginVerdict verdict = Verdict.ofLogin(response);
        if (verdict instanceof LoginVerdict.Granted granted
                && granted.grant().did().equals(ModelPds.DID)) {
            got(member, granted.grant());
        }
        return new Event.LoggedIn(verdict, service, null, "status " + response.status());
    }

    private Answer.Response login(Member member, URI service, Secret password, boolean automatic) {
        laws.logsIn(member, service, automatic);
        return pds.login(service, password, now);
    }

    /** Counts a login. Returns zero if it may be sent, else when it will work. */
    private Duration counted(Member member, URI service, boolean automatic) {
        member.countedAt = now;
        return count(member, service, (count, at) -> member.tally.attempt(count, plan.budget(), automatic, at))
                .pause();
    }

    /** Learns from an answer how the server counts. */
    private void learned(Member member, URI service, Plan.Wire fate, Answer answer) {
        if (answer instanceof Answer.None none && !none.mayHaveArrived()) {
            count(member, service, (count, at) -> turn(count.notSent(at)));
            return;
        }
        Duration asked = answer instanceof Answer.Response refused ? refused.retryAfter() : null;
        LoginCount.Told told = fate.heard()
                ? pds.told(service, now, asked)
                : asked == null ? null : new LoginCount.Told(null, null, null, asked);
        if (told != null) {
            count(member, service, (count, at) -> turn(member.tally.told(count, told, at)));
        }
        if (!fate.heard()) {
            laws.miscounted();
        }
    }

    private LoginCount.Turn count(Member member, URI service, BiFunction<LoginCount, Instant, LoginCount.Turn> rule) {
        Plan.Disk fate = disk();
        member.countedAlone = fate == Plan.Disk.FAILS || fate == Plan.Disk.FAILS_AFTER_WRITING;
        if (fate == Plan.Disk.FAILS_AFTER_WRITING) {
            member.tally.inStore(service, rule, Instant.ofEpochMilli(now));
        }
        if (!member.countedAlone) {
            return member.tally.inStore(service, rule, Instant.ofEpochMilli(now));
        }
        laws.miscounted();
        return member.tally.here(service, rule, Instant.ofEpochMilli(now + member.machine.skew));
    }

    private static LoginCount.Turn turn(LoginCount next) {
        return new LoginCount.Turn(next, Duration.ZERO);
    }

    private Event.Residence residence(SessionState state) {
        if (fault(fate(), Plan.Wire.ANSWERED) != Plan.Wire.ANSWERED) {
            return Event.Residence.UNKNOWN;
        } else if (pds.deleted()) {
            return Event.Residence.NOWHERE;
        }
        return pds.home().equals(state.service()) ? Event.Residence.HERE : Event.Residence.ELSEWHERE;
    }

    private Plan.Wire fate() {
        return fault(Plan.Wire.ALL.get(pick(plan.wire())), Plan.Wire.ANSWERED);
    }

    private Plan.Disk disk() {
        return store.down ? Plan.Disk.FAILS : fault(Plan.Disk.ALL.get(pick(plan.disk())), Plan.Disk.WORKS);
    }

    private int pick(int[] weights) {
        return calm || faults >= plan.faults() ? 0 : choices.pick(weights);
    }

    private <T extends Enum<T>> T fault(T fate, T none) {
        faults += fate.equals(none) ? 0 : 1;
        return fate;
    }

    /** The server does what it is asked, and nobody hears its answer. */
    private static void arrives(Supplier<Answer.Response> server) {
        var unused = server.get();
    }

    /** What comes back of a request, by its fate; whether the server ever sees it is part of that. */
    private Answer answer(Member member, Member.Call call, Supplier<Answer.Response> server) {
        switch (call.fate) {
            case REFUSED_CONNECTION:
                return REFUSED;
            case LOST, ARRIVES_LATER:
                member.busyUntil = now + TIMEOUT;
                return LOST;
            case ANSWER_LOST:
                arrives(server);
                member.busyUntil = now + TIMEOUT;
                return LOST;
            case BUSY:
                return odd(503, "", false);
            case TOO_MANY:
                return new Answer.Response(429, "RateLimitExceeded", "", null, false, Duration.ofMinutes(2));
            case PORTAL:
                return odd(401, "", true);
            case NOT_AUTHENTICATED:
                return odd(401, "AuthenticationRequired", false);
            case GATEWAY:
                arrives(server);
                return odd(502, "ExpiredToken", true);
            case SWALLOWED:
                arrives(server);
                return odd(200, "", false);
            case ANSWERED_LATE:
                member.learn(now);
                return call.answer != null ? call.answer : server.get();
            default:
                break;
        }
        member.learn(now);
        Answer.Response answer = server.get();
        LexMap json = answer.json();
        if (json == null || json.get("refreshJwt") == null) {
            return answer;
        }
        return switch (call.fate) {
            case ODD_FIELDS -> with(answer, LexMap.builder().put("handle", 7).put("status", "?"), json);
            case NO_REFRESH_TOKEN -> with(answer, null, json.without("refreshJwt"));
            case ANOTHER_ACCOUNT -> with(answer, LexMap.builder().put("did", "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"), json);
            default -> answer;
        };
    }

    private static Answer.Response with(Answer.Response answer, LexMap.@Nullable Builder over, LexMap json) {
        LexMap changed = json;
        if (over != null) {
            for (var field : over.build().fields().entrySet()) {
                changed = changed.with(field.getKey(), field.getValue());
            }
        }
        return new Answer.Response(answer.status(), "", "", changed, false, null);
    }

    private static Answer.Response odd(int status, String error, boolean html) {
        return new Answer.Response(status, error, "", null, html, null);
    }

    // ---- faults

    private void kill(Member member) {
        if (!member.up) {
            return;
        }
        faults++;
        tell(member, () -> "is killed");
        if (member.lease != null) {
            store.giveBack(member.lease);
        }
        laws.killing(member);
        member.forget();
        laws.killed();
    }

    private void takeLease() {
        ModelStore.Lease lease = store.lease;
        if (lease != null) {
            faults++;
            tell(lease.holder, () -> "loses its turn");
            laws.interrupted(lease.holder);
            store.takeLease();
        }
    }

    private void outage() {
        faults++;
        store.down = !store.down;
        tell(null, () -> store.down ? "the store goes down" : "the store is back");
    }

    private void rollBack() {
        if (store.writes() < 2) {
            return;
        }
        faults++;
        laws.rollingBack();
        store.takeLease();
        store.rollBack(1 + choices.below(3));
        tell(null, () -> "the store is rolled back to " + Story.of(store.read()));
        laws.rolledBack();
    }

    private void jump(Member.Machine machine) {
        faults++;
        clocksWereSet = true;
        machine.skew = (choices.below(97) - 48) * HOUR;
        tell(null, () -> "a machine's clock is off by " + Duration.ofMillis(machine.skew));
    }

    private void sleep(Member.Machine machine) {
        faults++;
        long length = HOUR * (1 + choices.below(24));
        machine.asleepUntil = now + length;
        machine.slept += length;
        tell(null, () -> "a machine falls asleep for " + Duration.ofMillis(length));
        for (Member member : members) {
            if (member.machine == machine && member.lease != null && member.lease == store.lease) {
                laws.interrupted(member);
                store.takeLease();
            }
        }
    }

    private void arrive() {
        if (late.isEmpty()) {
            return;
        }
        Late request = late.remove(choices.below(late.size()));
        Answer answer = request.delete()
                ? pds.delete(request.service(), request.token())
                : pds.refresh(request.service(), request.token(), now);
        tell(
                null,
                () -> "a late " + (request.delete() ? "delete " : "refresh ") + row(request.token()) + " arrives -> "
                        + answer);
        laws.arrived(row(request.token()), !request.delete() && ((Answer.Response) answer).status() == 200);
    }

    /** What ends sessions at the server. */
    private void end() {
        if (ends >= plan.ends()) {
            return;
        }
        ends++;
        int what = choices.below(7);
        tell(
                null,
                () -> List.of(
                                "all sessions are revoked",
                                "the password is changed",
                                "the account is taken down",
                                "the account is deleted",
                                "the account is deactivated",
                                "the account moves",
                                "the account moves behind its service")
                        .get(what));
        switch (what) {
            case 0 -> pds.revokeAll();
            case 1 -> pds.changePassword(Secret.of("another password " + ends));
            case 2 -> pds.takeDown(true);
            case 3 -> pds.deleteAccount();
            case 4 -> pds.deactivate(true);
            case 5 -> pds.moveTo(ModelPds.ELSEWHERE);
            default -> pds.moveBehind(ModelPds.ELSEWHERE);
        }
    }

    // ---- the calm

    /** Clears the weather, and gives everybody some minutes. */
    private void clear() {
        while (!late.isEmpty()) {
            arrive();
        }
        calm = true;
        store.down = false;
        tell(null, () -> "the weather clears");
        laws.cleared();
        settle();
        laws.calm();
        if (curable()) {
            pass(2 * DAY);
            settle();
            laws.healed();
        }
    }

    /** Tells whether the session ended, and its own login is all that it needs. */
    private boolean curable() {
        SessionState stored = store.read();
        return plan.healing()
                && stored != null
                && stored.reason() != null
                && stored.reason().curedByLogin()
                && pds.home().equals(stored.service())
                && !pds.deleted()
                && !pds.takenDown();
    }

    private void settle() {
        for (int round = 0; round < CALM_ROUNDS; round++) {
            for (Member member : members) {
                settle(member, round < CALM_ROUNDS - 1);
            }
            now += MINUTE;
        }
    }

    /** Lets a process finish what it is at and what it still has to do, and gets it past its tokens or has it look. */
    private void settle(Member member, boolean refresh) {
        member.machine.asleepUntil = 0;
        finish(member);
        if (member.held != null && !member.held.saved()) {
            save(member);
            finish(member);
        }
        if (member.held == null || !member.held.state().active()) {
            resume(member);
        }
        if (!held(member).state().pendingDeletes().isEmpty()) {
            deletes(member);
            finish(member);
        }
        member.retryAt = 0;
        if (refresh) {
            member.waitedOut = held(member).state().backoff();
            refresh(member, true);
        } else {
            run(member, now -> RefreshFlow.past(now, -1, null));
        }
        finish(member);
    }

    private void finish(Member member) {
        for (int i = 0; member.busy(); i++) {
            laws.check(i < 500, Law.PROGRESS, "a flow does not end");
            if (member.busyUntil > now) {
                now = member.busyUntil;
            }
            if (member.step == null && store.lease != null && store.lease.holder != member) {
                finish(store.lease.holder);
            }
            if (member.busy()) {
                act(member);
            }
        }
    }

    // ---- words

    Held held(Member member) {
        Held held = member.held;
        if (held == null) {
            throw new IllegalStateException(member + " holds nothing");
        }
        return held;
    }

    private void got(Member member, Grant grant) {
        if (grant.refreshJwt() != null) {
            ModelPds.Row row = row(grant.refreshJwt());
            row.received = true;
            member.got.add(row);
        }
    }

    ModelPds.Row row(@Nullable Secret token) {
        ModelPds.Row row = pds.row(secret(token));
        if (row == null) {
            throw new IllegalStateException("no server issued this token");
        }
        return row;
    }

    private static Secret secret(@Nullable Secret token) {
        if (token == null) {
            throw new IllegalStateException("there is no refresh token");
        }
        return token;
    }

    private static Grant grant(Answer.Response answer) {
        LexMap json = answer.json();
        return Grant.read(json == null ? LexMap.empty() : json).orElseThrow();
    }

    /** Tells whether everybody's clock is right, and always was. */
    boolean clocksAgree() {
        for (Member member : members) {
            if (clocksWereSet || !member.clockIsRight(now)) {
                return false;
            }
        }
        return true;
    }

    void tell(@Nullable Member member, Supplier<String> line) {
        if (story != null) {
            story.line(now - START, member, line.get());
        }
    }
}
