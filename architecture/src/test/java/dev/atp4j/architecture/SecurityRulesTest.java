// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What shipped code never does, or in few places that are known. A new place is a reason to think, and then to write it down. */
@Tag("security")
class SecurityRulesTest {

    @Test
    void noXmlIsRead() {
        // So there are no external entities.
        assertThat(users(type -> startsWith(type, "javax.xml.", "org.xml.", "org.w3c.dom.", "java.beans.")))
                .isEmpty();
    }

    @Test
    void noObjectIsMadeOfForeignBytesAndNoForeignCodeIsLoaded() {
        assertThat(users(type -> startsWith(type, "java.io.ObjectInput", "javax.script.", "java.rmi.")))
                .isEmpty();
        assertThat(users(type -> type.equals("java.net.URLClassLoader")))
                .containsOnly("dev.atp4j.lexicon.maven.LintMojo"); // looks for documents, and loads no class
        assertThat(callers("java.lang.Class", "forName")).isEmpty();
        assertThat(callers("java.lang.ClassLoader", "loadClass")).isEmpty();
    }

    @Test
    void namingServicesAreAskedForTextsOnly() {
        assertThat(users(type -> startsWith(type, "javax.naming."))).containsOnly("dev.atp4j.identity.JndiTxtLookup");
    }

    @Test
    void otherProgramsAreStartedInOnePlace() {
        assertThat(callers("java.lang.ProcessBuilder", "start")).containsOnly("dev.atp4j.lexicon.source.GitSource");
        assertThat(callers("java.lang.Runtime", "exec")).isEmpty();
    }

    @Test
    void whomToTrustIsDecidedByTheJvmOrTheUser() {
        assertThat(House.classes().stream()
                        .filter(c -> c.isAssignableTo("javax.net.ssl.TrustManager")
                                || c.isAssignableTo("javax.net.ssl.HostnameVerifier")
                                || c.isAssignableTo("javax.net.ssl.X509ExtendedTrustManager"))
                        .map(JavaClass::getName))
                .isEmpty();
        assertThat(users(type -> type.equals("org.apache.hc.client5.http.ssl.NoopHostnameVerifier")
                        || type.equals("org.apache.hc.client5.http.ssl.TrustAllStrategy")))
                .isEmpty();
    }

    @Test
    void connectionsAreOpenedByTransportsAndToolsOfTestsOnly() {
        assertThat(users(type -> startsWith(type, "java.net.http.HttpClient", "java.net.HttpURLConnection")
                        || type.equals("java.net.Socket")
                        || type.equals("java.nio.channels.SocketChannel")))
                .containsOnly(
                        "dev.atp4j.http.JdkHttpTransport",
                        "dev.atp4j.http.apache.Connection",
                        "dev.atp4j.http.apache.Connections",
                        "dev.atp4j.pds.wire.Connection",
                        "dev.atp4j.pds.wire.Listener",
                        "dev.atp4j.testkit.TcpProxy");
    }

    @Test
    void archivesAreReadWithoutMakingFilesOfThem() {
        Set<String> readers = users(type -> startsWith(type, "java.util.zip.", "java.util.jar."));
        assertThat(readers).containsOnly("dev.atp4j.lexicon.source.Archive", "dev.atp4j.lexicon.generator.Externals");
        for (String writer :
                List.of("write", "writeString", "copy", "newOutputStream", "createFile", "createDirectories")) {
            assertThat(callers("java.nio.file.Files", writer)).doesNotContainAnyElementsOf(readers);
        }
    }

    /** Where the text of a secret is taken out of its box, and what for. */
    private static final Map<String, String> EXPOSED = Map.ofEntries(
            Map.entry("dev.atp4j.session.Healer", "to know whether a refused password has changed"),
            Map.entry("dev.atp4j.session.Login", "to take a login URL apart"),
            Map.entry("dev.atp4j.session.LoginCalls", "to log in"),
            Map.entry("dev.atp4j.session.NewAccount", "to create an account"),
            Map.entry("dev.atp4j.session.ServerCalls", "to write the header field of a call"),
            Map.entry("dev.atp4j.session.SessionData", "to give a session to its owner, who asked for it"),
            Map.entry("dev.atp4j.session.kernel.Jwt", "to read the claims"),
            Map.entry("dev.atp4j.session.kernel.StateJson", "to store a session"),
            Map.entry("dev.atp4j.session.kernel.Tokens", "to see whether a header can carry it"),
            Map.entry("dev.atp4j.cli.BoxDemo", "to hand made-up passwords to the PDS in the box"),
            Map.entry("dev.atp4j.cli.SessionReport", "to show a session to its owner, who asked for it"),
            Map.entry("dev.atp4j.pds.Accounts", "the PDS in the box"),
            Map.entry("dev.atp4j.pds.server.AppPasswordMethods", "the PDS in the box"),
            Map.entry("dev.atp4j.pds.server.Auth", "the PDS in the box"),
            Map.entry("dev.atp4j.pds.server.Tokens", "the PDS in the box"));

    @Test
    void secretsAreTakenOutOfTheirBoxInKnownPlaces() {
        assertThat(callers("dev.atp4j.Secret", "expose")).isEqualTo(EXPOSED.keySet());
    }

    @Test
    void whatCanBeSerializedHoldsNoSecret() {
        assertThat(House.classes().stream()
                        .filter(c -> c.isAssignableTo(java.io.Serializable.class))
                        .flatMap(c -> c.getFields().stream())
                        .filter(field -> !field.getModifiers().contains(JavaModifier.TRANSIENT))
                        .filter(field -> field.getAllInvolvedRawTypes().stream()
                                .anyMatch(type -> type.getName().equals("dev.atp4j.Secret")))
                        .map(field -> field.getFullName()))
                .isEmpty();
    }

    private static boolean startsWith(String text, String... starts) {
        for (String start : starts) {
            if (text.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the top-level classes that depend on such types. */
    private static Set<String> users(Predicate<String> types) {
        return House.classes().stream()
                .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> types.test(dependency.getTargetClass().getName()))
                .map(Dependency::getOriginClass)
                .map(SecurityRulesTest::topLevel)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> callers(String owner, String method) {
        return House.classes().stream()
                .flatMap(c -> c.getCodeUnitCallsFromSelf().stream())
                .filter(call -> calls(call, owner, method))
                .map(call -> topLevel(call.getOriginOwner()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean calls(JavaCall<?> call, String owner, String method) {
        return call.getTarget().getName().equals(method)
                && call.getTargetOwner().isAssignableTo(owner);
    }

    private static String topLevel(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }
}
