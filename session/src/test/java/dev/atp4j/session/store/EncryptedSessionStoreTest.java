// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.data.LexBytes;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.kernel.StateJson;
import dev.atp4j.syntax.Did;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("security")
class EncryptedSessionStoreTest {

    private static final SessionKey ALICE = SessionKey.of(Did.parse("did:plc:alice"));
    private static final SessionKey BOB = SessionKey.of(Did.parse("did:plc:bob"));
    private static final String SECRET = "a-secret-that-nobody-may-see";

    private static final EncryptionKey FIRST = EncryptionKey.of(bits(1));
    private static final EncryptionKey SECOND = EncryptionKey.of(bits(2));

    @TempDir
    private Path temporary;

    private final VirtualTime time = VirtualTime.stopped();

    /** What the storage holds, as somebody sees it who has come to its bytes. */
    private final MemorySessionStore bytes = new MemorySessionStore(time);

    private final EncryptedSessionStore.Claiming store = EncryptedSessionStore.over(bytes, EncryptionKeys.of(FIRST));

    // What is stored

    @Test
    void theEnvelopeStaysReadableAndNothingElse() {
        SessionRecord plain = record(ALICE, 1, "v1");
        assertThat(store.compareAndSet(ALICE, 0, plain)).isTrue();
        SessionRecord stored = stored(ALICE);
        assertThat(stored.content().fields().keySet())
                .containsExactly("format", "did", "slot", "version", "dueMillis", "sealed");
        assertThat(stored.due()).contains(Duration.ofMinutes(5));
        assertThat(new String(stored.toJson(), StandardCharsets.ISO_8859_1))
                .doesNotContain(SECRET, "refreshJwt", "mark");
        assertThat(store.read(ALICE).orElseThrow().content()).isEqualTo(plain.content());
    }

    @Test
    void noTwoWritesLookAlike() {
        for (long version = 1; version <= 50; version++) {
            store.compareAndSet(ALICE, version - 1, record(ALICE, version, "same"));
            store.compareAndSet(BOB, version - 1, record(BOB, version, "same"));
        }
        List<LexValue> nonces = new ArrayList<>();
        for (long version = 51; version <= 100; version++) {
            store.compareAndSet(ALICE, version - 1, record(ALICE, version, "same"));
            nonces.add(seal(stored(ALICE)).get("nonce"));
        }
        assertThat(nonces).doesNotHaveDuplicates();
    }

    @Test
    void aProgramWithoutTheKeysTakesASealedRecordForNoSession() {
        store.compareAndSet(ALICE, 0, record(ALICE, 1, "v1"));
        var e = catchThrowableOfType(StoreException.class, () -> StateJson.read(stored(ALICE)));
        assertThat(e.kind()).isEqualTo(StoreException.Kind.UNREADABLE);
    }

    // Damage on purpose

    @Test
    void aChangeOfAnyByteIsNoticed() {
        store.compareAndSet(ALICE, 0, record(ALICE, 1, "v1"));
        SessionRecord plain = store.read(ALICE).orElseThrow();
        byte[] whole = stored(ALICE).toJson();
        int noticed = 0;
        for (int i = 0; i < whole.length; i++) {
            for (int flip : new int[] {1, 2, 4, 8, 16, 32, 64}) {
                byte[] changed = whole.clone();
                changed[i] ^= (byte) flip;
                try {
                    SessionRecord opened = Seal.open(SessionRecord.parse(ALICE, changed), EncryptionKeys.of(FIRST));
                    // Such as the last bits of base64, which mean nothing.
                    assertThat(opened.content()).as("byte %d", i).isEqualTo(plain.content());
                } catch (StoreException e) {
                    assertThat(e.kind()).isEqualTo(StoreException.Kind.UNREADABLE);
                    noticed++;
                }
            }
        }
        assertThat(noticed).isGreaterThan(7 * (whole.length - 8));
    }

    @Test
    void aChangeOfAnyFieldIsNoticedAndTheRecordIsLeftAlone() {
        store.compareAndSet(ALICE, 0, record(ALICE, 1, "v1"));
        SessionRecord whole = stored(ALICE);
        LexMap seal = seal(whole);
        List<LexMap> changes = new ArrayList<>(List.of(
                whole.content().with("dueMillis", new LexInteger(1)),
                whole.content().without("dueMillis"),
                whole.content().without("sealed"),
                whole.content().with("sealed", new LexString("broken")),
                whole.content().with("sealed", LexMap.empty()),
                whole.content().with("sealed", seal.with("key", new LexString("no name\nat all"))),
                whole.content().with("sealed", seal.with("key", new LexString("another"))),
                whole.content().with("sealed", seal.with("cipher", new LexString("none"))),
                whole.content().with("sealed", seal.with("nonce", LexBytes.of(new byte[12]))),
                whole.content().with("sealed", seal.with("nonce", LexBytes.of(new byte[0]))),
                whole.content().with("sealed", seal.with("data", LexBytes.of(new byte[0]))),
                whole.content().with("sealed", seal.with("data", LexBytes.of(new byte[100])))));
        for (String field : seal.fields().keySet()) {
            changes.add(whole.content().with("sealed", seal.without(field)));
        }
        long version = 1;
        for (LexMap change : changes) {
            put(SessionRecord.of(ALICE, ++version, change));
            assertUnreadable(version);
        }
        // Nothing was lost: what was changed can be changed back.
        bytes.compareAndDelete(ALICE, version);
        put(whole);
        assertThat(store.read(ALICE)).isPresent();
    }

    @Test
    void aRecordFitsNoOtherAccountSlotOrVersion() {
        store.compareAndSet(ALICE, 0, record(ALICE, 1, "v1"));
        LexMap alices = stored(ALICE).content();
        for (SessionKey other : List.of(BOB, new SessionKey(ALICE.did(), "other"))) {
            put(SessionRecord.of(other, 1, alices));
            var e = catchThrowableOfType(StoreException.class, () -> store.read(other));
            assertThat(e.kind()).isEqualTo(StoreException.Kind.UNREADABLE);
            assertThat(e).hasMessageContaining("does not open it");
        }
        put(SessionRecord.of(ALICE, 2, alices));
        assertUnreadable(2);
    }

    /** To notice that, one would need a place that the storage's owner cannot write to. */
    @Test
    void aWholeRecordAsItOnceWasCannotBeToldFromTheNewest() {
        store.compareAndSet(ALICE, 0, record(ALICE, 1, "v1"));
        SessionRecord first = stored(ALICE);
        store.compareAndSet(ALICE, 1, record(ALICE, 2, "v2"));
        bytes.compareAndDelete(ALICE, 2);
        put(first);
        assertThat(store.read(ALICE).orElseThrow().content().getString("mark")).contains("v1");
    }

    // Keys

    @Test
    void whatAnOlderKeyHasSealedIsReadAndWrittenWithTheNewOne() {
        store.compareAndSet(ALICE, 0, record(ALICE, 1, "v1"));
        store.compareAndSet(BOB, 0, record(BOB, 1, "v1"));
        EncryptedSessionStore both = EncryptedSessionStore.over(bytes, EncryptionKeys.of(SECOND, FIRST));
        assertThat(both.read(ALICE)).isPresent();
        assertThat(both.compareAndSet(ALICE, 1, record(ALICE, 2, "v2"))).isTrue();
        assertThat(seal(stored(ALICE)).getString("key")).contains(SECOND.id());
        assertThat(both.read(BOB)).isPresent();
        assertThat(seal(stored(BOB)).getString("key")).contains(FIRST.id());
        assertUnreadable(2); // by a process that has not been given the new key
    }

    @Test
    void aMissingKeyIsNamed() {
        EncryptedSessionStore.over(bytes, EncryptionKeys.of(SECOND)).compareAndSet(ALICE, 0, record(ALICE, 1, "v1"));
        assertUnreadable(1);
        assertThat(catchThrowableOfType(StoreException.class, () -> store.read(ALICE)))
                .hasMessageContainingAll("is sealed with the key \"" + SECOND.id() + "\"", "Add that key");
    }

    @Test
    void aWrongKeyOfTheRightNameOpensNothing() {
        EncryptionKey right = EncryptionKey.of("2026", new SecretKeySpec(bits(1), "AES"));
        EncryptionKey wrong = EncryptionKey.of("2026", new SecretKeySpec(bits(2), "AES"));
        EncryptedSessionStore.over(bytes, EncryptionKeys.of(right)).compareAndSet(ALICE, 0, record(ALICE, 1, "v1"));
        EncryptedSessionStore mistaken = EncryptedSessionStore.over(bytes, EncryptionKeys.of(wrong));
        var e = catchThrowableOfType(StoreException.class, () -> mistaken.read(ALICE));
        assertThat(e.kind()).isEqualTo(StoreException.Kind.UNREADABLE);
        assertThat(e).hasMessageContaining("key \"2026\" does not open it");
    }

    @Test
    void aPassSealsWithTheNewKeyWhatOlderOnesHaveSealed() {
        store.compareAndSet(ALICE, 0, record(ALICE, 1, "v1"));
        EncryptedSessionStore both = EncryptedSessionStore.over(bytes, EncryptionKeys.of(SECOND, FIRST));
        both.compareAndSet(BOB, 0, record(BOB, 1, "v1"));
        SessionKey plain = new SessionKey(BOB.did(), "plain");
        put(record(plain, 1, "v1"));

        EncryptedSessionStore.Pass pass = both.reseal();
        assertThat(pass).isEqualTo(new EncryptedSessionStore.Pass(1, 1, List.of(plain)));
        assertThat(stored(plain).content().getString("mark")).contains("v1");
        EncryptedSessionStore second = EncryptedSessionStore.over(bytes, EncryptionKeys.of(SECOND));
        SessionRecord alices = second.read(ALICE).orElseThrow();
        assertThat(alices.version()).isEqualTo(2);
        assertThat(alices.content()).isEqualTo(record(ALICE, 2, "v1").content());
        assertThat(second.read(BOB).orElseThrow().version()).isEqualTo(1);
        assertThat(both.reseal()).isEqualTo(new EncryptedSessionStore.Pass(0, 2, List.of(plain)));
    }

    @Test
    void aPassSealsWhatLiesInThePlainIfThatIsAskedFor() {
        put(record(ALICE, 1, "v1"));
        put(record(BOB, 1, "v1"));
        assertUnreadable(1);
        assertThat(catchThrowableOfType(StoreException.class, () -> store.read(ALICE)))
                .hasMessageContainingAll("is not sealed", "EncryptedSessionStore.seal()");

        SessionKey damaged = new SessionKey(BOB.did(), "damaged");
        put(SessionRecord.of(
                damaged, 1, LexMap.builder().put("sealed", "broken").build()));
        assertThat(store.seal()).isEqualTo(new EncryptedSessionStore.Pass(2, 0, List.of(damaged)));
        for (SessionKey key : List.of(ALICE, BOB)) {
            assertThat(store.read(key).orElseThrow().content())
                    .isEqualTo(record(key, 2, "v1").content());
            assertThat(new String(stored(key).toJson(), StandardCharsets.ISO_8859_1))
                    .doesNotContain(SECRET);
        }
        assertThat(stored(damaged).version()).isEqualTo(1);
        assertThat(store.seal()).isEqualTo(new EncryptedSessionStore.Pass(0, 2, List.of(damaged)));
    }

    @Test
    void aPassDoesNotOverwriteWhatOthersWriteMeanwhile() {
        store.compareAndSet(ALICE, 0, record(ALICE, 1, "v1"));
        EncryptionKeys both = meanwhile(() -> store.compareAndSet(ALICE, 1, record(ALICE, 2, "v2")));
        assertThat(EncryptedSessionStore.over(bytes, both).reseal().rewritten()).isEqualTo(1);
        SessionRecord last = EncryptedSessionStore.over(bytes, both).read(ALICE).orElseThrow();
        assertThat(last.content()).isEqualTo(record(ALICE, 3, "v2").content());
    }

    @Test
    void aPassGoesOnIfARecordIsRemovedMeanwhile() {
        store.compareAndSet(ALICE, 0, record(ALICE, 1, "v1"));
        store.compareAndSet(BOB, 0, record(BOB, 1, "v1"));
        SessionKey last = bytes.keys().toList().get(1);
        EncryptionKeys both = meanwhile(() -> store.compareAndDelete(last, 1));
        assertThat(EncryptedSessionStore.over(bytes, both).reseal())
                .isEqualTo(new EncryptedSessionStore.Pass(1, 1, List.of()));
    }

    @Test
    void whatSomebodyWithOtherKeysWritesMeanwhileIsNotOverwrittenUnread() {
        SessionRecord foreign = Seal.close(record(ALICE, 2, "v2"), EncryptionKey.of(bits(3)), new Random(1));
        store.compareAndSet(ALICE, 0, record(ALICE, 1, "v1"));
        EncryptionKeys keys = meanwhile(() -> bytes.compareAndSet(ALICE, 1, foreign));
        assertThat(EncryptedSessionStore.over(bytes, keys).compareAndSet(ALICE, 2, record(ALICE, 3, "v3")))
                .isFalse();
        assertThat(stored(ALICE)).isSameAs(foreign);
    }

    /** The second key and the first; while they are asked for the first time, somebody else does something to the store. */
    private static EncryptionKeys meanwhile(BooleanSupplier somebodyElse) {
        EncryptionKeys both = EncryptionKeys.of(SECOND, FIRST);
        return new EncryptionKeys() {
            private boolean asked;

            private void ask() {
                if (!asked) {
                    asked = true;
                    assertThat(somebodyElse.getAsBoolean()).isTrue();
                }
            }

            @Override
            public EncryptionKey current() {
                ask();
                return both.current();
            }

            @Override
            public Optional<EncryptionKey> find(String id) {
                ask();
                return both.find(id);
            }
        };
    }

    @Test
    void aKeyThatCannotBeUsedIsNamedAndTheRecordIsAsItWas() {
        store.compareAndSet(ALICE, 0, record(ALICE, 1, "v1"));
        SessionRecord before = stored(ALICE);
        EncryptionKey lost = EncryptionKey.of(FIRST.id(), new DeviceKey());
        var device = EncryptedSessionStore.over(bytes, EncryptionKeys.of(lost));
        for (Callable<?> use : List.<Callable<?>>of(
                () -> device.read(ALICE),
                () -> device.compareAndSet(ALICE, 1, record(ALICE, 2, "v2")),
                () -> device.compareAndSet(BOB, 0, record(BOB, 1, "v1")))) {
            var e = catchThrowableOfType(StoreException.class, use::call);
            assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
            assertThat(e).hasMessageContaining("key \"" + FIRST.id() + "\" cannot be used");
        }
        assertThat(stored(ALICE)).isSameAs(before);
        assertThat(bytes.read(BOB)).isEmpty();
    }

    // What is due

    @Test
    void whatIsDueIsOpenedAndWhatCannotBeIsLeftOut() {
        store.compareAndSet(ALICE, 0, record(ALICE, 1, "v1"));
        put(record(BOB, 1, "v1"));
        time.advance(Duration.ofMinutes(5));
        List<SessionRecord> claimed = store.claimDue(10, Duration.ofMinutes(1));
        assertThat(claimed)
                .singleElement()
                .satisfies(record -> assertThat(record.content())
                        .isEqualTo(record(ALICE, 1, "v1").content()));
        assertThat(store.claimDue(10, Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void whatItEncryptsDecidesWhetherItCanDivideWhatIsDue() {
        SessionStore claiming = bytes;
        assertThat(EncryptedSessionStore.over(claiming, EncryptionKeys.of(FIRST)))
                .isInstanceOf(ClaimingStore.class);
        SessionStore plain = FileSessionStore.in(temporary.resolve("sessions"));
        assertThat(EncryptedSessionStore.over(plain, EncryptionKeys.of(FIRST))).isNotInstanceOf(ClaimingStore.class);
    }

    // Secrecy

    @Test
    void noKeyIsShown() {
        EncryptedSessionStore.over(bytes, EncryptionKeys.of(SECOND)).compareAndSet(ALICE, 0, record(ALICE, 1, "v1"));
        var trace = new StringWriter();
        catchThrowableOfType(StoreException.class, () -> store.read(ALICE)).printStackTrace(new PrintWriter(trace));
        String shown = trace + store.toString() + FIRST + EncryptionKeys.of(FIRST, SECOND);
        for (EncryptionKey key : List.of(FIRST, SECOND)) {
            byte[] bits = key.key().getEncoded();
            assertThat(shown)
                    .doesNotContain(Base64.getEncoder().encodeToString(bits))
                    .doesNotContain(HexFormat.of().formatHex(bits))
                    .doesNotContain(Arrays.toString(bits));
        }
        assertThat(shown).doesNotContain(SECRET);
    }

    // Tools

    private SessionRecord stored(SessionKey key) {
        return bytes.read(key).orElseThrow();
    }

    private static LexMap seal(SessionRecord stored) {
        return stored.content().getMap("sealed").orElseThrow();
    }

    private void put(SessionRecord stored) {
        assertThat(bytes.compareAndSet(stored.key(), stored.version() - 1, stored))
                .isTrue();
    }

    /** Nobody reads Alice's record, and nobody overwrites or deletes it. */
    private void assertUnreadable(long version) {
        SessionRecord before = stored(ALICE);
        for (Callable<?> access : List.<Callable<?>>of(
                () -> store.read(ALICE),
                () -> store.compareAndSet(ALICE, 0, record(ALICE, 1, "new")),
                () -> store.compareAndSet(ALICE, version, record(ALICE, version + 1, "new")),
                () -> store.compareAndDelete(ALICE, version))) {
            var e = catchThrowableOfType(StoreException.class, access::call);
            assertThat(e).isNotNull();
            assertThat(e.kind()).isEqualTo(StoreException.Kind.UNREADABLE);
            assertThat(e).hasMessageContaining("left as it is").hasMessageNotContaining(SECRET);
        }
        assertThat(stored(ALICE)).isSameAs(before);
    }

    private static SessionRecord record(SessionKey key, long version, String mark) {
        return SessionRecord.of(
                key,
                version,
                LexMap.builder()
                        .put("dueMillis", 300_000)
                        .put("mark", mark)
                        .put("refreshJwt", SECRET)
                        .build());
    }

    private static byte[] bits(int seed) {
        byte[] bits = new byte[32];
        Arrays.fill(bits, (byte) (seed * 37));
        return bits;
    }
}
