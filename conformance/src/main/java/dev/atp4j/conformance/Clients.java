// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lets the public JavaScript clients use the embedded PDS; {@code clients.mjs} does the work. */
final class Clients {

    private Clients() {}

    static void run(Path home, Report report) throws IOException {
        try (var server = new EmbeddedServer(Scenario.Setting.PLAIN)) {
            Process process = new ProcessBuilder(
                            home.resolve("with-node").toString(),
                            "node",
                            home.resolve("clients.mjs").toString(),
                            server.url().toString(),
                            server.admin().toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            List<String> columns = List.of("lex", "atcute", "api");
            report.table(
                    "Public clients on the embedded PDS:"
                            + " @atproto/lex-password-session, @atcute/password-session, @atproto/api",
                    columns);
            List<Outcome> outcomes = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                LexMap result = LexJson.parseMap(line.getBytes(StandardCharsets.UTF_8));
                outcomes.add(new Outcome(result.getString("failure").orElse(null)));
                if (outcomes.size() == columns.size()) {
                    report.row(
                            "client/" + result.getString("id").orElseThrow(),
                            result.getString("sentence").orElseThrow(),
                            columns,
                            outcomes);
                    outcomes.clear();
                }
            }
            if (!outcomes.isEmpty() || report.rows() == 0) {
                throw new IOException("clients.mjs ended early");
            }
        }
    }
}
