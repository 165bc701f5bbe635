// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may know whom. Arrows point one way: what a room may use stands in {@link #MAY_USE}, and nothing else. */
class ArrowsTest {

    private static final Set<String> CORE = Set.of(
            "dev.atp4j",
            "dev.atp4j.syntax",
            "dev.atp4j.text",
            "dev.atp4j.data",
            "dev.atp4j.time",
            "dev.atp4j.http",
            "dev.atp4j.xrpc",
            "dev.atp4j.identity");

    /** What generated classes are made of. */
    private static final Set<String> TYPED = Set.of("dev.atp4j", "dev.atp4j.syntax", "dev.atp4j.data", "dev.atp4j.lex");

    /** A room is a package, with its sub-packages unless they are rooms themselves. The first one has none. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            // core, from the bottom up
            Map.entry("dev.atp4j", Set.of()),
            Map.entry("dev.atp4j.time", Set.of()),
            Map.entry("dev.atp4j.text", Set.of()),
            Map.entry("dev.atp4j.syntax", Set.of("dev.atp4j.time", "dev.atp4j.text")),
            Map.entry("dev.atp4j.json", Set.of("dev.atp4j.text")),
            Map.entry("dev.atp4j.data", Set.of("dev.atp4j.syntax", "dev.atp4j.json")),
            Map.entry("dev.atp4j.http", Set.of("dev.atp4j", "dev.atp4j.time")),
            Map.entry(
                    "dev.atp4j.xrpc",
                    Set.of(
                            "dev.atp4j",
                            "dev.atp4j.time",
                            "dev.atp4j.text",
                            "dev.atp4j.syntax",
                            "dev.atp4j.data",
                            "dev.atp4j.lex",
                            "dev.atp4j.http")),
            Map.entry(
                    "dev.atp4j.identity",
                    Set.of("dev.atp4j", "dev.atp4j.time", "dev.atp4j.syntax", "dev.atp4j.data", "dev.atp4j.http")),
            Map.entry("dev.atp4j.lex", Set.of("dev.atp4j", "dev.atp4j.syntax", "dev.atp4j.json", "dev.atp4j.data")),
            // generated: what is described on its own, and what refers to it
            Map.entry("dev.atp4j.api.com.atproto", TYPED),
            Map.entry("dev.atp4j.api.app.bsky", and(TYPED, "dev.atp4j.api.com.atproto")),
            Map.entry("dev.atp4j.api.chat.bsky", and(TYPED, "dev.atp4j.api.com.atproto", "dev.atp4j.api.app.bsky")),
            Map.entry(
                    "dev.atp4j.api.tools.ozone",
                    and(TYPED, "dev.atp4j.api.com.atproto", "dev.atp4j.api.app.bsky", "dev.atp4j.api.chat.bsky")),
            // what stands on core, side by side
            Map.entry("dev.atp4j.lexicon", CORE),
            Map.entry("dev.atp4j.http.apache", Set.of("dev.atp4j", "dev.atp4j.time", "dev.atp4j.http")),
            Map.entry(
                    "dev.atp4j.session.store",
                    Set.of("dev.atp4j", "dev.atp4j.time", "dev.atp4j.syntax", "dev.atp4j.data")),
            Map.entry(
                    "dev.atp4j.session.kernel",
                    Set.of(
                            "dev.atp4j",
                            "dev.atp4j.syntax",
                            "dev.atp4j.data",
                            "dev.atp4j.identity",
                            "dev.atp4j.session.store")),
            Map.entry("dev.atp4j.session", and(CORE, "dev.atp4j.session.kernel", "dev.atp4j.session.store")),
            Map.entry(
                    "dev.atp4j.session.jdbc",
                    Set.of("dev.atp4j", "dev.atp4j.time", "dev.atp4j.syntax", "dev.atp4j.session.store")),
            Map.entry(
                    "dev.atp4j.session.redis", Set.of("dev.atp4j.time", "dev.atp4j.syntax", "dev.atp4j.session.store")),
            Map.entry("dev.atp4j.pds", CORE),
            Map.entry("dev.atp4j.lexicon.generator", and(CORE, "dev.atp4j.lex", "dev.atp4j.lexicon")),
            Map.entry(
                    "dev.atp4j.lexicon.maven",
                    Set.of("dev.atp4j.syntax", "dev.atp4j.lexicon", "dev.atp4j.lexicon.generator")),
            Map.entry("dev.atp4j.client", and(CORE, "dev.atp4j.lex", "dev.atp4j.lexicon", "dev.atp4j.api.com.atproto")),
            Map.entry(
                    "dev.atp4j.bluesky",
                    and(
                            CORE,
                            "dev.atp4j.lex",
                            "dev.atp4j.lexicon",
                            "dev.atp4j.client",
                            "dev.atp4j.api.com.atproto",
                            "dev.atp4j.api.app.bsky",
                            "dev.atp4j.api.chat.bsky")),
            Map.entry("dev.atp4j.ozone", Set.of("dev.atp4j.lex", "dev.atp4j.api.tools.ozone")),
            // and what brings them together
            Map.entry("dev.atp4j.testkit", and(CORE, "dev.atp4j.session", "dev.atp4j.session.store", "dev.atp4j.pds")),
            Map.entry(
                    "dev.atp4j.cli",
                    and(
                            CORE,
                            "dev.atp4j.session",
                            "dev.atp4j.session.store",
                            "dev.atp4j.pds",
                            "dev.atp4j.lexicon",
                            "dev.atp4j.lexicon.generator")));

    /** Libraries, and corners of the JDK, that only some rooms may use. */
    private static final Map<String, Set<String>> ONLY_IN = Map.ofEntries(
            Map.entry("java.net.http", Set.of("dev.atp4j.http")),
            Map.entry("java.sql", Set.of("dev.atp4j.session.jdbc")),
            Map.entry("javax.sql", Set.of("dev.atp4j.session.jdbc")),
            Map.entry("org.postgresql", Set.of("dev.atp4j.session.jdbc")),
            Map.entry("javax.naming", Set.of("dev.atp4j.identity")),
            Map.entry("javax.net", Set.of("dev.atp4j.http", "dev.atp4j.http.apache")),
            Map.entry("javax.crypto", Set.of("dev.atp4j.pds", "dev.atp4j.session.store")),
            Map.entry("org.apache.hc", Set.of("dev.atp4j.http.apache")),
            Map.entry("org.junit.jupiter.api", Set.of("dev.atp4j.testkit")),
            Map.entry("org.assertj", Set.of("dev.atp4j.testkit")),
            Map.entry("picocli", Set.of("dev.atp4j.cli")),
            Map.entry("com.palantir.javapoet", Set.of("dev.atp4j.lexicon.generator")),
            Map.entry("javax.lang.model", Set.of("dev.atp4j.lexicon.generator")),
            Map.entry("org.apache.maven", Set.of("dev.atp4j.lexicon.maven")),
            Map.entry("redis.clients", Set.of("dev.atp4j.session.redis")),
            Map.entry("org.apache.commons.pool2", Set.of("dev.atp4j.session.redis")));

    /** All that the rules of sessions may use of the JDK: no files, network, threads, clocks, chance or logging. */
    private static final Set<String> KERNEL_PACKAGES = Set.of(
            "java.lang",
            "java.util",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "java.time",
            "java.math");

    private static final Set<String> NOT_IN_KERNEL = Set.of(
            "java.lang.Thread",
            "java.lang.Runtime",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.System",
            "java.lang.System$Logger",
            "java.lang.System$Logger$Level",
            "java.lang.ThreadLocal",
            "java.time.Clock",
            "java.util.Random",
            "java.util.UUID",
            "java.util.Timer",
            "java.util.TimerTask",
            "java.util.ServiceLoader");

    /** Of a store the rules know what it keeps, not how: the form of a record is one of them. */
    private static final Set<String> KEPT = Set.of(
            "dev.atp4j.session.store.EndReason",
            "dev.atp4j.session.store.SessionKey",
            "dev.atp4j.session.store.SessionRecord",
            "dev.atp4j.session.store.StoreException",
            "dev.atp4j.session.store.StoreException$Kind");

    @Test
    void everyRoomKeepsToItsArrows() {
        assertThat(wrong((from, to) -> to.getPackageName().startsWith("dev.atp4j") && !mayUse(from, to)))
                .isEmpty();
    }

    @Test
    void librariesStayInTheirRooms() {
        assertThat(wrong((from, to) -> ONLY_IN.entrySet().stream()
                        .anyMatch(only -> isIn(to.getPackageName(), only.getKey())
                                && !only.getValue().contains(room(from.getPackageName())))))
                .isEmpty();
    }

    @Test
    void nothingElseComesFromOutside() {
        assertThat(wrong((from, to) -> {
                    String name = to.getPackageName();
                    return !name.startsWith("dev.atp4j")
                            && !name.startsWith("java.")
                            && !name.isEmpty()
                            && !name.equals("org.jspecify.annotations")
                            && ONLY_IN.keySet().stream().noneMatch(library -> isIn(name, library));
                }))
                .isEmpty();
    }

    @Test
    void theKernelKnowsNoStore() {
        assertThat(wrong((from, to) -> room(from.getPackageName()).equals("dev.atp4j.session.kernel")
                        && room(to.getPackageName()).equals("dev.atp4j.session.store")
                        && !KEPT.contains(to.getName())))
                .isEmpty();
    }

    @Test
    void theKernelAsksNobodyWhoAnAccountIs() {
        // Which addresses a document may name is a pure rule; it stands with the documents.
        assertThat(wrong((from, to) -> room(from.getPackageName()).equals("dev.atp4j.session.kernel")
                        && room(to.getPackageName()).equals("dev.atp4j.identity")
                        && !to.getName().equals("dev.atp4j.identity.DidDocument$EndpointRule")))
                .isEmpty();
    }

    @Test
    void theKernelIsPure() {
        assertThat(wrong((from, to) -> room(from.getPackageName()).equals("dev.atp4j.session.kernel")
                        && to.getPackageName().startsWith("java.")
                        && !to.getName().equals("java.net.URI")
                        && (!KERNEL_PACKAGES.contains(to.getPackageName()) || NOT_IN_KERNEL.contains(to.getName()))))
                .isEmpty();
    }

    @Test
    void noPackagesUseEachOtherInACircle() {
        slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(House.classes());
    }

    @Test
    void noRoomsMayUseEachOtherInACircle() {
        var height = new TreeMap<String, Integer>();
        MAY_USE.keySet().forEach(room -> height(room, height, new HashSet<>()));

        assertThat(height).hasSameSizeAs(MAY_USE);
    }

    @Test
    void theRoomsAreThoseOfThePlan() {
        Set<String> rooms = new HashSet<>();
        House.classes().forEach(c -> rooms.add(room(c.getPackageName())));

        assertThat(rooms).containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
    }

    /** Each package is one; but namespaces of lexicons refer to each other as their authors like, so a group of them is one. */
    private static final SliceAssignment PACKAGES = new SliceAssignment() {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            if (name.equals("dev.atp4j")) {
                return SliceIdentifier.ignore();
            }
            return SliceIdentifier.of(name.startsWith("dev.atp4j.api.") ? room(name) : name);
        }

        @Override
        public String getDescription() {
            return "packages, and groups of generated ones";
        }
    };

    private static List<String> wrong(BiPredicate<JavaClass, JavaClass> offends) {
        return House.classes().stream()
                .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
                .filter(d -> offends.test(d.getOriginClass(), d.getTargetClass().getBaseComponentType()))
                .map(Dependency::getDescription)
                .sorted()
                .toList();
    }

    private static boolean mayUse(JavaClass from, JavaClass to) {
        String room = room(from.getPackageName());
        String other = room(to.getPackageName());
        return room.equals(other) || MAY_USE.getOrDefault(room, Set.of()).contains(other);
    }

    /** Returns the room that a package belongs to, or its own name if the plan has none for it. */
    private static String room(String name) {
        return MAY_USE.keySet().stream()
                .filter(room -> name.equals(room) || !room.equals("dev.atp4j") && isIn(name, room))
                .max((one, other) -> Integer.compare(one.length(), other.length()))
                .orElse(name);
    }

    private static boolean isIn(String name, String parent) {
        return name.equals(parent) || name.startsWith(parent + ".");
    }

    private static int height(String room, Map<String, Integer> known, Set<String> above) {
        assertThat(above.add(room)).as("%s stands on itself", room).isTrue();
        int height = 0;
        for (String below : MAY_USE.getOrDefault(room, Set.of())) {
            Integer there = known.get(below);
            height = Math.max(height, 1 + (there != null ? there : height(below, known, above)));
        }
        above.remove(room);
        known.put(room, height);
        return height;
    }

    private static Set<String> and(Set<String> some, String... more) {
        var all = new HashSet<>(some);
        Stream.of(more).forEach(all::add);
        return Set.copyOf(all);
    }
}
