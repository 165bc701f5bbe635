// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.AtpException;
import org.jspecify.annotations.Nullable;

/** Thrown when something about a session, not about a single call, is in the way. */
public abstract class SessionException extends AtpException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what happened and what to do next
     * @param cause what led to it, or null
     */
    protected SessionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
