// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import dev.atp4j.AtpException;
import dev.atp4j.session.Login;
import dev.atp4j.session.LoginBudget;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import dev.atp4j.session.SessionOverException;
import dev.atp4j.session.Sessions;
import dev.atp4j.simulation.ModelPds;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A program that uses the library: it has one {@link Sessions} on a machine of its own, until somebody kills it. */
final class Program {

    final Machine machine;
    private final ShellWorld world;
    private final Sessions sessions;

    @Nullable
    PasswordSession session;

    Program(ShellWorld world, Machine machine) {
        this.world = world;
        this.machine = machine;
        Sessions.Builder builder = Sessions.builder()
                .transport(new Wire(world, machine))
                .store(new StorageClient(world, machine))
                .identity(new Directory(world))
                .time(machine)
                .executor(machine)
                .random(machine)
                .timeout(ShellWorld.TIMEOUT)
                .loginBudget(LoginBudget.standard())
                .listener(new Ear(world, machine, world.theme.nastyListeners()));
        if (world.theme.healing()) {
            builder.credentials(account -> Optional.of(world.pds.password()));
        }
        this.sessions = builder.build();
    }

    Caller caller(PasswordSession used) {
        return new Caller(world, machine, used);
    }

    /** Logs in. */
    void login() {
        try {
            session = sessions.login(Login.as(ModelPds.DID.value(), world.pds.password())
                    .service(world.pds.home())
                    .build());
            world.tell(machine + " has logged in");
        } catch (AtpException e) {
            world.tell(machine + " could not log in: " + e.getMessage());
        }
    }

    /** Resumes what is stored. */
    void resume(Resume how) {
        try {
            session = sessions.resume(ShellWorld.KEY, how);
        } catch (SessionOverException e) {
            world.tell(machine + " can't resume, the session is over: " + e.reason());
        } catch (AtpException e) {
            world.tell(machine + " can't resume: " + e.getMessage());
        }
    }

    /** Uses the account as programs with many accounts do. */
    void account() {
        try {
            session = sessions.account(ShellWorld.KEY);
        } catch (AtpException e) {
            world.tell(machine + " can't load the account: " + e.getMessage());
        }
    }

    /** Lets go of the session. */
    void close() {
        PasswordSession open = session;
        session = null;
        if (open != null) {
            long begun = machine.nanos();
            open.close();
            world.tell(machine + " has closed its session after " + Duration.ofNanos(machine.nanos() - begun));
        }
    }

    /** Asks servers at once to forget what is to be forgotten. */
    void retryPendingLogouts() {
        try {
            sessions.retryPendingLogouts();
        } catch (AtpException e) {
            world.tell(machine + " can't look for logouts: " + e.getMessage());
        }
    }

    /** Ends in good order. */
    void quit() {
        close();
        sessions.close();
    }
}
