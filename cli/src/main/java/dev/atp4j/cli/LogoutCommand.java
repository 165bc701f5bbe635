// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.data.LexMap;
import dev.atp4j.session.LogoutUnconfirmedException;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import dev.atp4j.session.SessionOverException;
import dev.atp4j.session.store.SessionKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code atp logout}. */
@Command(
        name = "logout",
        description = {
            "End a session, here and at its server, together with all its older tokens.",
            "Ending it again is harmless, and asks the server again if it did not confirm."
        })
final class LogoutCommand extends SessionCommand {

    @Mixin
    private final AccountOption account = new AccountOption();

    LogoutCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Workplace workplace, Output output) {
        SessionKey key = account.choose(workplace.sessions());
        PasswordSession session;
        try {
            session = workplace.sessions().resume(key, Resume.LAZY);
        } catch (SessionOverException e) {
            return overAlready(key, workplace, output);
        }
        try {
            session.logout();
        } catch (LogoutUnconfirmedException e) {
            throw unconfirmed(key, String.valueOf(e.getMessage()));
        }
        output.line("logged out: " + SessionReport.name(session));
        output.json(() -> SessionReport.json(session).put("loggedOut", true).build());
        return ExitCode.OK;
    }

    private static int overAlready(SessionKey key, Workplace workplace, Output output) {
        // The attempt to resume has made the server be asked again for what it has not confirmed yet.
        workplace.settle();
        if (workplace.sessions().retryPendingLogouts().contains(key)) {
            throw unconfirmed(
                    key,
                    "the session of " + key.did() + " is over here, but its server still has not confirmed the logout");
        }
        output.line("logged out already: " + key.did());
        output.json(() -> LexMap.builder()
                .put("did", key.did().value())
                .put("loggedOut", true)
                .build());
        return ExitCode.OK;
    }

    private static Failure unconfirmed(SessionKey key, String message) {
        return Failure.tryLater("LogoutUnconfirmed", message, "to ask now: atp logout --account " + key.did());
    }
}
