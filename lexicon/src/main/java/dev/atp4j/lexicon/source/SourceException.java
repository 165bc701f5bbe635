// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import dev.atp4j.AtpException;
import org.jspecify.annotations.Nullable;

/** Thrown when lexicons cannot be had from where they should come, or do not fit what was installed before. */
public final class SourceException extends AtpException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message which source or document it is about, what is wrong, and what to do
     * @param cause what led to it, or null
     */
    public SourceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
