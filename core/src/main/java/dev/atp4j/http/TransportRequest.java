// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, complete. Immutable; thread-safe and reusable as far as its body is.
 *
 * @param method the method in upper case
 * @param uri where to send it: absolute, {@code http} or {@code https}, without user information
 * @param headers its header fields; length, host, connection handling and content type are the transport's and the body's
 *     business and may not be among them
 * @param body what it carries
 * @param timeout how long the whole exchange may take, from the call until the last byte of the answer is read; cut to
 *     one year
 * @param reach which hosts it may go to
 */
public record TransportRequest(
        String method, URI uri, Headers headers, RequestBody body, Duration timeout, Reach reach) {

    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * Checks the request.
     *
     * @throws IllegalArgumentException if a component is not as stated above; the message does not show header values
     */
    public TransportRequest {
        checkMethod(method);
        if (!isHttp(uri.getScheme()) || uri.getHost() == null || uri.getRawUserInfo() != null) {
            // The address is not shown: user information in it may be a password.
            throw new IllegalArgumentException("not an http or https address without user information");
        }
        headers.forEach(TransportRequest::checkName);
        String contentType = body.contentType();
        if (contentType != null) {
            Headers.checkValue("content-type", contentType);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive: " + timeout);
        }
        if (timeout.compareTo(LONGEST) > 0) {
            timeout = LONGEST;
        }
    }

    private static void checkMethod(String method) {
        boolean upperCase = !method.isEmpty();
        for (int i = 0; i < method.length(); i++) {
            upperCase &= method.charAt(i) >= 'A' && method.charAt(i) <= 'Z';
        }
        if (!upperCase) {
            throw new IllegalArgumentException("not an HTTP method: \"" + method + "\"");
        }
    }

    private static boolean isHttp(@Nullable String scheme) {
        return "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
    }

    private static void checkName(String name, String value) {
        if (isReserved(name)) {
            throw new IllegalArgumentException("header " + name + " is set by the body or the transport");
        }
    }

    /**
     * Tells whether a header field is one that only the body or the transport may set.
     *
     * @param name the field's name in lower case
     * @return true if no request may bring it
     */
    public static boolean isReserved(String name) {
        return switch (name) {
            case "connection",
                    "content-length",
                    "content-type",
                    "expect",
                    "host",
                    "keep-alive",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade" -> true;
            default -> false;
        };
    }

    /**
     * Returns where the request goes, without path and query; fit for messages.
     *
     * @return scheme, host and perhaps port
     */
    public String origin() {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /** Returns method and origin; path, query and header values are left out. */
    @Override
    public String toString() {
        return method + ' ' + origin();
    }

    /** Which hosts a request may go to. */
    public enum Reach {
        /** Any host. For addresses that the user of the library chose. */
        ANY,
        /**
         * Hosts on the public internet only: no loopback, private, link-local or otherwise special address, checked on
         * the addresses that the name resolves to. For addresses that come from somebody else's document.
         */
        PUBLIC;

        /**
         * Tells whether a request may go to an address. Transports ask this of every address that the host's name
         * resolves to, and send nothing unless all of them are allowed.
         *
         * @param address an address of the host
         * @return true if it is allowed
         */
        public boolean allows(InetAddress address) {
            return this == ANY || !SpecialAddresses.contain(address);
        }
    }
}
