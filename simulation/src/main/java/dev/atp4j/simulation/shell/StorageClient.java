// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.session.store.StoredNote;
import dev.atp4j.session.store.TimedLeases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One machine's way to the {@link Storage}: each use takes time, may fail before or after it was done, and may be its last. */
final class StorageClient implements SessionStore {

    private static final Duration QUICK = Duration.ofMillis(1);
    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final Duration STALLED = Duration.ofSeconds(20);

    private final ShellWorld world;
    private final Machine machine;
    private final Storage storage;
    private final TimedLeases leases;

    StorageClient(ShellWorld world, Machine machine) {
        this.world = world;
        this.machine = machine;
        this.storage = world.storage;
        this.leases = new TimedLeases(machine, machine, machine);
    }

    /** Does something at the server, in the weather of the moment. */
    private <T> T use(String what, Supplier<T> effect) {
        Scheduler.alive();
        world.mayDie(machine);
        Weather.StoreFate fate = world.weather.use();
        world.scheduler.sleep(time(fate), what);
        if (fate == Weather.StoreFate.DOWN_BEFORE) {
            throw failure(what + " failed before it was done");
        }
        T done = effect.get();
        if (fate == Weather.StoreFate.DOWN_AFTER) {
            throw failure(what + " failed after it was done");
        }
        world.mayDie(machine);
        return done;
    }

    private static Duration time(Weather.StoreFate fate) {
        return switch (fate) {
            case SLOW -> SLOW;
            case STALLED -> STALLED;
            default -> QUICK;
        };
    }

    private StoreException failure(String what) {
        machine.storeTroubles++;
        Scheduler.here().storeFailed = true;
        world.tell(machine + " " + what);
        return new StoreException(StoreException.Kind.UNAVAILABLE, "the simulated store is down", null);
    }

    @Override
    public Optional<SessionRecord> read(SessionKey key) {
        return use("read", () -> Optional.ofNullable(storage.read(key)));
    }

    @Override
    public boolean compareAndSet(SessionKey key, long expectedVersion, SessionRecord next) {
        next.requireSuccessor(key, expectedVersion);
        machine.tries(next);
        return use("write", () -> {
            if (world.sabotage == ShellReport.Sabotage.WRITES_FORGOTTEN && world.choices.below(4) == 3) {
                return true;
            }
            boolean won =
                    storage.version(key) == expectedVersion || world.sabotage == ShellReport.Sabotage.WRITES_UNCHECKED;
            if (won) {
                world.laws.writes(machine, storage.read(key), next);
                storage.records.put(key, next);
                changed(key, next.version());
            }
            world.tell(machine + " writes version " + next.version() + (won ? "" : ", too late"));
            return won;
        });
    }

    @Override
    public boolean compareAndDelete(SessionKey key, long expectedVersion) {
        return use("removal", () -> {
            boolean won = expectedVersion > 0 && storage.version(key) == expectedVersion;
            if (won) {
                storage.records.remove(key);
                changed(key, 0);
            }
            return won;
        });
    }

    private void changed(SessionKey key, long version) {
        for (Storage.Watching watching : List.copyOf(storage.watches)) {
            world.tellWatcher(watching, key, version);
        }
    }

    @Override
    public Optional<Lease> lease(SessionKey key, Duration wait) {
        Scheduler.here().turn = Strand.Turn.FAILED;
        Optional<Lease> lease = leases.take(key, wait, () -> use("lease", () -> take(key)));
        Scheduler.here().turn = lease.isPresent() ? Strand.Turn.GIVEN : Strand.Turn.DENIED;
        return lease.map(given -> new Checked(key, given));
    }

    private Optional<TimedLeases.Turn> take(SessionKey key) {
        if (storage.turn(key, world.scheduler.now()) != null && world.sabotage != ShellReport.Sabotage.TURNS_FOR_ALL) {
            return Optional.empty();
        }
        var row = new Storage.Row(Scheduler.here(), world.scheduler.now() + TimedLeases.TIME_TO_LIVE.toNanos());
        storage.turns.put(key, row);
        return Optional.of(new Turn(key, row));
    }

    /** A turn as the server knows it. */
    private final class Turn implements TimedLeases.Turn {

        private final SessionKey key;
        private final Storage.Row row;

        Turn(SessionKey key, Storage.Row row) {
            this.key = key;
            this.row = row;
        }

        @Override
        public boolean renew() {
            return use("renewal", () -> {
                long now = world.scheduler.now();
                boolean mine = storage.turn(key, now) == row;
                if (mine) {
                    row.until = now + TimedLeases.TIME_TO_LIVE.toNanos();
                }
                return mine;
            });
        }

        @Override
        public void end() {
            use("end of a turn", () -> storage.turns.remove(key, row));
        }
    }

    /** A lease whose last check is remembered. */
    private record Checked(SessionKey key, Lease lease) implements Lease {

        @Override
        public boolean held() {
            boolean held = lease.held();
            Strand me = Scheduler.here();
            me.checked = me.machine.scheduler().now();
            return held;
        }

        @Override
        public void close() {
            lease.close();
        }
    }

    @Override
    public Stream<SessionKey> keys() {
        return use("list", () -> List.copyOf(storage.records.keySet())).stream();
    }

    @Override
    public Optional<StoredNote> note(String name) {
        return use("read of a note", () -> Optional.ofNullable(storage.notes.get(name)));
    }

    @Override
    public boolean compareAndSetNote(long expectedVersion, StoredNote next) {
        next.requireSuccessor(expectedVersion);
        return use("write of a note", () -> {
            StoredNote current = storage.notes.get(next.name());
            boolean won = (current == null ? 0 : current.version()) == expectedVersion;
            if (won) {
                storage.notes.put(next.name(), next);
            }
            return won;
        });
    }

    @Override
    public Instant now() {
        return use("time", () -> Machine.START.plusNanos(world.scheduler.now()));
    }

    @Override
    public Watch watch(Watcher watcher) {
        return use("watch", () -> {
            var watching = new Storage.Watching(machine, watcher);
            storage.watches.add(watching);
            return () -> storage.watches.remove(watching);
        });
    }

    @Override
    public void close() {
        leases.close();
    }
}
