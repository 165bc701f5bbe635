// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atp4j.session.store.StoreException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.params.ZRangeParams;
import redis.clients.jedis.util.JedisURIHelper;

/** The few calls that the store makes, and what it means when they fail. */
final class Redis implements AutoCloseable {

    /** An answer, and whether the question had to be asked twice: then it may have been heard twice. */
    record Reply(Object value, boolean repeated) {

        long number() {
            return (Long) value;
        }

        List<?> list() {
            return (List<?>) value;
        }
    }

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration READ = Duration.ofSeconds(3);

    /** An idle subscription is pinged more often than this, so silence means that nobody is there. */
    static final Duration SILENCE = Duration.ofSeconds(15);

    private static final int CONNECTIONS = 32;
    private static final int IDLE_CONNECTIONS = 8;

    /** What servers call their troubles. Nothing else of a server's message is shown: it may quote what it was sent. */
    private static final Pattern TROUBLE =
            Pattern.compile("\\b(READONLY|LOADING|OOM|MISCONF|NOREPLICAS|NOAUTH|WRONGPASS"
                    + "|NOPERM|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|CROSSSLOT|BUSY|WRONGTYPE)\\b");

    private static final byte[] LAST = {'+'};

    private final UnifiedJedis client;
    private final boolean own;

    private Redis(UnifiedJedis client, boolean own) {
        this.client = client;
        this.own = own;
    }

    /** Talks through a client that stays its owner's. */
    static Redis through(UnifiedJedis client) {
        return new Redis(client, false);
    }

    /** Makes a client of our own, which connects when it is asked for something. */
    static Redis at(URI uri) {
        if (!JedisURIHelper.isValid(uri)) {
            // The address is not shown, as there may be a password in it.
            throw new IllegalArgumentException(
                    "not the address of a Redis server, such as redis://user:password@host:6379/0 or rediss://host:6379");
        }
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(IDLE_CONNECTIONS);
        pool.setMaxWait(READ);
        var client = RedisClient.builder()
                .hostAndPort(JedisURIHelper.getHostAndPort(uri))
                .clientConfig(DefaultJedisClientConfig.builder()
                        .resp2()
                        .user(JedisURIHelper.getUser(uri))
                        .password(JedisURIHelper.getPassword(uri))
                        .database(JedisURIHelper.getDBIndex(uri))
                        .sslOptions(JedisURIHelper.isRedisSSLScheme(uri) ? SslOptions.defaults() : null)
                        .connectionTimeoutMillis((int) CONNECT.toMillis())
                        .socketTimeoutMillis((int) READ.toMillis())
                        .blockingSocketTimeoutMillis((int) SILENCE.toMillis())
                        .build())
                .poolConfig(pool)
                .build();
        return new Redis(client, true);
    }

    /** Runs a script; again if the connection breaks, which every {@link Script} can stand. */
    Reply run(String what, Script script, List<byte[]> keys, List<byte[]> arguments) {
        return ask(what, () -> {
            try {
                return client.evalsha(script.sha1(), keys, arguments);
            } catch (JedisNoScriptException e) {
                // The server was started anew, or has forgotten its scripts. It knows this one from now on.
                return client.eval(script.source(), keys, arguments);
            }
        });
    }

    /** Reads fields of a hash; null for each that it does not have. */
    List<byte @Nullable []> fields(String what, byte[] key, byte[]... fields) {
        return list(ask(what, () -> client.hmget(key, fields)));
    }

    /** Reads one page of a sorted set whose members are in the order of their bytes. */
    List<byte[]> members(String what, byte[] key, byte[] from, int most) {
        return list(ask(
                what,
                () -> client.zrange(
                        key, ZRangeParams.zrangeByLexParams(from, LAST).limit(0, most))));
    }

    /** Asks the server about itself: a section of INFO. */
    String info(String section) {
        return (String) ask("the Redis server says nothing about itself", () -> client.info(section))
                .value();
    }

    /** Asks the server how it is set up; empty if it does not tell, as hosted ones do. */
    String setting(String name) {
        try {
            return client.configGet(name).getOrDefault(name, "");
        } catch (JedisException e) {
            return "";
        }
    }

    /** Listens to a channel until it is told not to, or the connection breaks. */
    void listen(BinaryJedisPubSub listener, byte[] channel) {
        try {
            client.subscribe(listener, channel);
        } catch (RuntimeException e) {
            dropIdle();
            throw failure("changes cannot be watched", e);
        }
    }

    private Reply ask(String what, Supplier<Object> question) {
        try {
            return new Reply(question.get(), false);
        } catch (JedisException first) {
            if (!(first instanceof JedisDataException) || trouble(first).equals("READONLY")) {
                dropIdle();
            }
            if (!brokenConnection(first) || Thread.currentThread().isInterrupted()) {
                throw failure(what, first);
            }
        }
        try {
            return new Reply(question.get(), true);
        } catch (JedisException second) {
            throw failure(what, second);
        }
    }

    /** A connection that was idle may have died meanwhile. Who has waited for an answer in vain does not wait again. */
    private static boolean brokenConnection(JedisException e) {
        return e instanceof JedisConnectionException && causes(e).noneMatch(SocketTimeoutException.class::isInstance);
    }

    /** After a restart or a failover, all other connections lead nowhere too, or to a server that takes no writes. */
    private void dropIdle() {
        if (client instanceof RedisClient pooled) {
            pooled.getPool().clear();
        }
    }

    private static StoreException failure(String what, RuntimeException e) {
        boolean interrupted = causes(e).anyMatch(InterruptedException.class::isInstance);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (Thread.currentThread().isInterrupted()) {
            return new StoreException(StoreException.Kind.INTERRUPTED, what + ": interrupted", e);
        }
        if (e instanceof JedisDataException) {
            String trouble = trouble(e);
            return trouble.equals("WRONGTYPE")
                    ? new StoreException(
                            StoreException.Kind.UNREADABLE, what + ": something else is kept under its name", null)
                    : new StoreException(
                            StoreException.Kind.UNAVAILABLE, what + ": the Redis server answered " + trouble, null);
        }
        return new StoreException(StoreException.Kind.UNAVAILABLE, what + " (" + e + ")", e);
    }

    /** Returns the server's word for it. A script's own troubles come wrapped in a message of the script. */
    private static String trouble(RuntimeException e) {
        Matcher trouble = TROUBLE.matcher(String.valueOf(e.getMessage()));
        return trouble.find() ? trouble.group(1) : "an error";
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause);
    }

    /** Writes a number as Redis does. */
    static byte[] bytes(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }

    /** Reads a number that Redis has written. */
    static long number(Object text) {
        return Long.parseLong(new String((byte[]) text, UTF_8));
    }

    @SuppressWarnings("unchecked") // the binary commands answer with bytes
    private static <T> List<T> list(Reply reply) {
        return (List<T>) reply.value();
    }

    /** Closes the client if it is our own. */
    @Override
    public void close() {
        if (own) {
            client.close();
        }
    }
}
