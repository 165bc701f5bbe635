// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import dev.atp4j.session.SessionOverException;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of the stored sessions a command is about. */
final class AccountOption {

    private static final String LOG_IN = "try: atp login --identifier HANDLE";

    @Option(
            names = "--account",
            paramLabel = "HANDLE_OR_DID",
            description = "Whose session; needed if several accounts are logged in.")
    private @Nullable String account;

    /** Finds the session that is meant: the one that is named, or the only one. */
    SessionKey choose(Sessions sessions) {
        List<SessionKey> stored = new ArrayList<>(sessions.stored());
        stored.sort(Comparator.comparing(SessionKey::toString));
        if (account != null) {
            return named(account, stored, sessions);
        }
        if (stored.isEmpty()) {
            throw Failure.noSession("nobody is logged in", LOG_IN);
        }
        List<SessionKey> alive =
                stored.stream().filter(key -> alive(key, sessions).isPresent()).toList();
        if (alive.size() == 1) {
            return alive.get(0);
        }
        if (alive.isEmpty() && stored.size() > 1) {
            throw Failure.noSession("all " + stored.size() + " stored sessions are over", LOG_IN);
        }
        if (alive.isEmpty()) {
            return stored.get(0);
        }
        String accounts = String.join(
                ", ", alive.stream().map(key -> label(key, sessions)).toList());
        throw Failure.ambiguous(
                alive.size() + " accounts are logged in: " + accounts, "name one with --account HANDLE_OR_DID");
    }

    private static SessionKey named(String account, List<SessionKey> stored, Sessions sessions) {
        String name = account.startsWith("@") ? account.substring(1) : account;
        Optional<SessionKey> found;
        if (name.startsWith("did:")) {
            Did did = Did.tryParse(name).orElseThrow(() -> Failure.usage("--account is no DID", "check the spelling"));
            found = Optional.of(SessionKey.of(did)).filter(stored::contains);
        } else {
            Handle handle = Handle.tryParse(name)
                    .orElseThrow(() -> Failure.usage(
                            "--account is no handle and no DID",
                            "a handle is a whole domain name such as alice.example.com"));
            found = sessions.find(handle);
        }
        return found.orElseThrow(() -> Failure.noSession(
                "no session of " + name + " is stored",
                stored.isEmpty()
                        ? LOG_IN
                        : "stored are: "
                                + String.join(
                                        ", ",
                                        stored.stream()
                                                .map(key -> label(key, sessions))
                                                .toList())));
    }

    private static String label(SessionKey key, Sessions sessions) {
        String slot = key.slot().equals(SessionKey.DEFAULT_SLOT) ? "" : " in slot " + key.slot();
        return alive(key, sessions)
                .flatMap(PasswordSession::handle)
                .map(handle -> handle + " (" + key.did() + slot + ")")
                .orElse(key.did() + slot);
    }

    private static Optional<PasswordSession> alive(SessionKey key, Sessions sessions) {
        try {
            return Optional.of(sessions.resume(key, Resume.LAZY));
        } catch (SessionOverException e) {
            return Optional.empty();
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.UNREADABLE) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
