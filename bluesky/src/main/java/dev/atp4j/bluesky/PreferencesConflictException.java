// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import dev.atp4j.AtpException;

/** Thrown when other programs undo a change of preferences as often as it is made. */
public final class PreferencesConflictException extends AtpException {

    private static final long serialVersionUID = 1L;

    PreferencesConflictException() {
        super(
                "other programs keep writing older preferences of this account; the change was made and is gone again",
                null);
    }

    @Override
    public boolean retryable() {
        return true;
    }
}
