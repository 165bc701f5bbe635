// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** The top-level domains by which a word with dots in it is told from a domain. The list is read when it is first needed. */
final class TopLevelDomains {

    private static final String LIST = "top-level-domains.txt";

    private static final Set<String> NAMES = read();

    private TopLevelDomains() {}

    /** Tells whether a name ends in a known top-level domain, in lower case, with a dot in front. */
    static boolean end(String name) {
        int dot = name.lastIndexOf('.');
        return dot >= 0 && NAMES.contains(name.substring(dot + 1));
    }

    private static Set<String> read() {
        try (InputStream list = TopLevelDomains.class.getResourceAsStream(LIST)) {
            if (list == null) {
                throw new IllegalStateException("the list of top-level domains is missing: " + LIST);
            }
            return new String(list.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Set.of(line.split(" ")).stream())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
