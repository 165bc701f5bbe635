// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes {@code docs/comparison.md} from what was observed. No observation is written by hand. */
final class Page {

    private final List<Compare.Chapter> chapters;
    private final Table embedded;
    private final Table real;
    private final Path home;

    Page(Path home, List<Compare.Chapter> chapters, Table embedded, Table real) {
        this.home = home;
        this.chapters = chapters;
        this.embedded = embedded;
        this.real = real;
    }

    String text() throws IOException {
        var page = new StringBuilder("<!-- Written by conformance/run --compare --write. Do not edit. -->\n\n");
        List<Scene> all =
                chapters.stream().flatMap(chapter -> chapter.scenes().stream()).toList();
        page.append(head(all));
        for (Compare.Chapter chapter : chapters) {
            page.append("## ").append(chapter.title()).append("\n\n");
            page.append(row("", "", titles(), "real PDS")).append(rule(Client.values().length + 3));
            for (Scene scene : chapter.scenes()) {
                page.append(row(scene.id(), scene.sentence(), cells(scene), agreement(scene)));
            }
            page.append('\n');
        }
        return page.append(words()).toString();
    }

    private String head(List<Scene> all) throws IOException {
        return """
            # Beside other clients

            What password sessions of atp4j and of the public JavaScript clients do when things go wrong: %d scenarios, each tried
            with each client. Every cell was observed in a run; no cell is written by hand. `conformance/run --compare` runs all
            of it again and fails if this page says anything else; `conformance/run --compare --write` writes the page.

            | client | package |
            |---|---|
            %s
            **lex-0.0** is the first form of lex, with hooks that had to be given. The form before it, `PasswordAgent`, is on no
            registry.

            ## How to read it

            A scenario is a sentence about what should happen. Not every client says that it does; whoever does not say so breaks
            no word. What each of them says, and where, is [at the end](#who-says-what).

            | mark | |
            |---|---|
            %s
            Behind a mark stands what was seen instead. "Session lost" means that the program has to log in anew. Names with an S are
            those of [the status page](status.md).

            %s
            The last column tells whether the reference PDS, `@atproto/pds`, gave the same picture for every client as
            [the PDS in a box](testing.md) did: "same", or "–" if it lacks what the scenario takes.

            ## How it is tried

            Every program is a process of its own that does what it is told by lines on its standard input (`conformance/compare`), and
            uses its client as the client's documentation shows. It saves sessions in the way that the client offers: the JavaScript clients'
            callbacks write one file for each account, by renaming, and remove it when the session is over; atp4j has its file store. A start
            resumes what is saved. Being killed means SIGKILL. Hours pass when the referee says so, for the server and for all programs.
            A call that fails is made again by its program, three times in all, ten minutes apart, where a scenario is about sessions and not about that call.

            atp4j refreshes before tokens run out unless told otherwise; here it is told otherwise, so that it meets the same expired
            tokens as the others. Its calls may take eight seconds (the others' take as long as they like), and it may look
            accounts up in the PLC directory, as it does by default in the public network.

            What is not compared: browsers, OAuth, speed, size, and everything else that these clients are good at. Running under Node
            and the JVM, on the machine's loopback, says nothing about other platforms. The scenarios were chosen by the authors of atp4j, who had them in
            mind when they wrote it.

            """.formatted(all.size(), packages(), marks(), counts(all));
    }

    private String packages() throws IOException {
        LexMap dependencies = LexJson.parseMap(Files.readAllBytes(home.resolve("package.json")))
                .getMap("dependencies")
                .orElseThrow();
        var lines = new StringBuilder();
        for (Client client : Client.values()) {
            String what = client == Client.OURS
                    ? "this repository"
                    : dependencies
                            .getString(client.npm())
                            .map(version -> version.startsWith("npm:")
                                    ? version.substring("npm:".length())
                                    : client.npm() + "@" + version)
                            .orElseThrow();
            lines.append("| ")
                    .append(client.title())
                    .append(" | `")
                    .append(what)
                    .append("` |\n");
        }
        return lines.toString().replace("`this repository`", "this repository");
    }

    private static String marks() {
        return Arrays.stream(Mark.values())
                .map(mark -> "| " + mark.sign() + " | " + mark.meaning() + " |\n")
                .collect(Collectors.joining());
    }

    private String counts(List<Scene> all) {
        var lines = new StringBuilder("| |");
        titles().forEach(title -> lines.append(' ').append(title).append(" |"));
        lines.append('\n').append(rule(Client.values().length + 1));
        for (Mark mark : Mark.values()) {
            lines.append("| ").append(mark.sign()).append(" |");
            for (Client client : Client.values()) {
                long count = all.stream()
                        .filter(scene -> Mark.of(scene, client, embedded.get(scene, client)) == mark)
                        .count();
                lines.append(' ').append(count).append(" |");
            }
            lines.append('\n');
        }
        return lines.toString();
    }

    private static List<String> titles() {
        return Arrays.stream(Client.values()).map(Client::title).toList();
    }

    private List<String> cells(Scene scene) {
        return Arrays.stream(Client.values())
                .map(client -> {
                    Finding finding = embedded.get(scene, client);
                    String sign = Mark.of(scene, client, finding).sign();
                    return finding == null || finding.holds() ? sign : sign + " " + finding.seen();
                })
                .toList();
    }

    /** Tells where the reference PDS gave another picture. */
    private String agreement(Scene scene) {
        if (scene.embeddedOnly()) {
            return "–";
        }
        String others = Arrays.stream(Client.values())
                .filter(client -> {
                    Finding there = real.get(scene, client);
                    return there != null && !there.equals(embedded.get(scene, client));
                })
                .map(client -> {
                    Finding there = real.get(scene, client);
                    return client.title() + " " + (there == null || there.holds() ? "✓" : there.seen());
                })
                .collect(Collectors.joining("; "));
        return others.isEmpty() ? "same" : others;
    }

    private String words() {
        var lines = new StringBuilder("## Who says what\n\nOf atp4j, names of pages are those of this folder.\n\n");
        lines.append("| |");
        titles().forEach(title -> lines.append(' ').append(title).append(" |"));
        lines.append('\n').append(rule(Client.values().length + 1));
        for (Promise promise : Promise.values()) {
            lines.append("| ").append(promise.sentence()).append(" |");
            for (Client client : Client.values()) {
                lines.append(' ').append(promise.place(client).orElse("")).append(" |");
            }
            lines.append('\n');
        }
        return lines.toString();
    }

    private static String row(String id, String sentence, List<String> cells, String last) {
        return "| " + id + " | " + sentence + " | " + String.join(" | ", cells) + " | " + last + " |\n";
    }

    private static String rule(int columns) {
        return "|" + "---|".repeat(columns) + "\n";
    }
}
