// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

/** Thrown when a document is no valid data of the AT Protocol; the message says where and why. */
public final class DataException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message where the document breaks which rule
     */
    public DataException(String message) {
        super(message);
    }
}
