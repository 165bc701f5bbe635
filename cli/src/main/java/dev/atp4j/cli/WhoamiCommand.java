// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import dev.atp4j.session.store.SessionKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code atp whoami}. */
@Command(name = "whoami", description = "Show whose session is stored, after asking its server whether it is alive.")
final class WhoamiCommand extends SessionCommand {

    @Mixin
    private final AccountOption account = new AccountOption();

    @Option(names = "--offline", description = "Show what is stored, and ask nobody.")
    private boolean offline;

    WhoamiCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Workplace workplace, Output output) {
        SessionKey key = account.choose(workplace.sessions());
        PasswordSession session = workplace.sessions().resume(key, offline ? Resume.LAZY : Resume.CHECKED);
        SessionReport.lines(session, output);
        output.json(() -> SessionReport.json(session).build());
        return ExitCode.OK;
    }
}
