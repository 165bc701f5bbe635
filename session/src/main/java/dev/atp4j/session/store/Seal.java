// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import dev.atp4j.data.LexBytes;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The form of a sealed record. Its envelope stays readable, for stores to work with. Everything is in the field {@code
 * sealed}, the envelope too: encrypted by AES-256-GCM, and bound to account, slot, version and the time when it is due, so
 * that none of these can be changed, and no record can take another one's place, unnoticed.
 */
final class Seal {

    private static final String FIELD = "sealed";
    private static final String CIPHER = "AES-256-GCM";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private Seal() {}

    /** Seals a record; a new nonce is drawn each time. */
    static SessionRecord close(SessionRecord plain, EncryptionKey key, RandomGenerator random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] data;
        try {
            data = cipher(Cipher.ENCRYPT_MODE, key, nonce, plain).doFinal(plain.toJson());
        } catch (GeneralSecurityException | ProviderException e) {
            throw unusable(plain.key(), key, e);
        }
        var content = LexMap.builder();
        plain.content().getLong("dueMillis").ifPresent(due -> content.put("dueMillis", due));
        content.put(
                FIELD,
                LexMap.builder()
                        .put("cipher", CIPHER)
                        .put("key", key.id())
                        .put("nonce", LexBytes.of(nonce))
                        .put("data", LexBytes.of(data))
                        .build());
        return SessionRecord.of(plain.key(), plain.version(), content.build());
    }

    /** Tells whether a record is sealed, however badly. */
    static boolean isOn(SessionRecord stored) {
        return stored.content().get(FIELD) != null;
    }

    /** Tells whether a record is sealed with a key. */
    static boolean isOf(SessionRecord stored, EncryptionKey key) {
        return stored.content()
                .getMap(FIELD)
                .flatMap(seal -> seal.getString("key"))
                .equals(Optional.of(key.id()));
    }

    /**
     * Opens a record.
     *
     * @throws StoreException of kind UNREADABLE if it is not sealed, or not so
     */
    static SessionRecord open(SessionRecord stored, EncryptionKeys keys) {
        if (!isOn(stored)) {
            throw unreadable(
                    stored.key(),
                    "it is not sealed. If it was written before this store was encrypted, end the programs that use it, "
                            + "and let EncryptedSessionStore.seal() seal what there is");
        }
        LexMap seal = stored.content().getMap(FIELD).orElse(LexMap.empty());
        byte[] nonce = bytes(stored, seal.get("nonce"));
        byte[] data = bytes(stored, seal.get("data"));
        String id = seal.getString("key").filter(EncryptionKey::isId).orElseThrow(() -> damaged(stored.key()));
        if (!seal.getString("cipher").equals(Optional.of(CIPHER))
                || nonce.length != NONCE_BYTES
                || data.length < TAG_BITS / 8) {
            throw damaged(stored.key());
        }
        EncryptionKey key = keys.find(id)
                .orElseThrow(() -> unreadable(
                        stored.key(),
                        "it is sealed with the key \"" + id + "\", which is not there. Add that key to the others"));
        byte[] json;
        try {
            json = cipher(Cipher.DECRYPT_MODE, key, nonce, stored).doFinal(data);
        } catch (AEADBadTagException e) {
            throw unreadable(
                    stored.key(),
                    "the key \"" + id
                            + "\" does not open it. It was changed, or comes from another account or version, or "
                            + "that key is not the one that has sealed it. If its key is lost, remove it and log in anew");
        } catch (GeneralSecurityException | ProviderException e) {
            throw unusable(stored.key(), key, e);
        }
        return SessionRecord.parse(stored.key(), json);
    }

    private static Cipher cipher(int mode, EncryptionKey key, byte[] nonce, SessionRecord record)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(envelope(record, key).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** Returns what a seal is bound to. None of it can hold a new line, so no two envelopes are written alike. */
    private static String envelope(SessionRecord record, EncryptionKey key) {
        return String.join(
                "\n",
                "atp4j sealed session",
                Long.toString(SessionRecord.FORMAT),
                CIPHER,
                key.id(),
                record.key().did().value(),
                record.key().slot(),
                Long.toString(record.version()),
                record.content().getLong("dueMillis").map(Object::toString).orElse("never"));
    }

    private static byte[] bytes(SessionRecord stored, @Nullable LexValue value) {
        if (value instanceof LexBytes bytes) {
            return bytes.value();
        }
        throw damaged(stored.key());
    }

    private static StoreException damaged(SessionKey key) {
        return unreadable(
                key,
                "it is not sealed in the form that this release knows; it was changed, or a newer release wrote it");
    }

    private static StoreException unreadable(SessionKey key, String why) {
        return new StoreException(
                StoreException.Kind.UNREADABLE,
                "the stored session of " + key + " cannot be read, and was left as it is: " + why,
                null);
    }

    private static StoreException unusable(SessionKey session, EncryptionKey key, Exception cause) {
        return new StoreException(
                StoreException.Kind.UNAVAILABLE,
                "the key \"" + key.id() + "\" cannot be used for the session of " + session + " (" + cause + ")",
                cause);
    }
}
