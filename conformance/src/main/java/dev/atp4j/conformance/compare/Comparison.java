// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import dev.atp4j.conformance.Worlds;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/** Runs the comparison, and holds what came of it against the page that tells of it. */
public final class Comparison {

    /** Enough to keep two processors busy, since some scenarios wait for what never comes. */
    private static final int LANES = 3;

    /** How often a picture may be taken: what two processes of a client make of each other can be a matter of chance. */
    private static final int LOOKS = 4;

    private final Path home;
    private final Path page;
    private final PrintStream out;

    /**
     * Prepares a comparison.
     *
     * @param home the folder of the Node project
     * @param out where results go
     */
    public Comparison(Path home, PrintStream out) {
        this.home = home;
        this.page = home.resolve("../docs/comparison.md").normalize();
        this.out = out;
    }

    /**
     * Tries some scenarios on the embedded PDS only, and prints what came of them.
     *
     * @param wanted which of them, by id
     * @return 0 if they could be tried, 1 if not, 2 if there are none
     */
    public int some(Predicate<String> wanted, Worlds.Factory embedded) throws Exception {
        List<Scene> scenes = Compare.scenes(scene -> wanted.test(scene.id())).toList();
        if (scenes.isEmpty()) {
            out.println("no scenario of that name; docs/comparison.md has them");
            return 2;
        }
        return print(scenes, Compare.in(home).observe(scenes, embedded, LANES));
    }

    /**
     * Tries everything on both servers.
     *
     * @param write whether the page is to be written; else it has to be right
     * @return 0 if everything could be tried, and the page is right; else 1
     */
    public int all(boolean write, Worlds.Factory embedded, Worlds.Factory real) throws Exception {
        Compare compare = Compare.in(home);
        List<Scene> scenes = Compare.scenes(scene -> true).toList();
        List<Scene> forReal = Compare.scenes(scene -> !scene.embeddedOnly()).toList();
        var there = CompletableFuture.supplyAsync(() -> {
            try {
                return compare.observe(forReal, real, LANES);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        Compare.Observed here = compare.observe(scenes, embedded, LANES);
        int status = print(scenes, here);
        out.println();
        status |= errors(there.join());
        if (write) {
            Files.writeString(page, text(here, there.join()));
            out.println("written: " + page);
            return status;
        }
        for (int look = 1; look < LOOKS; look++) {
            List<Scene> odd = differing(scenes, text(here, there.join()));
            if (odd.isEmpty()) {
                break;
            }
            status |= ours(odd, here.table()) | ours(odd, there.join().table());
            out.println("looking again at " + odd.stream().map(Scene::id).toList());
            status |= again(compare, odd, here, embedded);
            status |= again(
                    compare, odd.stream().filter(scene -> !scene.embeddedOnly()).toList(), there.join(), real);
        }
        return status | check(text(here, there.join()));
    }

    private String text(Compare.Observed here, Compare.Observed there) throws IOException {
        return new Page(home, Compare.chapters(), here.table(), there.table()).text();
    }

    /** Returns the scenarios of which the page does not say what was observed. */
    private List<Scene> differing(List<Scene> scenes, String text) throws IOException {
        List<String> says = Files.exists(page) ? Files.readAllLines(page) : List.of();
        List<String> is = text.lines().toList();
        return scenes.stream()
                .filter(scene -> is.stream()
                        .anyMatch(line -> line.startsWith("| " + scene.id() + " | ") && !says.contains(line)))
                .toList();
    }

    /** What is ours has to hold each time. */
    private int ours(List<Scene> scenes, Table table) {
        List<String> failed = scenes.stream()
                .filter(scene -> Mark.of(scene, Client.OURS, table.get(scene, Client.OURS)) == Mark.BROKEN)
                .map(Scene::id)
                .toList();
        failed.forEach(id -> out.println("FAILED " + id + ": it does not hold for atp4j"));
        return failed.isEmpty() ? 0 : 1;
    }

    private int again(Compare compare, List<Scene> scenes, Compare.Observed observed, Worlds.Factory factory)
            throws InterruptedException {
        Compare.Observed later = compare.observe(scenes, factory, 1);
        observed.table().take(later.table());
        return errors(later);
    }

    private int check(String text) throws IOException {
        List<String> is = text.lines().toList();
        List<String> says = Files.exists(page) ? Files.readAllLines(page) : List.of();
        List<String> differences = new ArrayList<>();
        says.stream().filter(line -> !is.contains(line)).forEach(line -> differences.add("- " + line));
        is.stream().filter(line -> !says.contains(line)).forEach(line -> differences.add("+ " + line));
        if (differences.isEmpty() && !is.equals(says)) {
            differences.add("the lines are in another order");
        }
        if (differences.isEmpty()) {
            out.println("docs/comparison.md says the same");
            return 0;
        }
        out.println("docs/comparison.md says something else; conformance/run --compare --write writes it anew:");
        differences.forEach(out::println);
        return 1;
    }

    private int print(List<Scene> scenes, Compare.Observed observed) {
        out.printf("%nThe public clients and ours on the same faults%n%n");
        for (Client client : Client.values()) {
            out.printf(" %-8s", client.title());
        }
        out.println();
        for (Scene scene : scenes) {
            for (Client client : Client.values()) {
                Mark mark = Mark.of(scene, client, observed.table().get(scene, client));
                out.printf(" %-8s", mark.sign());
            }
            out.printf(" %-22s %s%n", scene.id(), scene.sentence());
        }
        return errors(observed);
    }

    private int errors(Compare.Observed observed) {
        observed.errors().forEach(error -> out.println("FAILED " + error));
        return observed.errors().isEmpty() ? 0 : 1;
    }
}
