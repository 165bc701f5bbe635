// SPDX-License-Identifier: MIT OR Apache-2.0

/** Sessions in Redis. */
@org.jspecify.annotations.NullMarked
module dev.atp4j.session.redis {
    requires static transitive org.jspecify;
    requires transitive dev.atp4j.session;
    requires transitive redis.clients.jedis;
    requires org.apache.commons.pool2;
    // What Jedis needs: as an automatic module it cannot say so itself.
    requires com.google.gson;
    requires org.json;
    requires org.slf4j;
    requires redis.clients.authentication.core;

    exports dev.atp4j.session.redis;
}
