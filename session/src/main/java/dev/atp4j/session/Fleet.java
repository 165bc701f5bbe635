// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.kernel.Chore;
import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.Outcome;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.StateJson;
import dev.atp4j.session.store.ClaimingStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.time.Time;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sessions of a store fresh, however many they are, together with all fleets on the same store: in this process, in
 * others, on other machines. None of them leads. Each claims some of the sessions that are due, refreshes them (or finishes
 * their logout) by the same rules as everybody, and claims again.
 *
 * <pre>{@code
 * try (Sessions sessions = Sessions.builder().store(store).build();
 *         Fleet fleet = sessions.fleet().atOnce(64).start()) {
 *     ... // as long as this program is to work
 * }
 * }</pre>
 *
 * <p>Programs that make calls resume sessions as always, and find fresh tokens in the store. A fleet that dies is replaced by
 * the others; what it had claimed is due again after the {@linkplain Builder#hold hold}. A service that is down, or asks for
 * it, is spared: all of its accounts wait, those of other services go on.
 *
 * <p>A fleet takes no thread while there is nothing to do, and keeps no JVM alive. Thread-safe.
 */
public final class Fleet implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Fleet.class.getName());

    /** How long to wait for room for a whole batch before a smaller one is claimed. */
    private static final Duration FOR_A_WHOLE_BATCH = Duration.ofMillis(50);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** How long {@link #close} waits for what is begun, beyond the time that one refresh may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private enum Count {
        CLAIMED,
        REFRESHED,
        ADOPTED,
        ENDED,
        OVER,
        FAILED,
        POSTPONED
    }

    private final Settings settings;
    private final ClaimingStore store;
    private final int atOnce;
    private final int batch;
    private final Duration pause;
    private final Duration hold;
    private final long started;
    private final ConcurrentHashMap<Count, LongAdder> counts = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<URI, FleetService> services = new ConcurrentHashMap<>();

    /** Sessions whose result is not stored yet, or not told. */
    private final Set<PasswordSession> unsettled = ConcurrentHashMap.newKeySet();

    /** Guards the fields below; nothing is called under it that could block. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Sessions that are being worked on. */
    private final Set<SessionKey> working = new HashSet<>();

    private boolean closed;

    /** Whether the next claim waits for room. If not, a claim is under way or its time is set. */
    private boolean waiting;

    private Time.@Nullable Timer timer;
    private final CompletableFuture<Boolean> idle = new CompletableFuture<>();

    /** Claims that failed in a row. */
    private final AtomicInteger storeTroubles = new AtomicInteger();

    private Fleet(Settings settings, ClaimingStore store, Builder builder) {
        this.settings = settings.withoutTimers();
        this.store = store;
        this.atOnce = builder.atOnce;
        this.batch = Math.min(builder.batch, builder.atOnce);
        this.pause = builder.pause;
        this.hold = builder.hold;
        this.started = settings.time().nanos();
    }

    /**
     * Returns what was done so far. Cheap.
     *
     * @return the numbers
     */
    public FleetStats stats() {
        int now;
        lock.lock();
        try {
            now = working.size();
        } finally {
            lock.unlock();
        }
        return new FleetStats(
                Duration.ofNanos(settings.time().nanos() - started),
                count(Count.CLAIMED),
                count(Count.REFRESHED),
                count(Count.ADOPTED),
                count(Count.ENDED),
                count(Count.OVER),
                count(Count.FAILED),
                count(Count.POSTPONED),
                now);
    }

    private long count(Count what) {
        return counter(what).sum();
    }

    private LongAdder counter(Count what) {
        return counts.computeIfAbsent(what, count -> new LongAdder());
    }

    /**
     * Claims nothing more, and waits for what is begun, though no longer than a refresh may take. What is not finished then is
     * finished in the background, or by others.
     */
    @Override
    public void close() {
        Deadline deadline = Deadline.in(settings.refreshTimeout().plus(PATIENCE), settings.time());
        lock.lock();
        try {
            closed = true;
            waiting = false;
            cancelTimer();
            if (working.isEmpty()) {
                idle.complete(true);
            }
        } finally {
            lock.unlock();
        }
        try {
            if (!Boolean.TRUE.equals(deadline.await(idle))) {
                LOG.log(System.Logger.Level.WARNING, "a fleet was closed while sessions were being worked on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (PasswordSession session : unsettled) {
            if (deadline.left().isNegative() || Thread.currentThread().isInterrupted()) {
                return;
            }
            session.close();
        }
    }

    // ---- claims: one after the other, each in a task of its own

    /** Has the next batch claimed as soon as there is room for it. */
    private void next() {
        int room;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            room = room();
            if (room < batch) {
                waiting = true;
                timer = settings.time().after(FOR_A_WHOLE_BATCH, this::takeWhatRoomThereIs);
                return;
            }
        } finally {
            lock.unlock();
        }
        claimAside(room);
    }

    /** One session is done: there is room for one more. */
    private void done(SessionKey key) {
        int room;
        lock.lock();
        try {
            working.remove(key);
            if (closed && working.isEmpty()) {
                idle.complete(true);
            }
            room = room();
            if (!waiting || room < batch) {
                return;
            }
            waiting = false;
            cancelTimer();
        } finally {
            lock.unlock();
        }
        claimAside(room);
    }

    /** Slow services must not keep the others' accounts waiting: a part of a batch is better than none. */
    private void takeWhatRoomThereIs() {
        int room;
        lock.lock();
        try {
            room = room();
            if (!waiting) {
                return;
            }
            if (room == 0) {
                timer = settings.time().after(FOR_A_WHOLE_BATCH, this::takeWhatRoomThereIs);
                return;
            }
            waiting = false;
        } finally {
            lock.unlock();
        }
        claimAside(room);
    }

    private int room() {
        return Math.min(batch, atOnce - working.size());
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void claimAside(int room) {
        settings.executor().execute(() -> claim(room));
    }

    private void claim(int room) {
        Set<SessionKey> busy = busy();
        List<SessionRecord> claimed;
        try {
            claimed = store.claimDue(room, hold);
            storeTroubles.set(0);
        } catch (RuntimeException | Error e) {
            // What a store of somebody else's throws may hold anything; its own exceptions are free of secrets.
            String why =
                    e instanceof StoreException ? e.getMessage() : e.getClass().getName();
            LOG.log(System.Logger.Level.WARNING, "a fleet could not claim sessions and tries again: {0}", why);
            storeTroubles.incrementAndGet();
            sleep();
            return;
        }
        unsettled.removeIf(PasswordSession::settled);
        List<Work> admitted = new ArrayList<>();
        for (SessionRecord record : claimed) {
            if (busy.contains(record.key())) {
                continue;
            }
            counter(Count.CLAIMED).increment();
            Work work = work(record);
            if (work != null) {
                admitted.add(work);
            }
        }
        lock.lock();
        try {
            if (closed) {
                return; // what was claimed is due again soon
            }
            admitted.forEach(work -> working.add(work.state().key()));
        } finally {
            lock.unlock();
        }
        for (Work work : admitted) {
            settings.executor().execute(() -> perform(work));
        }
        // One that cannot be read is left out, so that fewer than there was room for may not be all.
        if (claimed.isEmpty()) {
            sleep();
        } else {
            next();
        }
    }

    /**
     * Returns what is being worked on here. A session that is tried again is due while that goes on; whoever works on it writes
     * down when it is due next.
     */
    private Set<SessionKey> busy() {
        lock.lock();
        try {
            return Set.copyOf(working);
        } finally {
            lock.unlock();
        }
    }

    /** Claims again after a pause, of which chance takes up to a half, so that fleets don't come all at once. */
    private void sleep() {
        Duration full = pause.multipliedBy(1L << Math.min(storeTroubles.get(), 10));
        if (full.compareTo(LONGEST_PAUSE) > 0) {
            full = pause.compareTo(LONGEST_PAUSE) > 0 ? pause : LONGEST_PAUSE;
        }
        Duration time =
                full.minusNanos((long) (full.toNanos() * settings.random().nextDouble() / 2));
        lock.lock();
        try {
            if (!closed) {
                timer = settings.time().after(time, this::next);
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- work on one session

    /** One session's work. */
    private record Work(SessionState state, Chore chore, FleetService service) {}

    /** Looks at a record that was claimed, and returns what is to be done now, or null. */
    private @Nullable Work work(SessionRecord record) {
        SessionState state;
        try {
            state = StateJson.read(record);
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.WARNING, "a fleet passed over a stored session: {0}", e.getMessage());
            counter(Count.FAILED).increment();
            return null;
        }
        Chore chore = record.due().map(state::chore).orElse(Chore.NONE);
        if (chore == Chore.NONE) {
            return null;
        }
        FleetService service = services.computeIfAbsent(state.service(), origin -> new FleetService(settings));
        if (!service.admit()) {
            // The claim runs out by itself, and then the session is due again.
            counter(Count.POSTPONED).increment();
            return null;
        }
        return new Work(state, chore, service);
    }

    private void perform(Work work) {
        FlowRunner.@Nullable Finish finish = null;
        try {
            var session = new PasswordSession(settings, work.service().clock(), Held.inStore(work.state()));
            finish = perform(work, session.keeper());
            counter(result(work.chore(), finish)).increment();
            if (!session.settled()) {
                unsettled.add(session);
            }
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "a fleet failed unexpectedly at a session; it is due again later", e);
            counter(Count.FAILED).increment();
        } finally {
            boolean answered = finish != null
                    && !(finish.outcome() instanceof Outcome.Later)
                    && (finish.asked() || work.chore() == Chore.DELETES);
            work.service().heard(answered, finish == null ? null : finish.problem());
            done(work.state().key());
        }
    }

    private static FlowRunner.Finish perform(Work work, Keeper keeper) {
        if (work.chore() == Chore.DELETES) {
            return keeper.finishDeletesOnce();
        }
        // It was due by the store's clock, so a pause that the record asks for is over, whatever this machine's clock
        // shows.
        keeper.waitedOut();
        return keeper.refreshOnce(work.state().generation());
    }

    private static Count result(Chore chore, FlowRunner.Finish finish) {
        if (finish.outcome() instanceof Outcome.Later) {
            return Count.FAILED;
        } else if (chore == Chore.DELETES) {
            return Count.ENDED;
        } else if (!finish.asked()) {
            return Count.ADOPTED;
        }
        return finish.outcome() instanceof Outcome.Current ? Count.REFRESHED : Count.OVER;
    }

    /** Builds a {@link Fleet}. Confined to one thread. */
    public static final class Builder {

        private final Settings settings;
        private final ClaimingStore store;
        private int atOnce = 32;
        private int batch = 16;
        private Duration pause = Duration.ofSeconds(1);
        private Duration hold = Duration.ofMinutes(2);

        Builder(Settings settings, ClaimingStore store) {
            this.settings = settings;
            this.store = store;
        }

        /**
         * Sets how many sessions are worked on at once, each in a task on the executor of the {@link Sessions}. 32 by default.
         *
         * @param sessions at least 1
         * @return this builder
         */
        public Builder atOnce(int sessions) {
            this.atOnce = atLeastOne(sessions);
            return this;
        }

        /**
         * Sets how many sessions are claimed in one go, as far as there is room for them. 16 by default.
         *
         * @param sessions at least 1; more than are worked on at once are never claimed
         * @return this builder
         */
        public Builder batch(int sessions) {
            this.batch = atLeastOne(sessions);
            return this;
        }

        /**
         * Sets how long to wait when nothing more is due, before the store is asked again. Chance takes up to a half of it off.
         * One second by default. While the store fails, it is doubled again and again, up to a minute.
         *
         * @param pause a positive time
         * @return this builder
         */
        public Builder pause(Duration pause) {
            this.pause = positive(pause);
            return this;
        }

        /**
         * Sets how long sessions stay claimed. What a fleet that dies had claimed is due again after it, and so are the sessions
         * of a service that is being spared. If it is shorter than a refresh may take, others look at a session meanwhile; they
         * take their turn as always, so that this costs time and nothing else. Two minutes by default.
         *
         * @param hold a positive time
         * @return this builder
         */
        public Builder hold(Duration hold) {
            this.hold = positive(hold);
            return this;
        }

        private static int atLeastOne(int sessions) {
            if (sessions < 1) {
                throw new IllegalArgumentException("a fleet works on one session at least: " + sessions);
            }
            return sessions;
        }

        private static Duration positive(Duration time) {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("a time must be positive: " + time);
            }
            return time;
        }

        /**
         * Starts the fleet.
         *
         * @return a fleet at work, to be closed by the caller, before the {@link Sessions} that it came from
         */
        public Fleet start() {
            var fleet = new Fleet(settings, store, this);
            fleet.next();
            return fleet;
        }
    }
}
