// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import dev.atp4j.http.TransportRequest.Reach;
import java.net.URI;
import java.util.function.Function;

/** Where the documents of a host name are: at the host itself, unless the user of the library says otherwise. */
final class HostBases {

    private final Function<String, URI> chosen;

    HostBases(Function<String, URI> chosen) {
        this.chosen = chosen;
    }

    static URI https(String host) {
        return URI.create("https://" + host);
    }

    URI resolve(String host, String path) {
        return URI.create(chosen.apply(host) + path);
    }

    /** Names out of a document lead to the public internet only; what the user put in their place may lead anywhere. */
    Reach reach(String host) {
        return chosen.apply(host).equals(https(host)) ? Reach.PUBLIC : Reach.ANY;
    }
}
