// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import java.net.URI;
import java.util.Locale;

/** Which addresses may be given a password or a token. */
final class Origins {

    private Origins() {}

    /** Checks an address that somebody chose as a service, and returns it as a bare origin. */
    static URI service(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("a service is an https:// address");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a service is an address of scheme, host and perhaps port only");
        }
        String path = uri.getRawPath();
        if (path != null && !path.isEmpty() && !path.equals("/")
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("a service is an address without path, query or fragment");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (scheme.equals("http") && !loopback(host)) {
            throw new IllegalArgumentException(
                    "http://" + host + " is refused, since passwords and tokens would travel in clear; use https://");
        }
        return URI.create(scheme + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
    }

    /** Tells whether a service is on this machine. */
    static boolean loopback(URI service) {
        return loopback(service.getHost());
    }

    private static boolean loopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }
}
