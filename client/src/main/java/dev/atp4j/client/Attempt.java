// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.AtpException;
import dev.atp4j.xrpc.XrpcResponseException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What became of calls: a value, or the error, which is not thrown. Immutable.
 *
 * <pre>{@code
 * Attempt<StoredRecord<Profile>> profile = Attempt.of(() -> client.get(app.bsky.actor.profile));
 * if (profile.is(GetRecord.Error.RECORD_NOT_FOUND)) ...
 * }</pre>
 *
 * @param <R> the value
 */
public final class Attempt<R> {

    private final @Nullable R value;
    private final @Nullable AtpException error;

    private Attempt(@Nullable R value, @Nullable AtpException error) {
        this.value = value;
        this.error = error;
    }

    /**
     * Makes calls.
     *
     * @param calls what to do
     * @return what became of it; errors that are the caller's own, such as wrong arguments, are thrown
     * @param <R> the value
     */
    public static <R extends @Nullable Object> Attempt<R> of(Supplier<R> calls) {
        try {
            return new Attempt<>(calls.get(), null);
        } catch (AtpException e) {
            return new Attempt<>(null, e);
        }
    }

    /**
     * Tells whether there was no error.
     *
     * @return true if there was none
     */
    public boolean isSuccess() {
        return error == null;
    }

    /**
     * Returns the value, or throws the error.
     *
     * @return the value
     * @throws AtpException the error, if there was one
     */
    @SuppressWarnings("NullAway") // a value is null only if the calls gave null
    public R orThrow() {
        if (error != null) {
            throw error;
        }
        return value;
    }

    /**
     * Returns the value, if there is one.
     *
     * @return the value, or empty if there was an error or the calls gave nothing
     */
    public Optional<R> value() {
        return Optional.ofNullable(value);
    }

    /**
     * Returns the error, if there was one.
     *
     * @return the error, or empty
     */
    public Optional<AtpException> error() {
        return Optional.ofNullable(error);
    }

    /**
     * Tells whether a server answered with this error.
     *
     * @param name the error's name, such as {@code RecordNotFound}
     * @return true if one did
     */
    public boolean is(String name) {
        return error instanceof XrpcResponseException answer && answer.is(name);
    }

    /** Returns the value or the error as text. */
    @Override
    public String toString() {
        return error == null ? "success" : error.toString();
    }
}
