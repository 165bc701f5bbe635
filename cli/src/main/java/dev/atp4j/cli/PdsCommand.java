// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.pds.Account;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.VirtualTime;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code atp pds}. */
@Command(
        name = "pds",
        description = {
            "Serve a PDS in a box on loopback until stopped, and print one line of JSON when it is ready.",
            "It forgets everything when it stops. Its clock runs with the machine's, and can be pushed ahead at the"
                    + " admin address."
        })
final class PdsCommand extends AtpCommand {

    private static final int HIGHEST_PORT = 65535;

    @Option(names = "--port", paramLabel = "N", description = "Port of the login service; a free one by default.")
    private int port;

    @Option(
            names = "--account",
            arity = "1..*",
            paramLabel = "HANDLE:PASSWORD",
            description = "An account to create; may be given several times.")
    private List<String> accounts = List.of();

    @Option(
            names = "--auth-factor",
            arity = "1..*",
            paramLabel = "HANDLE",
            description = "One of these accounts that needs a sign-in code; ask the admin address for it.")
    private List<String> authFactors = List.of();

    @Option(names = "--entryway", description = "Put an entryway before the PDS, as at bsky.social.")
    private boolean entryway;

    @Option(
            names = "--did-doc",
            negatable = true,
            description = "Whether session answers carry the DID document; by default if there is an entryway.")
    private @Nullable Boolean didDoc;

    @Option(names = "--rate-limits", description = "Limit calls as the reference PDS does.")
    private boolean rateLimits;

    @Option(names = "--expired-token-as-401", description = "Answer expired tokens by 401 instead of 400.")
    private boolean expiredTokenAs401;

    PdsCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Output output) throws InterruptedException {
        try (EmbeddedPds pds = start()) {
            var created = new ArrayList<LexValue>();
            for (String account : accounts) {
                created.add(create(account, pds));
            }
            for (String handle : authFactors) {
                Account account = pds.accounts()
                        .find(handle)
                        .orElseThrow(() ->
                                Failure.usage("--auth-factor names no account: " + handle, "create it with --account"));
                pds.accounts().requireAuthFactor(account.did());
            }
            output.always(LexMap.builder()
                    .put("url", pds.url().toString())
                    .put("pds", pds.pdsUrl().toString())
                    .put("plc", pds.plcUrl().toString())
                    .put("admin", withoutSlash(pds.adminUrl()))
                    .put("accounts", new LexList(created))
                    .build());
            surroundings().stop().await();
        }
        return ExitCode.OK;
    }

    private EmbeddedPds start() {
        if (port < 0 || port > HIGHEST_PORT) {
            throw Failure.usage("--port is no port: " + port, "give a number from 1 to " + HIGHEST_PORT);
        }
        var builder = EmbeddedPds.builder()
                .port(port)
                .time(VirtualTime.running())
                .entryway(entryway)
                .rateLimits(rateLimits)
                .expiredTokenAs401(expiredTokenAs401);
        if (didDoc != null) {
            builder.didDocInSession(didDoc);
        }
        try {
            return builder.start();
        } catch (UncheckedIOException e) {
            throw Failure.usage("port " + port + " cannot be had: " + e.getMessage(), "try another --port");
        }
    }

    private static LexMap create(String handleAndPassword, EmbeddedPds pds) {
        int colon = handleAndPassword.indexOf(':');
        if (colon < 1 || colon == handleAndPassword.length() - 1) {
            throw Failure.usage("an --account is not HANDLE:PASSWORD", "give one such as alice.test:secret");
        }
        try {
            Account account =
                    pds.createAccount(handleAndPassword.substring(0, colon), handleAndPassword.substring(colon + 1));
            return LexMap.builder()
                    .put("did", account.did().value())
                    .put("handle", account.handle().value())
                    .build();
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--account: " + e.getMessage(), "give one such as alice.test:secret");
        }
    }

    /** So that a path can be appended in the way that comes to mind first. */
    private static String withoutSlash(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
