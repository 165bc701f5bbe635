// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import dev.atp4j.data.LexMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Asks the npm packages and us the same questions, made at random, and counts where the answers differ. */
public final class Beside implements AutoCloseable {

    private static final int BATCH = 500;
    private static final int SHOWN = 5;

    private final Peer peer;

    /**
     * Starts the packages.
     *
     * @param home the folder of the Node project
     * @throws IOException if they cannot be started
     */
    public Beside(Path home) throws IOException {
        peer = new Peer(home);
    }

    /**
     * What came of one group of cases.
     *
     * @param id the group's name
     * @param cases how many cases there were
     * @param known how many of them differ for which known reason
     * @param differences the others that differ, a few of them
     */
    public record Tally(String id, int cases, Map<String, Integer> known, Set<String> differences) {}

    /**
     * Runs all groups.
     *
     * @param seed what the cases are made of
     * @return the groups as they are done
     */
    public Stream<Tally> run(long seed) {
        return Stream.of(
                        Formats.groups(seed),
                        Documents.groups(seed),
                        Identifiers.groups(seed),
                        Schemas.groups(seed),
                        Facets.groups(seed))
                .flatMap(List::stream)
                .map(this::run);
    }

    /**
     * A group of cases.
     *
     * @param id its name
     * @param count how many cases there are
     * @param cases makes the next one
     */
    record Group(String id, int count, Supplier<Case> cases) {

        /** Each group has a random of its own, so that one more case in one changes no other. */
        static Random random(long seed, String id) {
            return new Random(seed * 31 + id.hashCode());
        }
    }

    private Tally run(Group group) {
        Map<Known, Integer> known = new EnumMap<>(Known.class);
        Set<String> differences = new LinkedHashSet<>();
        try {
            for (int done = 0; done < group.count(); done += BATCH) {
                List<Case> cases = Stream.generate(group.cases())
                        .limit(Math.min(BATCH, group.count() - done))
                        .toList();
                List<LexMap> answers =
                        peer.ask(cases.stream().map(Case::question).toList());
                for (int i = 0; i < cases.size(); i++) {
                    Verdict verdict = cases.get(i).check().apply(answers.get(i));
                    if (verdict.known() != null) {
                        known.merge(verdict.known(), 1, Integer::sum);
                    } else if (verdict.difference() != null && differences.size() < SHOWN) {
                        differences.add(cut(
                                verdict.difference() + " for " + cases.get(i).shown()));
                    }
                }
            }
        } catch (IOException e) {
            differences.add(e.toString());
        }
        Map<String, Integer> names = new java.util.TreeMap<>();
        known.forEach((reason, count) -> names.put(reason.name(), count));
        return new Tally(group.id(), group.count(), names, differences);
    }

    private static String cut(String text) {
        return text.length() > 1000 ? text.substring(0, 1000) + " …" : text;
    }

    @Override
    public void close() {
        peer.close();
    }
}
