// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Keys in a key store of the JCA, by alias. */
final class KeyStoreKeys implements EncryptionKeys {

    private final KeyStore store;
    private final KeyStore.PasswordProtection password;
    private final EncryptionKey current;

    /** Opening a key of a PKCS#12 file means to derive another one from its password, which is slow on purpose. */
    private final ConcurrentHashMap<String, EncryptionKey> opened = new ConcurrentHashMap<>();

    KeyStoreKeys(KeyStore store, char[] password, String current) {
        this.store = store;
        this.password = new KeyStore.PasswordProtection(password);
        this.current = find(current)
                .orElseThrow(() -> new StoreException(
                        StoreException.Kind.UNSAFE,
                        "the key store has no key \"" + current
                                + "\"; \"keytool -genseckey -keyalg AES -keysize 256 -alias " + current
                                + "\" makes one",
                        null));
    }

    @Override
    public EncryptionKey current() {
        return current;
    }

    @Override
    public Optional<EncryptionKey> find(String id) {
        return Optional.ofNullable(opened.computeIfAbsent(id, this::open));
    }

    private @Nullable EncryptionKey open(String id) {
        try {
            Key key = store.getKey(id, password.getPassword());
            return key instanceof SecretKey secret ? EncryptionKey.of(id, secret) : null;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new StoreException(
                    StoreException.Kind.UNSAFE, "the key \"" + id + "\" of the key store cannot be used: " + e, e);
        }
    }

    /** Returns the current key's name. */
    @Override
    public String toString() {
        return "EncryptionKeys[" + current.id() + ", in a key store]";
    }
}
