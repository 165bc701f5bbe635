// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.wire;

/** Answers requests. Called by many threads at once. */
@FunctionalInterface
public interface Handler {

    /**
     * Answers a request.
     *
     * @param request the request
     * @return its answer
     * @throws InterruptedException if the server stops meanwhile
     */
    Answer answer(Request request) throws InterruptedException;
}
