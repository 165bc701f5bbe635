// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code atp accounts}. */
@Command(name = "accounts", description = "List the stored sessions, of whatever state, and ask nobody.")
final class AccountsCommand extends SessionCommand {

    AccountsCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Workplace workplace, Output output) {
        List<SessionKey> keys = new ArrayList<>(workplace.sessions().stored());
        keys.sort(Comparator.comparing(SessionKey::toString));
        List<LexMap> accounts =
                keys.stream().flatMap(key -> account(key, workplace).stream()).toList();
        accounts.forEach(account -> output.line(line(account)));
        if (accounts.isEmpty()) {
            output.line("nobody is logged in");
        }
        output.json(() -> LexMap.builder()
                .put("accounts", new LexList(List.<LexValue>copyOf(accounts)))
                .build());
        return ExitCode.OK;
    }

    /** Returns what is stored of a session, without its secrets; empty if it has just gone. */
    private Optional<LexMap> account(SessionKey key, Workplace workplace) {
        var account = LexMap.builder()
                .put("did", key.did().value())
                .put("slot", key.slot().equals(SessionKey.DEFAULT_SLOT) ? null : key.slot());
        Optional<SessionRecord> stored;
        try {
            stored = workplace.store().read(key);
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.UNREADABLE) {
                throw e;
            }
            return Optional.of(account.put("state", "unreadable").build());
        }
        return stored.map(SessionRecord::content).map(content -> {
            account.put(
                            "handle",
                            content.getMap("profile")
                                    .flatMap(profile -> profile.getString("handle"))
                                    .orElse(null))
                    .put("service", content.getString("service").orElse(null))
                    .put(
                            "state",
                            content.getString("state")
                                    .map(AccountsCommand::word)
                                    .orElse("unreadable"))
                    .put(
                            "reason",
                            content.getString("reason")
                                    .map(AccountsCommand::word)
                                    .orElse(null));
            age(content).ifPresent(age -> account.put("tokenAgeSeconds", age.toSeconds()));
            return account.put(
                            "pendingLogouts",
                            content.getList("pendingDeletes").map(LexList::size).orElse(0))
                    .build();
        });
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private Optional<Duration> age(LexMap content) {
        try {
            return content.getMap("tokens")
                    .flatMap(tokens -> tokens.getString("receivedAt"))
                    .map(Instant::parse)
                    .map(received ->
                            Duration.between(received, surroundings().time().now()))
                    .filter(age -> !age.isNegative());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
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
        account.getLong("tokenAgeSeconds")
                .ifPresent(age -> line.append(", tokens ").append(age / 60).append(" min old"));
        account.getLong("pendingLogouts")
                .filter(pending -> pending > 0)
                .ifPresent(pending -> line.append(", ").append(pending).append(" tokens to be deleted at the server"));
        return line.toString();
    }
}
