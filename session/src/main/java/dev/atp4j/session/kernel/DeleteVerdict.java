// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an answer to deleteSession means. */
public sealed interface DeleteVerdict {

    /** The server holds no such session any more. */
    record Gone() implements DeleteVerdict {}

    /**
     * It is not known whether the session is gone; ask again later.
     *
     * @param retryAfter how long the server asks to wait, or null
     * @param why what happened, for people
     */
    record Unconfirmed(@Nullable Duration retryAfter, String why) implements DeleteVerdict {}
}
