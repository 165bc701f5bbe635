// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.session.kernel.StateJson;
import dev.atp4j.session.kernel.Status;
import dev.atp4j.session.store.EncryptedSessionStore;
import dev.atp4j.session.store.EncryptionKey;
import dev.atp4j.session.store.EncryptionKeys;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of a session whose store is encrypted. */
@Timeout(120)
@Tag("security")
class EncryptedSessionTest {

    private static final EncryptionKey OLD = EncryptionKey.of(new byte[32]);
    private static final EncryptionKey NEW =
            EncryptionKey.of("thirty-two-bytes-of-no-chance-at".getBytes(StandardCharsets.US_ASCII));

    @TempDir
    Path folder;

    private SessionStore store(EncryptionKey current, EncryptionKey... older) {
        return EncryptedSessionStore.over(
                FileSessionStore.in(folder.resolve("sessions")), EncryptionKeys.of(current, older));
    }

    @Test
    void noFileShowsTokensNamesOrAddresses() throws IOException {
        try (World world = World.together()) {
            PasswordSession session = world.process().store(store(OLD)).build().login(world.asAlice());
            for (int i = 0; i < 3; i++) {
                SessionData data = session.data();
                assertNoFileShows(
                        data.accessJwt().expose(),
                        data.refreshJwt().expose(),
                        "refreshJwt",
                        "alice.test",
                        "@",
                        World.PASSWORD,
                        world.pds.url().toString());
                world.time.advance(Duration.ofMinutes(30));
                session.refresh();
            }
            session.logout();
            assertNoFileShows("LOGGED_OUT", "alice.test", "refreshJwt");
        }
    }

    private void assertNoFileShows(String... texts) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("sessions"))) {
            assertThat(files.toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain(texts));
        }
    }

    @Test
    void aSessionThatRunsOutlivesTheChangeOfItsKey() {
        try (World world = World.together()) {
            PasswordSession first = world.process().store(store(OLD)).build().login(world.asAlice());
            // All are given the new key, then all seal with it, then what is left is sealed anew.
            PasswordSession running = world.sibling(world.process().store(store(OLD, NEW)));
            PasswordSession next = world.sibling(world.process().store(store(NEW, OLD)));
            first.close();
            assertThat(read(running).status()).isEqualTo(200);
            var pass = EncryptedSessionStore.over(
                            FileSessionStore.in(folder.resolve("sessions")), EncryptionKeys.of(NEW, OLD))
                    .reseal();
            assertThat(pass.rewritten()).isEqualTo(1);

            world.time.advance(Duration.ofHours(3));
            assertThat(read(running).status()).isEqualTo(200);
            assertThat(read(next).status()).isEqualTo(200);
            next.refresh();
            assertThat(read(running).status()).isEqualTo(200);

            PasswordSession last = world.sibling(world.process().store(store(NEW)));
            assertThat(read(last).status()).isEqualTo(200);
            last.logout();
            assertThat(StateJson.read(store(NEW).read(world.key()).orElseThrow())
                            .status())
                    .isEqualTo(Status.LOGGED_OUT);
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @Test
    void aProgramWithoutTheKeyDestroysNothing() {
        try (World world = World.together()) {
            PasswordSession session = world.process().store(store(OLD)).build().login(world.asAlice());
            for (SessionStore wrong :
                    new SessionStore[] {store(NEW), FileSessionStore.in(folder.resolve("sessions"))}) {
                Sessions program = world.process().store(wrong).build();
                var e = catchThrowableOfType(StoreException.class, () -> program.resume(world.key(), Resume.LAZY));
                assertThat(e.kind()).isEqualTo(StoreException.Kind.UNREADABLE);
                assertThat(catchThrowableOfType(StoreException.class, () -> program.login(world.asAlice())))
                        .hasMessageContaining("cannot be read");
            }
            world.time.advance(Duration.ofHours(3));
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(session.destroyed()).isFalse();
        }
    }
}
