// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code atp refresh}. */
@Command(name = "refresh", description = "Get new tokens now. Nothing needs this: sessions refresh by themselves.")
final class RefreshCommand extends SessionCommand {

    @Mixin
    private final AccountOption account = new AccountOption();

    RefreshCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Workplace workplace, Output output) {
        PasswordSession session = workplace.sessions().resume(account.choose(workplace.sessions()), Resume.LAZY);
        try {
            session.refresh();
        } catch (IllegalStateException e) {
            throw Failure.failed(
                    "NotRefreshable", String.valueOf(e.getMessage()), "its access token is good until it runs out");
        }
        SessionReport.lines(session, output);
        output.json(() -> SessionReport.json(session).build());
        return ExitCode.OK;
    }
}
