// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import dev.atp4j.syntax.Handle;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the name of a host, or an address with one, says by itself, without asking DNS. */
final class HostNames {

    private static final Pattern IPV4_LOOPBACK = Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");

    private HostNames() {}

    /**
     * Tells whether the name may stand for a host on the public internet. No numeric address does, in any notation: the
     * last label of such a name starts with a letter.
     */
    static boolean isPublic(String host) {
        return Handle.tryParse(host).filter(name -> !name.hasDisallowedTld()).isPresent();
    }

    /** Tells whether the address is one of this machine, by an address literal or by the name {@code localhost}. */
    static boolean isLoopback(URI address) {
        String host = address.getHost();
        return host != null
                && (host.equalsIgnoreCase("localhost")
                        || host.equals("[::1]")
                        || IPV4_LOOPBACK.matcher(host).matches());
    }

    /**
     * Reads an address that has a scheme, a host, perhaps a port, and nothing else but perhaps the path {@code /}.
     *
     * @return scheme, host and port (unless it is the default) in lower case, or empty for any other text
     */
    static Optional<URI> origin(String address) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        if (uri.getScheme() == null
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getPort() == 0
                || uri.getPort() > 65535
                || !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            return Optional.empty();
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int defaultPort = scheme.equals("https") ? 443 : 80;
        String port = uri.getPort() == -1 || uri.getPort() == defaultPort ? "" : ":" + uri.getPort();
        return Optional.of(URI.create(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port));
    }
}
