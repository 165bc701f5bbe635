// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.AtpException;

/**
 * Thrown by the accessor of a required property that a document did not have, or not in a form that fits. Reading the
 * document did not fail: all else in it can be used, and what stood in its place is in {@link LexObject#extra()}.
 */
public final class MissingFieldException extends AtpException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param type the name of the object's type
     * @param field the name of the property
     */
    public MissingFieldException(String type, String field) {
        super(type + " has no usable " + field + ", which its lexicon requires", null);
    }
}
