// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.store.EncryptedSessionStore;
import dev.atp4j.session.store.EncryptionKey;
import dev.atp4j.session.store.EncryptionKeys;
import dev.atp4j.session.store.MemorySessionStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.syntax.Did;
import java.util.Optional;

/**
 * Sealed sessions: whatever somebody writes in place of one, it opens as what was sealed or is {@link
 * StoreException.Kind#UNREADABLE}. Nobody without the key can make anything else of it.
 */
final class SealedTarget implements Target {

    private static final SessionKey KEY = SessionKey.of(Did.parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz"));
    private static final EncryptionKeys KEYS = EncryptionKeys.of(EncryptionKey.of(new byte[32]));
    private static final SessionRecord PLAIN = SessionRecord.of(
            KEY,
            1,
            LexMap.builder().put("dueMillis", 7).put("text", Must.SECRET).build());

    private final LexMap sealed = seal();

    @Override
    public void accept(byte[] input) {
        LexMap tree;
        try {
            tree = LexJson.parseMapLenient(input);
        } catch (DataException e) {
            flip(input);
            return;
        }
        open(tree);
        // A good seal on another envelope.
        open(tree.with("sealed", sealed.getMap("sealed").orElseThrow()));
        tree.getMap("sealed").ifPresent(part -> {
            LexMap mixed = sealed.getMap("sealed").orElseThrow();
            for (var field : part.fields().entrySet()) {
                open(sealed.with("sealed", mixed.with(field.getKey(), field.getValue())));
            }
        });
    }

    /** Changes bytes of the text of a good record. */
    private void flip(byte[] input) {
        byte[] json = LexJson.write(sealed);
        for (int i = 0; i + 1 < input.length && i < 64; i += 2) {
            json[(input[i] & 255) * json.length >> 8] ^= input[i + 1];
        }
        try {
            open(LexJson.parseMapLenient(json));
        } catch (DataException e) {
            // It is no JSON any more.
        }
    }

    private static LexMap seal() {
        var storage = new MemorySessionStore();
        EncryptedSessionStore.over(storage, KEYS).compareAndSet(KEY, 0, PLAIN);
        return storage.read(KEY).orElseThrow().content();
    }

    private static void open(LexMap content) {
        var storage = new MemorySessionStore();
        storage.compareAndSet(KEY, 0, SessionRecord.of(KEY, 1, content));
        read(storage, content);
        storage.compareAndSet(KEY, 1, SessionRecord.of(KEY, 2, content));
        read(storage, content);
    }

    private static void read(MemorySessionStore storage, LexMap content) {
        long version = storage.read(KEY).orElseThrow().version();
        try {
            Optional<SessionRecord> opened =
                    EncryptedSessionStore.over(storage, KEYS).read(KEY);
            Must.agree(
                    opened.map(SessionRecord::content),
                    Optional.of(PLAIN.content()),
                    "what is opened and what was sealed");
            Must.agree(version, PLAIN.version(), "the version that is opened and that was sealed");
            Must.agree(
                    content.getLong("dueMillis"),
                    PLAIN.content().getLong("dueMillis"),
                    "when it is due, outside and inside");
        } catch (StoreException e) {
            Must.agree(e.kind(), StoreException.Kind.UNREADABLE, "what is wrong with a sealed record");
            Must.hide(e);
        }
    }
}
