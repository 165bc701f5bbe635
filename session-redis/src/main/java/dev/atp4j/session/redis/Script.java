// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What Redis does in one step. A script looks at nothing but its keys, which all lie in one slot, and Redis' own clock.
 *
 * <p>A document is kept in a hash: {@code version}, {@code document}, the {@code sha1} of the document, by which damage is
 * known before it is written over, and {@code write}, the mark of the write that made it. A write that is sent again,
 * because its answer was lost, is known by its mark and not made twice.
 */
enum Script {
    /** Keys: hash, index, due. Arguments: expected and next version, document, mark, member, due in milliseconds, channel. */
    WRITE_RECORD("""
            local held = stored(KEYS[1])
            if not held then return -1 end
            if held.version == ARGV[2] and held.write == ARGV[4] then return 1 end
            if held.version ~= ARGV[1] then return 0 end
            redis.call('HSET', KEYS[1], 'version', ARGV[2], 'sha1', redis.sha1hex(ARGV[3]), 'document', ARGV[3],
                'write', ARGV[4])
            redis.call('ZADD', KEYS[2], 0, ARGV[5])
            if ARGV[6] == '' then
              redis.call('ZREM', KEYS[3], ARGV[5])
            else
              redis.call('ZADD', KEYS[3], now() + ARGV[6], ARGV[5])
            end
            redis.call('PUBLISH', ARGV[7], ARGV[2] .. ' ' .. ARGV[5])
            return 1"""),

    /** Keys: hash, index, due. Arguments: expected version, member, channel. */
    DELETE_RECORD("""
            local held = stored(KEYS[1])
            if not held then return -1 end
            if held.version ~= ARGV[1] or held.version == '0' then return 0 end
            redis.call('DEL', KEYS[1])
            redis.call('ZREM', KEYS[2], ARGV[2])
            redis.call('ZREM', KEYS[3], ARGV[2])
            redis.call('PUBLISH', ARGV[3], '0 ' .. ARGV[2])
            return 1"""),

    /** Key: hash. Arguments: expected and next version, document, mark. */
    WRITE_NOTE("""
            local held = stored(KEYS[1])
            if not held then return -1 end
            if held.version == ARGV[2] and held.write == ARGV[4] then return 1 end
            if held.version ~= ARGV[1] then return 0 end
            redis.call('HSET', KEYS[1], 'version', ARGV[2], 'sha1', redis.sha1hex(ARGV[3]), 'document', ARGV[3],
                'write', ARGV[4])
            return 1"""),

    /**
     * Keys: due, and what the keys of records begin with. Arguments: how many, for how many milliseconds. Gives member,
     * version, sha1 and document of each.
     */
    CLAIM("""
            local moment = now()
            local claimed = {}
            for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', moment, 'LIMIT', 0, ARGV[1])) do
              local held = redis.pcall('HMGET', KEYS[2] .. member, 'version', 'sha1', 'document')
              if not held.err and not (held[1] or held[2] or held[3]) then
                redis.call('ZREM', KEYS[1], member)
              else
                redis.call('ZADD', KEYS[1], moment + ARGV[2], member)
                if not held.err and held[1] and held[2] and held[3] then
                  for _, part in ipairs({member, held[1], held[2], held[3]}) do claimed[#claimed + 1] = part end
                end
              end
            end
            return claimed"""),

    /** Keys: lease, fence. Arguments: owner, milliseconds to live. Gives the fence, or 0 if another has the lease. */
    TAKE_LEASE("""
            local held = redis.call('GET', KEYS[1])
            if held then
              local fence, owner = string.match(held, '^(%d+) (.*)$')
              if owner == ARGV[1] then return tonumber(fence) end
              return 0
            end
            local fence = redis.call('INCR', KEYS[2])
            redis.call('SET', KEYS[1], string.format('%.0f', fence) .. ' ' .. ARGV[1], 'PX', ARGV[2])
            return fence"""),

    /** Key: lease. Arguments: milliseconds to live, and what it must hold. Gives 1 if it goes on, or else 0. */
    RENEW_LEASE("""
            if redis.call('GET', KEYS[1]) == ARGV[2] then return redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
            return 0"""),

    /** Key: lease. Argument: what it must hold. */
    END_LEASE("""
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0"""),

    /** Key: any, to find the server by. Gives seconds and microseconds. */
    NOW("""
            return redis.call('TIME')""");

    /** What a hash holds, version 0 if there is none, or nil if it is damaged; and the time in milliseconds. */
    private static final String COMMON = """
            local function stored(key)
              local held = redis.pcall('HMGET', key, 'version', 'sha1', 'document', 'write')
              if held.err then return nil end
              local version, sha1, document, write = held[1], held[2], held[3], held[4]
              if not (version or sha1 or document or write) then
                if redis.call('EXISTS', key) == 1 then return nil end
                return {version = '0'}
              end
              if not (version and document) or sha1 ~= redis.sha1hex(document)
                  or not string.match(version, '^[1-9]%d*$') then
                return nil
              end
              return {version = version, write = write}
            end
            local function now()
              local time = redis.call('TIME')
              return time[1] * 1000 + math.floor(time[2] / 1000)
            end
            """;

    private final byte[] source;
    private final byte[] name;

    Script(String body) {
        // Redis calls a script by the SHA-1 of its text.
        this.source = (Common.text() + body).getBytes(UTF_8);
        this.name = sha1(source);
    }

    /** An enum's constants are made before its own static fields. */
    private static final class Common {
        static String text() {
            return COMMON;
        }
    }

    byte[] source() {
        return source;
    }

    byte[] sha1() {
        return name;
    }

    /** Returns a SHA-1 as Redis writes it: 40 small hexadecimal digits. */
    static byte[] sha1(byte[] text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text))
                    .getBytes(UTF_8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }
}
