// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("security")
class EncryptionKeysTest {

    private static final String ONE = text(1);
    private static final String TWO = text(2);

    @TempDir
    private Path temporary;

    // Keys

    @Test
    void theNameOfAKeyIsTheSameEverywhereAndDoesNotGiveItAway() {
        EncryptionKey key = EncryptionKey.of(bits(1));
        assertThat(key.id()).isEqualTo(EncryptionKey.of(bits(1)).id()).matches("[0-9a-f]{16}");
        assertThat(key.id()).isNotEqualTo(EncryptionKey.of(bits(2)).id());
        assertThat(key).hasToString("EncryptionKey[" + key.id() + "]");
    }

    @Test
    void aKeyHas256Bits() {
        assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKey.of(new byte[16]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EncryptionKey.of("k", new SecretKeySpec(new byte[16], "AES")))
                .withMessageContaining("AES of 16 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EncryptionKey.of("k", new SecretKeySpec(new byte[32], "HmacSHA256")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EncryptionKey.of("two\nlines", new SecretKeySpec(bits(1), "AES")));
    }

    @Test
    void aKeyInADeviceIsBelieved() {
        assertThat(EncryptionKey.of("device", new DeviceKey()).id()).isEqualTo("device");
    }

    @Test
    void twoKeysOfOneNameAreAMistake() {
        EncryptionKey key = EncryptionKey.of(bits(1));
        assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKeys.of(key, key));
    }

    // As text

    @Test
    void theFirstKeySealsAndAllOpen() {
        for (String text :
                List.of(ONE + " " + TWO, ONE + "," + TWO, "\n" + ONE + "\r\n" + TWO + "\n", ONE + ", " + TWO)) {
            EncryptionKeys keys = KeyRing.parse(text, "a test");
            EncryptionKey one = EncryptionKey.of(bits(1));
            EncryptionKey two = EncryptionKey.of(bits(2));
            assertThat(keys.current().id()).isEqualTo(one.id());
            assertThat(keys.find(one.id())).isPresent();
            assertThat(keys.find(two.id())).isPresent();
            assertThat(keys.find("another")).isEmpty();
            assertThat(keys).hasToString("EncryptionKeys[" + one.id() + ", " + two.id() + "]");
        }
    }

    @Test
    void whatIsNoKeyIsNotQuoted() {
        String shortOne = Base64.getEncoder().encodeToString("a-secret-that-is-short".getBytes(StandardCharsets.UTF_8));
        assertUnsafe(() -> KeyRing.parse(ONE + " " + shortOne, "a test"), "entry 2 in a test is no key");
        assertUnsafe(() -> KeyRing.parse("a-secret-that-is-no-base64!", "a test"), "entry 1 in a test is no key");
        assertUnsafe(() -> KeyRing.parse(ONE + " " + ONE, "a test"), "twice in a test");
        assertUnsafe(() -> KeyRing.parse(" \n", "a test"), "no key in a test", "openssl rand -base64 32");
        assertUnsafe(
                () -> EncryptionKeys.fromEnvironment("ATP4J_TEST_NOT_SET"),
                "no key in the environment variable ATP4J_TEST_NOT_SET");
    }

    // In a file

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileOfKeysIsItsUsersOwn() throws IOException {
        Path file = privateFile("key", TWO + "\n");
        assertThat(EncryptionKeys.fromFile(file).current().id())
                .isEqualTo(EncryptionKey.of(bits(2)).id());

        for (String mode : List.of("rw-r-----", "rw----r--", "rw-rw-rw-")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertUnsafe(() -> EncryptionKeys.fromFile(file), file + " is open to other users", "chmod 600");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        Path link = Files.createSymbolicLink(temporary.resolve("mounted"), file);
        assertThat(EncryptionKeys.fromFile(link).current()).isNotNull();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        assertUnsafe(() -> EncryptionKeys.fromFile(link), "is open to other users");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whatIsNoFileOfKeysIsRefused() throws IOException {
        assertUnsafe(() -> EncryptionKeys.fromFile(temporary), temporary + " is no file");
        assertUnsafe(
                () -> EncryptionKeys.fromFile(privateFile("empty", "")), "no key in " + temporary.resolve("empty"));
        assertUnsafe(() -> EncryptionKeys.fromFile(privateFile("binary", "\u0000\u00ff\u00fea-secret")), "entry 1 in");
        var e = catchThrowableOfType(StoreException.class, () -> EncryptionKeys.fromFile(temporary.resolve("nowhere")));
        assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);

        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Path others = privateFile("others", ONE);
        Files.setOwner(
                others, others.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        assertUnsafe(() -> EncryptionKeys.fromFile(others), " belongs to nobody");
    }

    private Path privateFile(String name, String content) throws IOException {
        Path file = Files.createFile(
                temporary.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    }

    // In a key store

    @Test
    void anAliasOfAKeyStoreIsTheNameOfItsKey() throws Exception {
        char[] password = "a-secret-password".toCharArray();
        var guard = new KeyStore.PasswordProtection(password);
        KeyStore made = KeyStore.getInstance("PKCS12");
        made.load(null, password);
        made.setEntry("2025", new KeyStore.SecretKeyEntry(new SecretKeySpec(bits(1), "AES")), guard);
        made.setEntry("2026", new KeyStore.SecretKeyEntry(new SecretKeySpec(bits(2), "AES")), guard);
        made.setEntry("short", new KeyStore.SecretKeyEntry(new SecretKeySpec(new byte[16], "AES")), guard);
        Path file = temporary.resolve("keys.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            made.store(out, password);
        }
        KeyStore read = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            read.load(in, password);
        }

        EncryptionKeys keys = EncryptionKeys.fromKeyStore(read, password, "2026");
        assertThat(keys.current().id()).isEqualTo("2026");
        assertThat(keys.current().key().getEncoded()).isEqualTo(bits(2));
        assertThat(keys.find("2025").orElseThrow().key().getEncoded()).isEqualTo(bits(1));
        assertThat(keys.find("2024")).isEmpty();
        assertUnsafe(() -> keys.find("short"), "\"short\"", "16 bytes");
        assertUnsafe(
                () -> EncryptionKeys.fromKeyStore(read, password, "2024"), "no key \"2024\"", "keytool -genseckey");
        assertUnsafe(
                () -> EncryptionKeys.fromKeyStore(read, "a-secret-mistake".toCharArray(), "2026"),
                "\"2026\" of the key store cannot be used");
        assertThat(keys).hasToString("EncryptionKeys[2026, in a key store]");
    }

    private static void assertUnsafe(Callable<?> use, String... message) {
        var e = catchThrowableOfType(StoreException.class, use::call);
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(StoreException.Kind.UNSAFE);
        assertThat(e).hasMessageContainingAll(message);
        assertThat(e.toString()).doesNotContain("a-secret").doesNotContain(ONE);
    }

    private static String text(int seed) {
        return Base64.getEncoder().encodeToString(bits(seed));
    }

    private static byte[] bits(int seed) {
        byte[] bits = new byte[32];
        Arrays.fill(bits, (byte) (seed * 37));
        return bits;
    }
}
