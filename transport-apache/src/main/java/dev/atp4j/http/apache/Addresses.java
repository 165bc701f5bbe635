// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest.Reach;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/** The addresses that may be connected to. The client connects to those it is given here, so there is no second lookup. */
record Addresses(Reach reach, Lookup lookup) implements DnsResolver {

    /** Finds all addresses of a host. */
    @FunctionalInterface
    interface Lookup {

        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = lookup.resolve(host);
        if (addresses.length == 0) {
            throw new UnknownHostException(host); // the client would take this for success
        }
        for (InetAddress address : addresses) {
            if (!reach.allows(address)) {
                throw new TransportException(
                        TransportException.Kind.FORBIDDEN_ADDRESS,
                        false,
                        host + " is not on the public internet: " + address.getHostAddress(),
                        null);
            }
        }
        return addresses;
    }

    /** Returns the name as it is: others serve authentication schemes that are not used here. */
    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
