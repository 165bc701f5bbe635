// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.redis;

import dev.atp4j.session.store.StoreException;
import java.util.Optional;

/** Looks at how a server is set up: whether what it has confirmed can be lost. */
final class ServerCheck {

    private static final System.Logger LOG = System.getLogger(ServerCheck.class.getName());

    private ServerCheck() {}

    static void check(Redis redis) {
        String policy = field(redis.info("memory"), "maxmemory_policy").orElse("");
        if (policy.startsWith("allkeys")) {
            throw new StoreException(
                    StoreException.Kind.UNSAFE,
                    "the Redis server throws away whatever it likes when its memory is full (maxmemory-policy " + policy
                            + "), and sessions that are thrown away are lost; set maxmemory-policy to noeviction,"
                            + " or switch this check off with checkServer(false)",
                    null);
        }
        boolean appendOnly = field(redis.info("persistence"), "aof_enabled").equals(Optional.of("1"));
        String force = redis.setting("appendfsync");
        if (!appendOnly) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the Redis server keeps no append-only file: after a crash the newest sessions are missing;"
                            + " set appendonly yes and appendfsync always");
        } else if (!force.isEmpty() && !force.equals("always")) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the Redis server may lose what it has confirmed when its machine crashes (appendfsync " + force
                            + "); set appendfsync always");
        }
    }

    private static Optional<String> field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }
}
