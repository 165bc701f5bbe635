// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.Secret;
import dev.atp4j.session.kernel.HealFlow;
import dev.atp4j.session.kernel.Healing;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gets what a session needs to log in by itself, and knows when that is worth a try. Thread-safe. */
final class Healer {

    private static final System.Logger LOG = System.getLogger(Healer.class.getName());

    /** How often the provider is asked whether refused credentials have changed. */
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    private final Settings settings;
    private final ServerClock clock;
    private volatile @Nullable Long asked;

    Healer(Settings settings, ServerClock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Tells whether sessions log in by themselves at all. */
    boolean present() {
        return settings.credentials() != null;
    }

    /** Tells whether a session that is over may be brought back now. */
    boolean worthATry(SessionState state) {
        EndReason reason = state.reason();
        if (!present() || reason == null || !reason.curedByLogin()) {
            return false;
        }
        Healing last = state.healing();
        Long then = asked;
        return last == null
                || last.remaining(clock.now()).isZero()
                || then == null
                || settings.time().nanos() - then > ASK_AGAIN.toNanos();
    }

    /** Asks for the password of an account. To be called without a lock. */
    HealFlow.Terms terms(SessionState state, EndReason reason) {
        asked = settings.time().nanos();
        CredentialsProvider provider = settings.credentials();
        Secret password = null;
        String without = "there is no password for it";
        boolean lasting = true;
        try {
            Optional<Secret> given = provider == null
                    ? Optional.empty()
                    : provider.password(new CredentialsProvider.Account(state.key(), state.service(), reason));
            password = given.filter(secret -> !secret.expose().isEmpty()).orElse(null);
        } catch (RuntimeException e) {
            // What it says may hold a secret.
            without = "its password could not be had (" + e.getClass().getName() + ")";
            lasting = false;
            LOG.log(System.Logger.Level.WARNING, "the credentials provider failed for {0}: {1}", state.key(), without);
        }
        LoginBudget budget = settings.logins().budget();
        return new HealFlow.Terms(
                password,
                password == null ? "" : mark(state.key(), password),
                password == null ? without : "",
                lasting,
                budget.shortest(),
                budget.longest());
    }

    /**
     * Tells a password from others, and nothing about it: one byte of a hash, which one in 256 other passwords shares.
     *
     * @param account what makes equal passwords of different accounts look different
     */
    private static String mark(SessionKey account, Secret password) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((account + " " + password.expose()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
