// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that seals stored sessions, and the name that is written beside what it has sealed. Its {@link #toString()} shows the
 * name only. Immutable.
 */
public final class EncryptionKey {

    /** How many bytes a key has. */
    static final int LENGTH = 32;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final String id;
    private final SecretKey key;

    private EncryptionKey(String id, SecretKey key) {
        this.id = id;
        this.key = key;
    }

    /**
     * Gives a key a name.
     *
     * @param id the name, no secret: one to 64 of {@code A-Z a-z 0-9 . _ -}. Never name two keys alike
     * @param key an AES key of 256 bits. One that does not show its bits, since it is kept in a device, is believed
     * @return the key
     * @throws IllegalArgumentException if name or key have another form
     */
    public static EncryptionKey of(String id, SecretKey key) {
        if (!isId(id)) {
            throw new IllegalArgumentException("not a key's name (1 to 64 of A-Z, a-z, 0-9, ., _, -): \"" + id + "\"");
        }
        byte[] bits = key.getEncoded();
        int length = bits == null ? LENGTH : bits.length;
        if (bits != null) {
            Arrays.fill(bits, (byte) 0);
        }
        if (!key.getAlgorithm().equals("AES") || length != LENGTH) {
            throw new IllegalArgumentException("the key \"" + id + "\" is one for " + key.getAlgorithm() + " of "
                    + length + " bytes; an AES key of " + LENGTH + " bytes is needed");
        }
        return new EncryptionKey(id, key);
    }

    /**
     * Makes a key of its bits. Its name is computed from them and does not give them away, so that nobody has to invent one.
     *
     * @param bits 32 bytes of chance, such as a generator for keys makes; a password is none
     * @return the key
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static EncryptionKey of(byte[] bits) {
        if (bits.length != LENGTH) {
            throw new IllegalArgumentException("a key has " + LENGTH + " bytes, and not " + bits.length);
        }
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update("atp4j key id\n".getBytes(StandardCharsets.UTF_8));
            String id = HexFormat.of().formatHex(hash.digest(bits), 0, 8);
            return new EncryptionKey(id, new SecretKeySpec(bits, "AES"));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every JDK has it
        }
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * Returns the name.
     *
     * @return the name, no secret
     */
    public String id() {
        return id;
    }

    SecretKey key() {
        return key;
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return "EncryptionKey[" + id + "]";
    }
}
