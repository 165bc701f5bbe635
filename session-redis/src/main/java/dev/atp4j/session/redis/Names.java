// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.syntax.Did;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of a store's keys. All begin with the store's prefix in braces: a cluster puts keys with the same text in braces
 * into the same slot, so that one script may touch several.
 */
final class Names {

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private final String begin;

    Names(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "not a prefix for keys (1 to 64 of A-Z a-z 0-9 . _ : -): \"" + prefix + "\"");
        }
        this.begin = "{" + prefix + "}:";
    }

    /** What the keys of records begin with; the {@linkplain #member member} follows. */
    byte[] records() {
        return bytes("session:");
    }

    byte[] record(SessionKey key) {
        return bytes("session:" + key);
    }

    byte[] note(String name) {
        return bytes("note:" + name);
    }

    byte[] lease(SessionKey key) {
        return bytes("lease:" + key);
    }

    /** The counter of leases. */
    byte[] fence() {
        return bytes("fence");
    }

    /** A sorted set of all members, in the order of their bytes. */
    byte[] index() {
        return bytes("index");
    }

    /** A sorted set of members by the millisecond at which they are due. */
    byte[] due() {
        return bytes("due");
    }

    byte[] channel() {
        return bytes("changed");
    }

    /** A session's name in sets and messages. */
    static byte[] member(SessionKey key) {
        return key.toString().getBytes(UTF_8);
    }

    /** Returns the key of a member, or empty for what somebody else has put there. */
    static Optional<SessionKey> parse(byte[] member) {
        String text = new String(member, UTF_8);
        int end = text.lastIndexOf('#');
        try {
            return end < 0
                    ? Optional.empty()
                    : Optional.of(new SessionKey(Did.parse(text.substring(0, end)), text.substring(end + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] bytes(String end) {
        return (begin + end).getBytes(UTF_8);
    }

    /** Returns what all keys begin with. */
    @Override
    public String toString() {
        return begin;
    }
}
