// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.Secret;
import dev.atp4j.session.Login;
import dev.atp4j.session.LoginOutcome;
import dev.atp4j.session.PasswordSession;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code atp login}. */
@Command(
        name = "login",
        description = {
            "Log in and store the session.",
            "Who, where and the password come from the options or, without --identifier, from the environment variable"
                    + " ATP_LOGIN_URL (https://identifier:password@service). A password never goes on the command line:"
                    + " it is asked for, or piped in with --password-stdin."
        })
final class LoginCommand extends SessionCommand {

    private static final String PASSWORD_PLACES =
            "pipe it in with --password-stdin, set ATP_LOGIN_URL, or run this in a terminal";

    /** A code is mistyped easily, but whoever has missed this often needs a new one. */
    private static final int TRIES_FOR_CODE = 3;

    @Option(
            names = "--service",
            paramLabel = "URL",
            description = "Where to log in, such as https://bsky.social; found out from handle or DID if not given.")
    private @Nullable String service;

    @Option(names = "--identifier", paramLabel = "WHO", description = "Handle, DID or e-mail address.")
    private @Nullable String identifier;

    @Option(names = "--password-stdin", description = "Read the password from a line of standard input.")
    private boolean passwordStdin;

    @Option(
            names = "--auth-factor-token-stdin",
            description = "Read a sign-in code from a line of standard input, after the password if both are there.")
    private boolean codeStdin;

    @Option(
            names = "--allow-takendown",
            description = "Log in even if the account was taken down, for the little that it may still do.")
    private boolean allowTakendown;

    LoginCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Workplace workplace, Output output) {
        LoginOutcome outcome = workplace.sessions().tryLogin(login());
        for (int tries = 0; tries < TRIES_FOR_CODE; tries++) {
            if (outcome instanceof LoginOutcome.AuthFactorRequired wanted) {
                Optional<Secret> code = surroundings().terminal().ask(question(wanted));
                if (code.isPresent()) {
                    outcome = wanted.withCode(code.get());
                }
            }
        }
        PasswordSession session = outcome.orThrow();
        output.line("logged in, and stored in " + workplace.folder());
        SessionReport.lines(session, output);
        output.json(() -> SessionReport.json(session).build());
        return ExitCode.OK;
    }

    private static String question(LoginOutcome.AuthFactorRequired wanted) {
        String said = wanted.message().isEmpty() ? "the service wants a sign-in code" : wanted.message();
        return Output.plain(said) + "\nSign-in code: ";
    }

    private Login login() {
        Optional<String> url = surroundings().variable("ATP_LOGIN_URL");
        if (identifier == null && url.isPresent()) {
            return ofUrl(Secret.of(url.get()));
        }
        if (identifier == null) {
            throw Failure.usage("nobody is named to log in", "give --identifier HANDLE, or set ATP_LOGIN_URL");
        }
        if (identifier.contains("://")) {
            // Perhaps a whole login URL, so it is not repeated here.
            throw Failure.usage(
                    "--identifier takes a handle, DID or e-mail address, not an address of the web",
                    "a login URL goes into ATP_LOGIN_URL");
        }
        var input = new StandardInput(surroundings().in());
        Secret password = passwordStdin ? input.line("password") : askForPassword();
        try {
            var login = Login.as(identifier, password);
            if (service != null) {
                login.service(address(service));
            }
            if (codeStdin) {
                login.authFactorToken(input.line("sign-in code"));
            }
            if (allowTakendown) {
                login.allowTakendown();
            }
            return login.build();
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()), "see atp login --help");
        }
    }

    private Secret askForPassword() {
        return surroundings()
                .terminal()
                .ask("Password: ")
                .orElseThrow(() -> Failure.usage("there is no password", PASSWORD_PLACES));
    }

    private Login ofUrl(Secret url) {
        if (service != null || passwordStdin || codeStdin || allowTakendown) {
            throw Failure.usage(
                    "ATP_LOGIN_URL says all about a login, and is used because there is no --identifier",
                    "drop the other options, or add --identifier");
        }
        try {
            return Login.url(url);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("ATP_LOGIN_URL: " + e.getMessage(), "correct it, or give --identifier instead");
        }
    }

    private static URI address(String service) {
        try {
            return URI.create(service.contains("://") ? service : "https://" + service);
        } catch (IllegalArgumentException e) {
            // The parser's message quotes its input, and somebody may have put a password in there.
            throw Failure.usage("--service is no address", "give one such as https://bsky.social");
        }
    }
}
