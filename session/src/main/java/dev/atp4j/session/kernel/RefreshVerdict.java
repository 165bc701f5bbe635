// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.session.store.EndReason;
import dev.atp4j.syntax.Did;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an answer to refreshSession means. */
public sealed interface RefreshVerdict {

    /** New tokens. */
    record Rotated(Grant grant) implements RefreshVerdict {}

    /** Tokens of somebody else. Nothing of it may be used. */
    record WrongAccount(Did did) implements RefreshVerdict {}

    /** The refresh token that was sent is dead. Whether the session is, only the store can tell. */
    record TokenDead(EndReason reason) implements RefreshVerdict {}

    /** The server refuses without naming the token as the cause. */
    record Refused() implements RefreshVerdict {}

    /** The account was taken down. */
    record TakenDown() implements RefreshVerdict {}

    /** The server does not know the account: it was deleted, or it moved. */
    record AccountUnknown() implements RefreshVerdict {}

    /**
     * Passing trouble.
     *
     * @param outcomeUnknown whether the server may have rotated nevertheless
     * @param retryAfter how long the server asks to wait, or null
     * @param why what happened, for people
     */
    record Transient(boolean outcomeUnknown, @Nullable Duration retryAfter, String why) implements RefreshVerdict {}
}
