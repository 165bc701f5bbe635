// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.data.LexMap;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.syntax.Did;
import dev.atp4j.time.Time;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of the stores of this module that no other test goes up to. */
class StoreEdgesTest {

    private static final SessionKey ALICE = SessionKey.of(Did.parse("did:plc:alice"));
    private static final SessionKey BOB = SessionKey.of(Did.parse("did:plc:bob"));
    private static final SessionKey CAROL = SessionKey.of(Did.parse("did:plc:carol"));

    @TempDir
    private Path temporary;

    private final VirtualTime time = VirtualTime.stopped();

    private static SessionRecord record(SessionKey key, long version) {
        return SessionRecord.of(key, version, LexMap.builder().put("x", "y").build());
    }

    private static SessionRecord due(SessionKey key, long minutes) {
        return SessionRecord.of(
                key, 1, LexMap.builder().put("dueMillis", 60_000 * minutes).build());
    }

    private List<SessionStore> stores() {
        return List.of(
                new MemorySessionStore(time),
                FileSessionStore.in(temporary.resolve("plain")),
                EncryptedSessionStore.over(
                        (SessionStore) FileSessionStore.in(temporary.resolve("sealed")),
                        EncryptionKeys.of(EncryptionKey.of(new byte[32]))));
    }

    @Test
    void onlyASuccessorIsWritten() {
        for (SessionStore store : stores()) {
            assertThatThrownBy(() -> store.compareAndSet(ALICE, 1, record(ALICE, 3)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.compareAndSetNote(1, new StoredNote("count", 3, LexMap.empty())))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(store.compareAndSet(ALICE, 0, record(ALICE, 1))).isTrue();
            assertThatThrownBy(() -> store.compareAndSet(ALICE, 1, record(ALICE, 3)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("version 3 does not follow 1");
            assertThatThrownBy(() -> store.compareAndSet(ALICE, 1, record(BOB, 2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be written as");
            var note = new StoredNote("count", 1, LexMap.empty());
            assertThat(store.compareAndSetNote(0, note)).isTrue();
            assertThatThrownBy(() -> store.compareAndSetNote(1, new StoredNote("count", 3, LexMap.empty())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("version 3 does not follow 1");
            assertThat(store.compareAndSetNote(0, note)).as("there is one").isFalse();
            assertThat(store.compareAndSetNote(7, new StoredNote("count", 8, LexMap.empty())))
                    .isFalse();
            assertThat(store.compareAndSetNote(1, new StoredNote("count", 2, LexMap.empty())))
                    .isTrue();
        }
    }

    @Test
    void whatIsNotThereIsNotDeleted() {
        for (SessionStore store : stores()) {
            assertThat(store.compareAndDelete(ALICE, 0))
                    .as("nothing is no version")
                    .isFalse();
            store.compareAndSet(ALICE, 0, record(ALICE, 1));
            assertThat(store.compareAndDelete(ALICE, 2)).isFalse();
            assertThat(store.read(ALICE)).isPresent();
            assertThat(store.compareAndDelete(ALICE, 1)).isTrue();
            assertThat(store.read(ALICE)).isEmpty();
        }
    }

    @Test
    void whatIsDueLongestIsClaimedFirst() {
        var store = new MemorySessionStore(time);
        store.compareAndSet(ALICE, 0, due(ALICE, 3));
        store.compareAndSet(BOB, 0, due(BOB, 1));
        store.compareAndSet(CAROL, 0, due(CAROL, 2));
        time.advance(Duration.ofMinutes(2));
        assertThat(store.claimDue(9, Duration.ofHours(1)))
                .extracting(SessionRecord::key)
                .containsExactly(BOB, CAROL);
        time.advance(Duration.ofMinutes(1));
        assertThat(store.claimDue(9, Duration.ofHours(1)))
                .extracting(SessionRecord::key)
                .containsExactly(ALICE);
        time.advance(Duration.ofHours(1));
        assertThat(store.claimDue(2, Duration.ofHours(1)))
                .extracting(SessionRecord::key)
                .hasSize(2)
                .doesNotContain(ALICE);
    }

    /** A monotonic clock begins anywhere, and its sums and differences may overflow. */
    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 900_000_000_000L, (1L << 62) - 1_500_000_000_000L})
    void howeverManyAreDueTheOrderIsThatOfTheirTimes(long origin) {
        var store = new MemorySessionStore(new Time() {
            @Override
            public Instant now() {
                return time.now();
            }

            @Override
            public long nanos() {
                return origin + time.nanos();
            }

            @Override
            public Timer after(Duration delay, Runnable task) {
                return time.after(delay, task);
            }
        });
        List<SessionKey> order = IntStream.range(0, 30)
                .mapToObj(i -> new SessionKey(ALICE.did(), "slot-" + i * 7 % 30))
                .toList();
        for (int i = 0; i < order.size(); i++) {
            store.compareAndSet(order.get(i), 0, due(order.get(i), i));
        }
        time.advance(Duration.ofMinutes(30));
        assertThat(store.claimDue(30, Duration.ofHours(1)))
                .extracting(SessionRecord::key)
                .containsExactlyElementsOf(order);
    }

    @Test
    void aLeaseIsHeldUntilItIsClosed() {
        for (SessionStore store : stores()) {
            SessionStore.Lease lease = store.lease(ALICE, Duration.ZERO).orElseThrow();
            assertThat(lease.held()).isTrue();
            assertThat(store.lease(ALICE, Duration.ZERO)).isEmpty();
            lease.close();
            assertThat(lease.held()).isFalse();
            store.lease(ALICE, Duration.ZERO).orElseThrow().close();
        }
    }

    @Test
    void aStoreThatCannotWatchGivesAWatchAllTheSame() {
        // Of its methods only those that the interface itself has.
        var plain = (SessionStore) Proxy.newProxyInstance(
                SessionStore.class.getClassLoader(),
                new Class<?>[] {SessionStore.class},
                InvocationHandler::invokeDefault);
        plain.watch(new SessionStore.Watcher() {
                    @Override
                    public void changed(SessionKey key, long version) {}

                    @Override
                    public void missed() {}
                })
                .close();
        plain.close();
    }

    @Test
    void anEncryptedStoreShowsWhereItIsAndNoKey() {
        var store = EncryptedSessionStore.over(
                new MemorySessionStore(time), EncryptionKeys.of(EncryptionKey.of(new byte[32])));
        assertThat(store).hasToString("EncryptedSessionStore[MemorySessionStore[0 sessions]]");
    }

    @Test
    void theBitsOfAKeyAreNotLeftBehind() {
        byte[] copy = new byte[32];
        Arrays.fill(copy, (byte) 7);
        SecretKey key = new SecretKeySpec(copy, "AES") {
            private static final long serialVersionUID = 1;

            @Override
            public byte[] getEncoded() {
                return copy;
            }
        };
        EncryptionKey.of("mine", key);
        assertThat(copy).containsOnly(0);
    }

    @Test
    void theNameOfAKeyIsNoHashOfItsBitsAlone() throws Exception {
        byte[] bits = new byte[32];
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bits), 0, 8);
        assertThat(EncryptionKey.of(bits).id()).hasSize(16).isNotEqualTo(hash);
    }

    @Test
    void aFileOfKeysMayHave64KibibytesAndNoMore() throws Exception {
        Path file = Files.createFile(
                temporary.resolve("keys"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "#".repeat(1 << 16), StandardCharsets.ISO_8859_1);
        assertThat(KeyRing.readPrivate(file)).hasSize(1 << 16);
        Files.writeString(file, "#".repeat((1 << 16) + 1), StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> KeyRing.readPrivate(file)).hasMessageContaining("too large");
    }

    @Test
    void aFileMayHaveAMebibyteAndNoMore() throws Exception {
        PrivateFolder folder = PrivateFolder.open(temporary.resolve("folder"));
        byte[] most = new byte[1 << 20];
        folder.write("most", most);
        assertThat(folder.read("most").orElseThrow()).hasSameSizeAs(most);
        assertThatThrownBy(() -> folder.write("more", new byte[most.length + 1]))
                .hasMessageContaining("too large to be kept");
    }

    @Test
    void namesAreReadToTheirVeryEnd() {
        assertThat(RecordName.parse("did_plc_x=6.default")).isEmpty();
        assertThat(RecordName.of(SessionKey.of(Did.parse("did:web:az09.example"))))
                .isEqualTo("did_web_az09.example.default");
    }

    @ParameterizedTest
    @EnumSource(EndReason.class)
    void aLoginCuresWhatTheServerRefusedAndNothingThatSomebodyWanted(EndReason reason) {
        boolean wanted = reason == EndReason.LOGGED_OUT
                || reason == EndReason.ACCOUNT_DELETED
                || reason == EndReason.ACCOUNT_TAKEN_DOWN;
        assertThat(reason.curedByLogin()).isEqualTo(!wanted);
    }
}
