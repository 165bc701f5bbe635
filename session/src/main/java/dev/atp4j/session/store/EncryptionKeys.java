// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;

/**
 * Where an {@link EncryptedSessionStore} gets its keys from. One key seals what is written; others may still be needed to
 * read what they have sealed.
 *
 * <p>Any keychain or vault can be behind it. It is asked at every read and write, from several threads, so it should have its
 * keys at hand; what it throws should be a {@link StoreException} without a key in it.
 *
 * <p>The ways to keys as text are the same everywhere: each key is 32 bytes in base64, as {@code openssl rand -base64 32}
 * makes them; several are separated by spaces, commas or new lines. The first one seals, and all of them open.
 */
public interface EncryptionKeys {

    /**
     * Returns the key that seals what is written now.
     *
     * @return the key
     */
    EncryptionKey current();

    /**
     * Finds the key that has sealed something.
     *
     * @param id the key's name
     * @return the key, or empty if it is not there
     */
    Optional<EncryptionKey> find(String id);

    /**
     * Returns keys that the program has.
     *
     * @param current the one that seals
     * @param older others that have sealed what is still stored, or will have when another process writes
     * @return the keys
     * @throws IllegalArgumentException if two have the same name
     */
    static EncryptionKeys of(EncryptionKey current, EncryptionKey... older) {
        return KeyRing.of(current, older);
    }

    /**
     * Reads keys from an environment variable, now.
     *
     * @param variable its name
     * @return the keys
     * @throws StoreException of kind {@link StoreException.Kind#UNSAFE} if it is not set, or holds something else than keys
     */
    static EncryptionKeys fromEnvironment(String variable) {
        return KeyRing.parse(System.getenv().getOrDefault(variable, ""), "the environment variable " + variable);
    }

    /**
     * Reads keys from a file, now. As the files of {@link FileSessionStore}, it must be its user's own and closed to others.
     *
     * @param file the file; symbolic links are followed, since that is how secrets are mounted
     * @return the keys
     * @throws StoreException of kind {@link StoreException.Kind#UNSAFE} if the file is open to others, or holds something else
     *     than keys; or {@link StoreException.Kind#UNAVAILABLE} if it cannot be read
     */
    static EncryptionKeys fromFile(Path file) {
        return KeyRing.parse(KeyRing.readPrivate(file), file.toString());
    }

    /**
     * Takes keys from a key store of the JCA, such as a PKCS#12 file, or a device. An alias is the name of its key.
     *
     * @param keys the key store, loaded
     * @param password what its keys are guarded by; copied
     * @param current the alias of the key that seals
     * @return the keys
     * @throws StoreException of kind {@link StoreException.Kind#UNSAFE} if there is no such key, or it is not to be had
     */
    static EncryptionKeys fromKeyStore(KeyStore keys, char[] password, String current) {
        return new KeyStoreKeys(keys, password, current);
    }
}
