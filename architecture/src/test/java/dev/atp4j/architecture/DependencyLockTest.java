// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What users get at run time beside our own classes: nothing that was not looked at, byte for byte. */
@Tag("security")
class DependencyLockTest {

    private static final Path LOCK = Path.of("build/dependencies.lock");
    private static final Pattern EXACT =
            Pattern.compile("^\\d+\\.\\d+\\.\\d+(-[\\w.]+)?$|^npm:@?[\\w./-]+@\\d+\\.\\d+\\.\\d+$");

    /** The class path of this module has all that any published module brings along, and the libraries of these tests. */
    @Test
    void whatIsBroughtAlongIsWhatWasLookedAt() throws Exception {
        var found = new TreeMap<String, String>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry).toAbsolutePath();
            if (jar.toString().endsWith(".jar") && !jar.startsWith(House.ROOT)) {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
                found.put(jar.getFileName().toString(), HexFormat.of().formatHex(hash));
            }
        }
        List<String> lines = found.entrySet().stream()
                .map(jar -> jar.getKey() + " " + jar.getValue())
                .toList();
        Files.write(House.ROOT.resolve("architecture/target/dependencies.lock"), lines);
        assertThat(lines)
                .as("if this is meant: cp architecture/target/dependencies.lock " + LOCK)
                .containsExactlyElementsOf(House.text(LOCK).lines().toList());
    }

    /** The bills are made by builds that are online. */
    @Test
    void theBillsOfMaterialsSayTheSame() throws IOException {
        Map<String, String> locked = House.text(LOCK)
                .lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
        for (Path module : House.files("pom.xml")) {
            Path bill = House.ROOT.resolve(module).resolveSibling("target/bom.json");
            if (!Files.isRegularFile(bill)) {
                continue;
            }
            LexMap json = LexJson.parseMapLenient(Files.readAllBytes(bill));
            for (LexValue value : json.getList("components").orElse(new LexList(List.of()))) {
                LexMap component = (LexMap) value;
                if (!component.getString("group").orElse("").equals("dev.atp4j")) {
                    String jar = component.getString("name").orElseThrow() + "-"
                            + component.getString("version").orElseThrow() + ".jar";
                    assertThat(locked).as("of " + module).containsEntry(jar, sha256(component));
                }
            }
        }
    }

    private static String sha256(LexMap component) {
        LexList hashes = component.getList("hashes").orElseThrow();
        for (LexValue hash : hashes) {
            if (((LexMap) hash).getString("alg").orElse("").equals("SHA-256")) {
                return ((LexMap) hash).getString("content").orElseThrow();
            }
        }
        throw new AssertionError("no SHA-256 of " + component.getString("name"));
    }

    @Test
    void everyNpmPackageOfTheConformanceRunIsLockedByItsContent() throws IOException {
        for (Path file : House.files("package-lock.json")) {
            json(file).getMap("packages").orElseThrow().fields().forEach((name, value) -> {
                if (!name.isEmpty()) {
                    assertThat(((LexMap) value).getString("integrity").orElse(""))
                            .as(file + ": " + name)
                            .startsWith("sha512-");
                }
            });
        }
        for (Path file : House.files("package.json")) {
            LexMap wanted = json(file).getMap("dependencies").orElseThrow();
            for (String name : wanted.fields().keySet()) {
                assertThat(wanted.getString(name).orElse(""))
                        .as(file + ": " + name)
                        .matches(EXACT);
            }
        }
    }

    private static LexMap json(Path file) throws IOException {
        return LexJson.parseMapLenient(Files.readAllBytes(House.ROOT.resolve(file)));
    }
}
