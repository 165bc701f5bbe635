// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import java.net.URI;
import java.time.Duration;

/**
 * One HTTP request, complete.
 *
 * @param method the method in upper case
 * @param uri where to send it: absolute, {@code http} or {@code https}
 * @param headers its header fields; length, host and content type are the transport's and the body's business
 * @param body what it carries
 * @param timeout how long the whole exchange may take, from the call until the last byte of the answer is read
 * @param reach which hosts it may go to
 */
public record TransportRequest(
        String method, URI uri, Headers headers, RequestBody body, Duration timeout, Reach reach) {

    /** Which hosts a request may go to. */
    public enum Reach {
        /** Any host. For addresses that the user of the library chose. */
        ANY,
        /**
         * Hosts on the public internet only: no loopback, private, link-local or otherwise special address, checked on
         * the addresses that the name resolves to. For addresses that come from somebody else's document.
         */
        PUBLIC
    }
}
