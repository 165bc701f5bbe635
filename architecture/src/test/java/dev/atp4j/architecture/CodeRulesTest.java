// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules that hold in every class outside the tests. */
class CodeRulesTest {

    /** Ways to the machine's clocks, and to sleep. */
    private static final Map<String, Set<String>> CLOCKS = Map.of(
            "java.lang.System", Set.of("currentTimeMillis", "nanoTime"),
            "java.lang.Thread", Set.of("sleep"),
            "java.util.concurrent.TimeUnit", Set.of("sleep"),
            "java.time.Instant", Set.of("now"),
            "java.time.LocalDate", Set.of("now"),
            "java.time.LocalDateTime", Set.of("now"),
            "java.time.OffsetDateTime", Set.of("now"),
            "java.time.ZonedDateTime", Set.of("now"),
            "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"));

    /** The two that the library's time comes from: the machine's, and the one that a test can move. */
    private static final Set<String> TIMEPIECES = Set.of("dev.atp4j.time.SystemTime", "dev.atp4j.pds.VirtualTime");

    private static final Pattern SECRET_NAME =
            Pattern.compile(".*(jwt|token|password|passphrase|secret).*", Pattern.CASE_INSENSITIVE);

    /** Text fields whose name speaks of a secret without holding one, each with the reason. */
    private static final Map<String, String> NO_SECRETS = Map.of(
            "dev.atp4j.pds.Accounts$RefreshToken.appPassword", "the name that its owner gave it",
            "dev.atp4j.pds.server.Registry$Live.appPassword", "the name that its owner gave it",
            "dev.atp4j.pds.server.RefreshTokens$Row.appPassword", "the name that its owner gave it",
            "dev.atp4j.pds.server.AccountRow.appPasswords", "keyed by name",
            "dev.atp4j.pds.server.Call$Credentials.tokenId", "names a token, and cannot be used as one",
            "dev.atp4j.pds.Journal$Entry.tokenHash", "tells tokens apart, and cannot be used as one");

    @Test
    void timeComesFromOnePlaceOnly() {
        assertThat(House.classes().stream()
                        .filter(c -> !TIMEPIECES.contains(c.getName()))
                        .flatMap(c -> c.getCodeUnitCallsFromSelf().stream())
                        .filter(CodeRulesTest::readsClock)
                        .map(JavaCall::getDescription))
                .isEmpty();
    }

    private static boolean readsClock(JavaCall<?> call) {
        return CLOCKS.getOrDefault(call.getTargetOwner().getName(), Set.of())
                        .contains(call.getTarget().getName())
                || call.getTargetOwner().getName().equals("java.util.Date")
                        && call.getTarget().getName().equals("<init>")
                        && call.getTarget().getRawParameterTypes().isEmpty();
    }

    @Test
    void noMethodIsSynchronized() {
        assertThat(House.classes().stream()
                        .flatMap(c -> c.getMethods().stream())
                        .filter(m -> m.getModifiers().contains(JavaModifier.SYNCHRONIZED))
                        .map(m -> m.getFullName()))
                .isEmpty();
    }

    @Test
    void noBlockIsSynchronized() {
        assertThat(House.files(".java").stream()
                        .filter(file -> file.toString().contains("src/main/"))
                        .filter(file -> House.text(file).contains("synchronized" + " (")))
                .isEmpty();
    }

    @Test
    @Tag("security")
    void secretsAreKeptInSecret() {
        assertThat(House.classes().stream()
                        .flatMap(c -> c.getFields().stream())
                        .filter(CodeRulesTest::isTextField)
                        .filter(field -> SECRET_NAME.matcher(field.getName()).matches())
                        .map(JavaField::getFullName)
                        .filter(name -> !NO_SECRETS.containsKey(name)))
                .isEmpty();
    }

    /** Constants are compiled in, so they cannot be secrets. */
    private static boolean isTextField(JavaField field) {
        boolean constant = field.getModifiers().contains(JavaModifier.STATIC)
                && field.getModifiers().contains(JavaModifier.FINAL);
        return !constant
                && field.getAllInvolvedRawTypes().stream()
                        .map(type -> type.getBaseComponentType().getName())
                        .anyMatch(type -> type.equals("java.lang.String") || type.equals("char"));
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(House.classes().stream()
                        .map(JavaClass::getPackage)
                        .filter(p -> p.tryGetPackageInfo()
                                .filter(info -> info.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                                .isEmpty())
                        .map(JavaPackage::getName)
                        .distinct())
                .isEmpty();
    }

    @Test
    void exceptionsHaveTheFamilyRoot() {
        assertThat(House.classes().stream()
                        .filter(c -> c.isAssignableTo(Throwable.class))
                        .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(c -> !c.isAssignableTo("dev.atp4j.AtpException"))
                        .filter(c -> !c.isAssignableTo(IllegalArgumentException.class))
                        .map(JavaClass::getName))
                .isEmpty();
    }
}
