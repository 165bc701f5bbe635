// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.identity.DidDocument.EndpointRule;
import java.net.URI;
import java.util.Locale;

/** Which addresses may be given a password or a token. */
public final class Origins {

    private Origins() {}

    /** Checks an address that somebody chose as a service, and returns it as a bare origin. */
    public static URI service(URI uri) {
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
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException("a service's port is one from 1 to 65535: " + uri.getPort());
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        URI origin = URI.create(scheme + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
        if (scheme.equals("http") && !loopback(origin)) {
            throw new IllegalArgumentException(
                    "http://" + host + " is refused, since passwords and tokens would travel in clear; use https://");
        }
        return origin;
    }

    /** Tells whether a service is on this machine. */
    public static boolean loopback(URI service) {
        return EndpointRule.forService(service) == EndpointRule.LOOPBACK_TOO;
    }

    /** Checks an address that was saved as an account's server: what no document may name is not believed of a file. */
    public static URI pds(String address, URI service) {
        return address.equals(service.toString())
                ? service
                : EndpointRule.forService(service)
                        .origin(address)
                        .orElseThrow(() -> new IllegalArgumentException("an account's server is no such address"));
    }
}
