// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys in memory, and the ways to read them as text. */
final class KeyRing implements EncryptionKeys {

    /** Enough for a thousand keys. */
    private static final int LARGEST_FILE = 1 << 16;

    private final EncryptionKey current;
    private final Map<String, EncryptionKey> keys = new LinkedHashMap<>();

    private KeyRing(EncryptionKey current) {
        this.current = current;
        this.keys.put(current.id(), current);
    }

    static KeyRing of(EncryptionKey current, EncryptionKey... older) {
        var ring = new KeyRing(current);
        for (EncryptionKey key : older) {
            if (ring.keys.put(key.id(), key) != null) {
                throw new IllegalArgumentException("two keys are named \"" + key.id() + "\"");
            }
        }
        return ring;
    }

    /** Reads keys; what is said if they are none quotes nothing of the text. */
    static KeyRing parse(String text, String where) {
        List<EncryptionKey> keys = new ArrayList<>();
        for (String word : text.strip().split("[\\s,]+")) {
            try {
                if (!word.isEmpty()) {
                    keys.add(EncryptionKey.of(Base64.getDecoder().decode(word)));
                }
            } catch (IllegalArgumentException e) {
                throw unsafe("entry " + (keys.size() + 1) + " in " + where + " is no key: " + EncryptionKey.LENGTH
                        + " bytes in base64 are, such as \"openssl rand -base64 32\" prints");
            }
        }
        if (keys.isEmpty()) {
            throw unsafe("there is no key in " + where
                    + "; put one there, such as \"openssl rand -base64 32\" prints, and keep a copy in a safe place");
        }
        try {
            return of(keys.get(0), keys.subList(1, keys.size()).toArray(EncryptionKey[]::new));
        } catch (IllegalArgumentException e) {
            throw unsafe("a key is twice in " + where);
        }
    }

    /** Reads a file that must be its user's own and closed to others. */
    static String readPrivate(Path file) {
        try {
            Path real = file.toRealPath();
            if (!Files.isRegularFile(real) || Files.size(real) > LARGEST_FILE) {
                throw unsafe(file + " is no file, or too large for one of keys");
            }
            PrivateFolder.requireOwn(real, "make new keys, as docs/stores.md says");
            return Files.readString(real, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE, "the keys in " + file + " cannot be read (" + e + ")", e);
        }
    }

    private static StoreException unsafe(String message) {
        return new StoreException(StoreException.Kind.UNSAFE, message, null);
    }

    @Override
    public EncryptionKey current() {
        return current;
    }

    @Override
    public Optional<EncryptionKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** Returns the keys' names. */
    @Override
    public String toString() {
        return "EncryptionKeys" + keys.keySet();
    }
}
