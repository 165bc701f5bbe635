// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.Secret;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.pds.Account;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** A user's shell: runs commands with an environment, a home folder, a keyboard and a PDS of its own. */
final class Shell implements AutoCloseable {

    static final String PASSWORD = "planted-password-1";

    final VirtualTime time = VirtualTime.running();
    final EmbeddedPds pds = EmbeddedPds.builder().time(time).start();
    final Map<String, String> environment = new TreeMap<>();

    private Function<String, Optional<String>> keyboard = prompt -> Optional.empty();

    /** What was asked. */
    final List<String> asked = new ArrayList<>();

    /** All that commands have written so far, wherever. */
    final StringBuilder everything = new StringBuilder();

    private final Path home;

    Shell(Path folder) {
        home = folder.resolve("home");
        environment.put("ATP_HOME", home.toString());
    }

    Path home() {
        return home;
    }

    /** How a command ended, and what it has written. */
    record Result(int code, String out, String err) {

        LexMap json() {
            return LexJson.parseMap(out.getBytes(StandardCharsets.UTF_8));
        }

        LexMap error() {
            return json().getMap("error").orElseThrow();
        }

        String errorName() {
            return error().getString("name").orElseThrow();
        }
    }

    Result run(String... args) {
        return piped("", args);
    }

    Result piped(String stdin, String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Atp.run(surroundings(stdin, new PrintWriter(out), new PrintWriter(err), () -> {}), args);
        everything.append(out).append(err);
        return new Result(code, out.toString(), err.toString());
    }

    Surroundings surroundings(String stdin, PrintWriter out, PrintWriter err, Surroundings.Stop stop) {
        return new Surroundings(
                Map.copyOf(environment),
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                out,
                err,
                this::ask,
                time,
                stop);
    }

    private Optional<Secret> ask(String prompt) {
        asked.add(prompt);
        return keyboard.apply(prompt).map(Secret::of);
    }

    /** Sets what is typed when something is asked. Nobody is there by default. */
    void whenAsked(Function<String, Optional<String>> keyboard) {
        this.keyboard = keyboard;
    }

    Account account(String handle) {
        return pds.createAccount(handle, PASSWORD);
    }

    /** Creates an account and logs it in. */
    Account loggedIn(String handle) {
        Account account = account(handle);
        Result result = login(handle, PASSWORD);
        if (result.code() != 0) {
            throw new AssertionError(result.err());
        }
        return account;
    }

    Result login(String identifier, String password, String... more) {
        var args = new ArrayList<>(
                List.of("login", "--service", pds.url().toString(), "--identifier", identifier, "--password-stdin"));
        args.addAll(List.of(more));
        return piped(password + "\n", args.toArray(String[]::new));
    }

    int calls(String nsid) {
        return pds.journal().count(nsid);
    }

    @Override
    public void close() {
        pds.close();
    }
}
