// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The public JavaScript clients, driven from here one step at a time; {@code movers.mjs} does the work. */
final class Movers implements AutoCloseable {

    /** The clients, in the order of the report's columns. */
    static final List<String> CLIENTS = List.of("lex-0.0", "lex", "atcute", "api");

    private final URI service;
    private final Process process;
    private final OutputStream orders;
    private final BufferedReader answers;

    Movers(Path home, URI service) throws IOException {
        this.service = service;
        this.process = new ProcessBuilder(
                        home.resolve("with-node").toString(),
                        "node",
                        home.resolve("movers.mjs").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.orders = process.getOutputStream();
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Has a client log in, and returns what it saves. */
    String logIn(String client, Account account) throws IOException {
        return order(
                client,
                "login",
                LexMap.builder().put("identifier", account.handle()).put("password", account.password()));
    }

    /** Has a client resume what was saved. */
    void resume(String client, LexMap saved) throws IOException {
        order(client, "resume", LexMap.builder().put("saved", saved));
    }

    /** Has a client make an ordinary call, with a refresh if that is needed, and returns what it saves then. */
    String call(String client) throws IOException {
        return order(client, "call", LexMap.builder());
    }

    /** Has a client refresh, and returns what it saves then. */
    String refresh(String client) throws IOException {
        return order(client, "refresh", LexMap.builder());
    }

    private String order(String client, String what, LexMap.Builder more) throws IOException {
        LexMap order = more.put("client", client)
                .put("do", what)
                .put("service", service.toString())
                .build();
        orders.write(LexJson.write(order));
        orders.write('\n');
        orders.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("movers.mjs ended early");
        }
        LexMap answer = LexJson.parseMapLenient(line.getBytes(StandardCharsets.UTF_8));
        answer.getString("failure").ifPresent(failure -> {
            throw new AssertionError(client + " cannot " + what + ": " + failure);
        });
        return LexJson.toString(answer.getMap("saved").orElseThrow());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
