// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

/**
 * Something that takes one or more calls, and that is called as if it were a method of the server's:
 * {@code client.call(Follows::follow, did)}.
 *
 * @param <A> what it takes
 * @param <R> what it gives
 */
@FunctionalInterface
public interface Action<A, R> {

    /**
     * Does it.
     *
     * @param client the client that it was called on, with that one's options
     * @param argument what it takes
     * @return what it gives
     */
    R run(AtpClient client, A argument);
}
