// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.session.SessionHealth;
import dev.atp4j.session.store.SessionKey;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code atp accounts}. */
@Command(name = "accounts", description = "List the stored sessions, of whatever state, and ask nobody.")
final class AccountsCommand extends SessionCommand {

    AccountsCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Workplace workplace, Output output) {
        List<LexMap> accounts;
        try (Stream<SessionHealth> stored = workplace.sessions().health()) {
            accounts = stored.sorted(Comparator.comparing(health -> health.key().toString()))
                    .map(this::account)
                    .toList();
        }
        accounts.forEach(account -> output.line(line(account)));
        if (accounts.isEmpty()) {
            output.line("nobody is logged in");
        }
        output.json(() -> LexMap.builder()
                .put("accounts", new LexList(List.<LexValue>copyOf(accounts)))
                .build());
        return ExitCode.OK;
    }

    private LexMap account(SessionHealth health) {
        SessionKey key = health.key();
        var account = LexMap.builder()
                .put("did", key.did().value())
                .put("slot", key.slot().equals(SessionKey.DEFAULT_SLOT) ? null : key.slot());
        if (health.state() == SessionHealth.State.UNREADABLE) {
            return account.put("state", word(health.state()))
                    .put("why", health.why())
                    .build();
        }
        account.put("handle", health.handle().orElse(null))
                .put("service", health.service().map(URI::toString).orElse(null))
                .put("state", word(health.state()))
                .put("reason", health.reason().map(AccountsCommand::word).orElse(null));
        age(health).ifPresent(age -> account.put("tokenAgeSeconds", age.toSeconds()));
        return account.put("pendingLogouts", health.pendingDeletes()).build();
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    private Optional<Duration> age(SessionHealth health) {
        return health.refreshedAt()
                .map(refreshed ->
                        Duration.between(refreshed, surroundings().time().now()))
                .filter(age -> !age.isNegative());
    }

    private static String line(LexMap account) {
        String did = account.getString("did").orElseThrow();
        var line = new StringBuilder(account.getString("handle")
                .map(handle -> handle + " (" + did + ")")
                .orElse(did));
        account.getString("slot").ifPresent(slot -> line.append(" in slot ").append(slot));
        account.getString("service").ifPresent(service -> line.append(" at ").append(service));
        line.append(": ").append(account.getString("state").orElseThrow().replace('_', ' '));
        account.getString("reason")
                .filter(reason -> !account.getString("state").equals(Optional.of(reason)))
                .ifPresent(reason -> line.append(", ").append(reason.replace('_', ' ')));
        account.getString("why").ifPresent(why -> line.append(", ").append(why));
        account.getLong("tokenAgeSeconds")
                .ifPresent(age -> line.append(", tokens ").append(age / 60).append(" min old"));
        account.getLong("pendingLogouts")
                .filter(pending -> pending > 0)
                .ifPresent(pending -> line.append(", ").append(pending).append(" tokens to be deleted at the server"));
        return line.toString();
    }
}
