// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

/** Hears how far an upload or a download has come. */
@FunctionalInterface
public interface Progress {

    /** Hears nothing. */
    Progress NONE = (done, total) -> {};

    /**
     * Is told after each piece, on the thread that transfers. It should be quick; what it throws ends the transfer. An upload
     * that has to be sent again begins again at the first piece.
     *
     * @param done how many bytes have been passed on
     * @param total how many there are in all, or -1 if that is not known
     */
    void at(long done, long total);
}
