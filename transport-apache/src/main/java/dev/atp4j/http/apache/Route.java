// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import dev.atp4j.http.TransportRequest;
import java.net.URI;

/**
 * What connections must have in common to stand in for each other.
 *
 * @param tls whether they are encrypted
 * @param host the host's name or address, without brackets
 * @param port its port
 * @param reach with what care the host's address was chosen
 */
record Route(boolean tls, String host, int port, TransportRequest.Reach reach) {

    static Route of(TransportRequest request) {
        URI uri = request.uri();
        boolean tls = uri.getScheme().equalsIgnoreCase("https");
        String host = uri.getHost();
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = uri.getPort();
        return new Route(tls, host, port >= 0 ? port : tls ? 443 : 80, request.reach());
    }
}
