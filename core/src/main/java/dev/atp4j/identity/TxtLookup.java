// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Asks DNS for TXT records. Implementations are thread-safe. */
@FunctionalInterface
public interface TxtLookup {

    /**
     * Returns the texts of all TXT records of a name.
     *
     * @param name a domain name without a dot at the end
     * @return one text per record, its character strings joined; empty if there is no such name or no such record
     * @throws IdentityException of kind {@link IdentityException.Kind#UNAVAILABLE} if DNS gave no answer
     */
    List<String> texts(String name);

    /**
     * Returns the lookup that asks the DNS servers which this machine is set up with, through the JDK.
     *
     * @return a lookup that gives up on a server after seven seconds
     */
    static TxtLookup system() {
        return new JndiTxtLookup("dns:", Duration.ofSeconds(1));
    }

    /**
     * Returns the lookup that asks one DNS server, through the JDK.
     *
     * @param server the server, such as {@code dns://192.0.2.53} or {@code dns://192.0.2.53:5353}
     * @return a lookup that gives up after seven seconds
     * @throws IllegalArgumentException if the address is of another form
     */
    static TxtLookup at(URI server) {
        if (!"dns".equals(server.getScheme())
                || server.getHost() == null
                || !server.getRawPath().isEmpty()) {
            throw new IllegalArgumentException("not the address of a DNS server (dns://host[:port]): " + server);
        }
        return new JndiTxtLookup(server.toString(), Duration.ofSeconds(1));
    }
}
