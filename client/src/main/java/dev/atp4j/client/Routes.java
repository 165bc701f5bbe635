// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.syntax.Nsid;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which service answers the methods of which namespace, where it is not the account's own server. */
final class Routes {

    /** Says that the methods of a namespace are not passed on. */
    static final String NONE = "";

    private record Route(String prefix, String service) {}

    /** The more exact first. */
    private final List<Route> routes;

    Routes(Map<String, String> services) {
        this.routes = services.entrySet().stream()
                .map(entry -> new Route(entry.getKey() + ".", entry.getValue()))
                .sorted(Comparator.comparingInt(route -> -route.prefix().length()))
                .toList();
    }

    @Nullable
    String serviceOf(Nsid method) {
        for (Route route : routes) {
            if (method.value().startsWith(route.prefix())) {
                return route.service().isEmpty() ? null : route.service();
            }
        }
        return null;
    }
}
