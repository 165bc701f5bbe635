// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import dev.atp4j.conformance.Account;
import dev.atp4j.conformance.Wire;
import dev.atp4j.conformance.World;
import dev.atp4j.data.LexMap;
import dev.atp4j.pds.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Where one scenario is tried with one client: an account, a folder where sessions are saved, and the server's faults. */
final class Stage implements AutoCloseable {

    static final String LOGIN = "com.atproto.server.createSession";
    static final String REFRESH = "com.atproto.server.refreshSession";
    static final String LOGOUT = "com.atproto.server.deleteSession";

    /** How often a program tries a call before it gives up, and how long it waits in between. */
    private static final int TRIES = 3;

    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(10);

    private final World world;
    private final Drivers drivers;
    private final Path folder;
    private final Account account;
    private final List<Program> programs = new ArrayList<>();

    Stage(World world, Drivers drivers) throws IOException {
        this.world = world;
        this.drivers = drivers;
        this.folder = Files.createTempDirectory("compare");
        this.account = createAccount();
    }

    /** An account without a session. */
    Account createAccount() {
        Account created = world.createAccount();
        wire().logOut(created.born().refresh());
        return created;
    }

    Account account() {
        return account;
    }

    World world() {
        return world;
    }

    Wire wire() {
        return world.wire();
    }

    // ---- programs

    Program start() {
        return start(Duration.ZERO);
    }

    /** Starts a program on a machine whose clock is wrong. */
    Program start(Duration skew) {
        return start(settings(skew));
    }

    Program start(LexMap.Builder settings) {
        // A process that served another scenario may have come to its end only now.
        Program program = Program.start(drivers.take(), settings)
                .or(() -> Program.start(drivers.fresh(), settings))
                .orElseThrow();
        programs.add(program);
        return program;
    }

    LexMap.Builder settings(Duration skew) {
        return Program.settings(world.service(), world.plc(), sessions(), world.passed(), skew);
    }

    /** Starts a program that is logged in. */
    Program loggedIn() {
        return loggedIn(start());
    }

    Program loggedIn(Program program) {
        return loggedIn(program, account.password());
    }

    Program loggedIn(Program program, String password) {
        Reply login = program.logIn(account.handle(), password);
        if (!login.done()) {
            throw new IllegalStateException("a login failed: " + login.story());
        }
        return program;
    }

    /** Starts another program that goes on with what is saved, whether it can or not. */
    Program another() {
        return another(Duration.ZERO);
    }

    Program another(Duration skew) {
        Program program = start(skew);
        program.resume(account.did());
        return program;
    }

    void kill(Program program) {
        program.kill();
        programs.remove(program);
    }

    // ---- time

    void minutes(int minutes) {
        pass(Duration.ofMinutes(minutes));
    }

    void hours(int hours) {
        pass(Duration.ofHours(hours));
    }

    private void pass(Duration time) {
        world.advanceServer(time);
        programs.forEach(program -> program.passTo(world.passed()));
    }

    /** Tokens run out without a client's noticing. */
    void tokensRunOut() {
        world.advanceServer(Duration.ofHours(3));
    }

    // ---- the server

    void fault(Fault fault) {
        world.fault(fault);
    }

    void noFaults() {
        world.noFaults();
    }

    int refreshes() {
        return world.calls(REFRESH);
    }

    int liveTokens() {
        return world.liveTokens(account);
    }

    // ---- judgements

    /** Calls until it is served, with patience. */
    Finding servedInTime(Program program) {
        Reply reply = program.call();
        for (int tries = 1; !reply.served() && tries < TRIES; tries++) {
            minutes((int) BETWEEN_TRIES.toMinutes());
            reply = program.call();
        }
        return reply.served() ? Finding.HOLDS : Finding.not(lost(program, reply));
    }

    private static String lost(Program program, Reply last) {
        return last.ending() == Reply.Ending.ANSWERED && !program.alive() ? "session lost" : last.words();
    }

    /** The session is alive, and stays so over hours. */
    Finding lives(Program program) {
        Finding now = servedInTime(program);
        for (int more = 0; now.holds() && more < 2; more++) {
            hours(3);
            now = servedInTime(program);
        }
        return now;
    }

    /** What is saved is enough for a new program. */
    Finding savedLives() {
        Finding finding = lives(another());
        return finding.holds() ? finding : Finding.not("what is saved is of no use");
    }

    /** Waits for what comes about in the background, for a moment. */
    static boolean settles(BooleanSupplier condition) {
        for (int look = 0; look < 60; look++) {
            if (condition.getAsBoolean()) {
                return true;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return false;
    }

    // ---- what is saved

    /** Removes what is saved, behind the programs' backs. */
    void removeSaved() throws IOException {
        remove(sessions());
    }

    /** Copies what is saved to where {@link #restoreSaved} finds it. */
    void backUpSaved() throws IOException {
        copy(sessions(), folder.resolve("backup"));
    }

    /** Puts a copy back, over what was saved since, as people do who restore a disk. */
    void restoreSaved() throws IOException {
        copy(folder.resolve("backup"), sessions());
    }

    private Path sessions() {
        return folder.resolve("sessions");
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path each : below(from)) {
            Path target = to.resolve(from.relativize(each).toString());
            if (Files.isDirectory(each)) {
                Files.createDirectories(target);
                Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(each));
            } else {
                Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void remove(Path top) throws IOException {
        List<Path> all = new ArrayList<>(below(top));
        Collections.reverse(all);
        for (Path each : all) {
            if (!each.equals(top)) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static List<Path> below(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            return all.toList();
        }
    }

    @Override
    public void close() {
        drivers.giveBack();
        // A program's background work may still be writing.
        settles(() -> {
            try {
                remove(folder);
                return Files.deleteIfExists(folder);
            } catch (IOException | UncheckedIOException e) {
                return false;
            }
        });
    }
}
