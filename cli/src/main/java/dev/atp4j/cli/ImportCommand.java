// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import dev.atp4j.session.SessionData;
import dev.atp4j.session.SessionOverException;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.SessionKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atp import}. */
@Command(
        name = "import",
        description = {
            "Take over a session that another program saved: lex, atcute, @atproto/api, goat, indigo, MarshalX.",
            "It is refreshed at once, and stored if it is alive. Stop the other program, but do not log out there."
        })
final class ImportCommand extends SessionCommand {

    /** Far more than any session; a larger file is a mistake. */
    private static final int LARGEST = 1024 * 1024;

    @Parameters(paramLabel = "FILE", description = "What the other program saved; - for standard input.")
    @SuppressWarnings("NullAway.Init") // picocli demands it
    private String file;

    @Option(
            names = "--service",
            paramLabel = "URL",
            description = "Where the session was opened, if the file does not say so.")
    private @Nullable String service;

    ImportCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Workplace workplace, Output output) {
        SessionData data = parse(read());
        Optional<PasswordSession> kept = alive(SessionKey.of(data.did()), workplace.sessions());
        PasswordSession session = kept.orElseGet(() -> workplace.sessions().resume(data, Resume.CHECKED));
        if (kept.isPresent()) {
            output.remark("a session of this account is stored and alive; it is kept, and the file was not used");
        }
        SessionReport.lines(session, output);
        output.json(() ->
                SessionReport.json(session).put("imported", kept.isEmpty()).build());
        return ExitCode.OK;
    }

    /** Returns the account's stored session, unless there is none or it is over. */
    private static Optional<PasswordSession> alive(SessionKey key, Sessions sessions) {
        if (!sessions.stored().contains(key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(sessions.resume(key, Resume.CHECKED));
        } catch (SessionOverException e) {
            return Optional.empty();
        }
    }

    private SessionData parse(String saved) {
        try {
            return service == null ? SessionData.parse(saved) : SessionData.parse(saved, address(service));
        } catch (IllegalArgumentException e) {
            throw Failure.usage(
                    String.valueOf(e.getMessage()),
                    service == null
                            ? "if only its origin is missing, name it with --service URL"
                            : "check the file and --service");
        }
    }

    private static URI address(String service) {
        try {
            return URI.create(service);
        } catch (IllegalArgumentException e) {
            // Its message would quote what may hold a password.
            throw Failure.usage("--service is no address", "it looks like https://pds.example.com");
        }
    }

    private String read() {
        try {
            byte[] bytes;
            if (file.equals("-")) {
                bytes = surroundings().in().readNBytes(LARGEST + 1);
            } else {
                try (InputStream in = Files.newInputStream(Path.of(file))) {
                    bytes = in.readNBytes(LARGEST + 1);
                }
            }
            if (bytes.length > LARGEST) {
                throw Failure.usage("the file is larger than 1 MiB", "check which file it is");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (InvalidPathException e) {
            throw Failure.usage("FILE is no path", "name a file, or - for standard input");
        } catch (IOException e) {
            if (file.equals("-")) {
                throw new UncheckedIOException("standard input cannot be read", e);
            }
            throw Failure.usage("the file cannot be read: " + file, "check its name and permissions");
        }
    }
}
