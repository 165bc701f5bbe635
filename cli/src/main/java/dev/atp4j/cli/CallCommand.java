// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.DefRef;
import dev.atp4j.lexicon.Lexicons;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.SyntaxException;
import dev.atp4j.xrpc.XrpcError;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import dev.atp4j.xrpc.XrpcResponseException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atp call}. */
@Command(
        name = "call",
        description = "Call any query or procedure. What is sent is checked against its lexicon first.",
        footer = {
            "",
            "Such as:",
            "  atp call app.bsky.actor.getProfile actor=alice.example.com",
            "  atp call com.atproto.repo.createRecord --input record.json",
            "  atp call com.atproto.repo.uploadBlob --input cat.jpg --type image/jpeg"
        })
final class CallCommand extends SessionCommand {

    private static final String CHAT = "chat.bsky.";
    private static final String CHAT_SERVICE = "did:web:api.bsky.chat#bsky_chat";
    private static final String NO_PROXY = "none";

    @Mixin
    private final AccountOption account = new AccountOption();

    @Parameters(index = "0", paramLabel = "NSID", description = "The name of what is called.")
    private String name = "";

    @Parameters(
            index = "1..*",
            paramLabel = "NAME=VALUE",
            description = "Parameters, and fields of a procedure's input. Repeat a name for a list.")
    private List<String> texts = new ArrayList<>();

    @Option(names = "--input", paramLabel = "FILE", description = "What a procedure is sent; - is standard input.")
    private @Nullable String input;

    @Option(names = "--type", paramLabel = "MIME", description = "The media type of --input if it is not JSON.")
    private @Nullable String type;

    @Option(names = "--output", paramLabel = "FILE", description = "Write the answer as it is into this file.")
    private @Nullable String file;

    @Option(names = "--lexicons", paramLabel = "FOLDER", description = "Look for lexicons here before all others.")
    private @Nullable String folder;

    @Option(
            names = "--proxy",
            paramLabel = "DID#SERVICE",
            description =
                    "Have the account's server pass the call on to this service. For chat.bsky the right one is named"
                            + " without this; \"none\" names none.")
    private @Nullable String proxy;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long it may take in all.")
    private @Nullable Integer timeout;

    @Option(names = "--unchecked", description = "Check nothing, and call also what no lexicon knows.")
    private boolean unchecked;

    @Option(
            names = "--procedure",
            description = "With --unchecked: this is a procedure. With --input it is one anyway.")
    private boolean procedure;

    CallCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Workplace workplace, Output output) {
        Lexicons lexicons = lexicons(output);
        Nsid method = method(lexicons);
        XrpcRequest request = request(method, lexicons);
        PasswordSession session = workplace.sessions().resume(account.choose(workplace.sessions()), Resume.LAZY);
        try (XrpcResponse response = session.send(request)) {
            var answer = new CallAnswer(response);
            if (file == null) {
                answer.print(output);
            } else {
                answer.save(path(file, "--output"), output);
            }
            return ExitCode.OK;
        } catch (XrpcResponseException e) {
            throw refused(e);
        }
    }

    private Lexicons lexicons(Output output) {
        Lexicons bundled = BundledLexicons.open();
        if (folder == null) {
            return bundled;
        }
        Path path = path(folder, "--lexicons");
        if (!Files.isDirectory(path)) {
            throw Failure.usage("there is no folder " + path, "--lexicons takes a folder of lexicons");
        }
        try {
            Lexicons.Reading reading = Lexicons.readLenient(path);
            reading.problems().forEach(problem -> output.remark("atp: " + problem));
            return reading.lexicons().orElse(bundled);
        } catch (UncheckedIOException e) {
            throw Failure.usage("the lexicons in " + path + " cannot be read", "check the folder");
        }
    }

    private Nsid method(Lexicons lexicons) {
        Nsid method = Nsid.tryParse(name).orElse(null);
        boolean known = method != null && lexicons.find(method).isPresent();
        if (method == null || !(known || unchecked)) {
            List<String> close = Suggestions.of(
                    name, lexicons.names().stream().map(Nsid::value).toList());
            throw Failure.usage(
                    method == null ? "this is no NSID: " + name : "no lexicon of " + name + " is known",
                    close.isEmpty()
                            ? method == null
                                    ? "a call needs a whole name, such as app.bsky.actor.getProfile"
                                    : "--lexicons FOLDER names more of them, --unchecked does without"
                            : "did you mean " + String.join(" or ", close) + "?");
        }
        return method;
    }

    private XrpcRequest request(Nsid method, Lexicons lexicons) {
        CallInput content =
                input == null ? null : new CallInput(input, surroundings().in());
        XrpcRequest.Builder request;
        boolean saved = file != null;
        if (unchecked) {
            boolean sends = procedure
                    || content != null
                    || lexicons.resolve(DefRef.main(method))
                            .filter(Def.ProcedureDef.class::isInstance)
                            .isPresent();
            request = CallPlan.unchecked(method, sends, pairs(), content, type);
        } else {
            var plan = new CallPlan(method, lexicons);
            request = plan.request(pairs(), content, type);
            if (plan.answersFile() && !saved) {
                throw Failure.usage("the answer of " + method + " is not JSON", "--output FILE names where to keep it");
            }
        }
        if (saved) {
            request.streaming();
        }
        proxied(method, request);
        if (timeout != null) {
            if (timeout <= 0) {
                throw Failure.usage("--timeout is not positive", "it is a number of seconds");
            }
            request.timeout(Duration.ofSeconds(timeout));
        }
        return request.build();
    }

    private void proxied(Nsid method, XrpcRequest.Builder request) {
        String service = proxy == null && method.value().startsWith(CHAT) ? CHAT_SERVICE : proxy;
        if (service == null || service.equals(NO_PROXY)) {
            return;
        }
        try {
            request.proxy(service);
        } catch (SyntaxException e) {
            throw Failure.usage("--proxy is no service", "a service is a DID, # and a name, such as " + CHAT_SERVICE);
        }
    }

    private List<Map.Entry<String, String>> pairs() {
        var pairs = new ArrayList<Map.Entry<String, String>>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                // Not repeated: it may be a password in a wrong place.
                throw Failure.usage(
                        "argument " + (pairs.size() + 2) + " is not of the form NAME=VALUE", "see atp call --help");
            }
            pairs.add(Map.entry(text.substring(0, equals), text.substring(equals + 1)));
        }
        return pairs;
    }

    private static Failure refused(XrpcResponseException e) {
        String error = e.error().map(XrpcError::name).orElse("HttpError");
        if (e.status() == 501 || error.equals("MethodNotImplemented")) {
            return Failure.failed(
                    error,
                    String.valueOf(e.getMessage()),
                    "the service does not have this method; --proxy names another one");
        }
        return e.retryable()
                ? Failure.of(e)
                : Failure.failed(
                        error, String.valueOf(e.getMessage()), "the service understood the call and refused it");
    }

    private static Path path(String text, String option) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw Failure.usage(option + " is no path", "check the spelling");
        }
    }
}
