// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import dev.atp4j.session.SessionData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code atp export}. */
@Command(
        name = "export",
        description = {
            "Write a copy of a session for another program. Whoever has it has the account: keep it like a password.",
            "Two programs do not share a session for long: use the copy, and this session no more."
        })
final class ExportCommand extends SessionCommand {

    /** What other programs read. */
    enum Form {
        /** As {@code @atproto/lex-password-session} saves it. */
        lex,
        /** With all that is known here. */
        atp4j
    }

    /** Where secrets go is always said, never guessed. */
    private static final class Target {

        @Option(names = "--out", paramLabel = "FILE", description = "A file to create, for the user alone.")
        private @Nullable String out;

        @Option(names = "--stdout", description = "Standard output.")
        @SuppressWarnings("UnusedVariable") // picocli sees to it that it is this or the file
        private boolean stdout;
    }

    @Mixin
    private final AccountOption account = new AccountOption();

    @Option(names = "--form", paramLabel = "FORM", description = "${COMPLETION-CANDIDATES}; lex by default.")
    private Form form = Form.lex;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli demands it
    private Target target;

    ExportCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Workplace workplace, Output output) {
        PasswordSession session = workplace.sessions().resume(account.choose(workplace.sessions()), Resume.LAZY);
        SessionData data = session.data();
        LexMap copy = form == Form.lex ? data.toLexJson() : data.toJson();
        if (target.out == null) {
            output.always(copy);
            return ExitCode.OK;
        }
        write(copy, target.out);
        output.line("written for the user alone: " + target.out);
        output.json(() -> LexMap.builder()
                .put("did", data.did().value())
                .put("handle", data.handle().orElse(null))
                .put("form", form.name())
                .put("file", target.out)
                .build());
        return ExitCode.OK;
    }

    private static void write(LexMap copy, String file) {
        Path path;
        try {
            path = Path.of(file);
        } catch (InvalidPathException e) {
            throw Failure.usage("--out is no path", "name a file that is not there yet");
        }
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (var channel = Files.newByteChannel(
                        path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode);
                OutputStream out = Channels.newOutputStream(channel)) {
            out.write(LexJson.write(copy));
            out.write('\n');
        } catch (FileAlreadyExistsException e) {
            throw Failure.usage("there is a file of that name: " + file, "it is not replaced; name another one");
        } catch (IOException e) {
            throw Failure.failed("FileNotWritten", "the file cannot be written: " + file, "check folder and disk");
        }
    }
}
