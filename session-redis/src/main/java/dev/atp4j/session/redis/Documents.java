// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atp4j.session.store.StoreException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One kind of document, each in a hash of its own with its version and its checksum.
 *
 * @param <T> what is in the document
 */
final class Documents<T> {

    private static final byte[] VERSION = "version".getBytes(UTF_8);
    private static final byte[] SHA1 = "sha1".getBytes(UTF_8);
    private static final byte[] DOCUMENT = "document".getBytes(UTF_8);

    private final Redis redis;
    private final ToLongFunction<T> version;

    Documents(Redis redis, ToLongFunction<T> version) {
        this.redis = redis;
        this.version = version;
    }

    Optional<T> read(String what, byte[] name, Function<byte[], T> parser) {
        List<byte @Nullable []> fields = redis.fields(what + " cannot be read", name, VERSION, SHA1, DOCUMENT);
        byte[] number = fields.get(0);
        byte[] sha1 = fields.get(1);
        byte[] document = fields.get(2);
        if (number == null && sha1 == null && document == null) {
            return Optional.empty();
        }
        if (number == null || sha1 == null || document == null) {
            throw unreadable(what, "a part of it is missing");
        }
        return Optional.of(parse(what, number, sha1, document, parser));
    }

    /** Makes a document of what a hash held. */
    T parse(String what, byte[] number, byte[] sha1, byte[] document, Function<byte[], T> parser) {
        if (!Arrays.equals(sha1, Script.sha1(document))) {
            throw unreadable(what, "it is not what was written (" + document.length + " bytes)");
        }
        T parsed = parser.apply(document);
        if (!Arrays.equals(number, Redis.bytes(version.applyAsLong(parsed)))) {
            throw unreadable(what, "it is of another version than it is kept as");
        }
        return parsed;
    }

    /** Tells what became of a write or delete. */
    boolean changed(String what, byte[] name, Function<byte[], T> parser, Redis.Reply reply) {
        long answer = reply.number();
        if (answer == 1) {
            return true;
        }
        if (answer == 0 && !reply.repeated()) {
            return false;
        }
        if (answer == 0) {
            // The first try may have done it, and somebody else the rest.
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    what + " may or may not have been written: the connection broke, and now there is another version",
                    null);
        }
        read(what, name, parser); // says what is wrong with it
        throw unreadable(what, "it is damaged");
    }

    private static StoreException unreadable(String what, String why) {
        return new StoreException(
                StoreException.Kind.UNREADABLE, what + " cannot be read: " + why + "; it was left as it is", null);
    }
}
