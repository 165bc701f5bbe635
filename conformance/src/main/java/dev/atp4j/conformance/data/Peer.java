// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The npm packages, in a process of {@code data-peer.mjs} that answers one line with one line. */
final class Peer implements AutoCloseable {

    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;

    Peer(Path home) throws IOException {
        process = new ProcessBuilder(
                        home.resolve("with-node").toString(),
                        "node",
                        home.resolve("data-peer.mjs").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        questions = process.outputWriter(StandardCharsets.US_ASCII);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Returns the answers in the order of the questions, which are written while answers are read. */
    List<LexMap> ask(List<String> lines) throws IOException {
        CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
            try {
                for (String line : lines) {
                    questions.write(line);
                    questions.write('\n');
                }
                questions.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        List<LexMap> all = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("data-peer.mjs ended early");
            }
            all.add(LexJson.parseMapLenient(line.getBytes(StandardCharsets.US_ASCII)));
        }
        asking.join();
        return all;
    }

    /** Returns a question about a text. */
    static String question(String operation, String text) {
        return operation + "\t" + quoted(text);
    }

    /** Returns a question about two texts. */
    static String question(String operation, String first, String second) {
        return operation + "\t[" + quoted(first) + "," + quoted(second) + "]";
    }

    /** Writes a JSON string in ASCII, halves of surrogate pairs as well. */
    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
