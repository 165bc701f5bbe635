// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.identity.DidDocument.EndpointRule;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.identity.NetworkIdentityResolver;
import dev.atp4j.identity.TxtLookup;
import dev.atp4j.lexicon.source.LexiconInstaller;
import dev.atp4j.lexicon.source.LexiconInstaller.Report;
import dev.atp4j.lexicon.source.LexiconNetwork;
import dev.atp4j.syntax.Nsid;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atp lexicon install}. */
@Command(
        name = "install",
        description = {
            "Install lexicons, with all that they refer to, into a folder, and note in a manifest where they came from.",
            "Without a name: restore what the manifest lists. If anything fails, nothing is changed."
        })
final class LexiconInstallCommand extends AtpCommand {

    @Parameters(arity = "0..*", paramLabel = "NSID", description = "Lexicons to add.")
    private List<String> names = List.of();

    @Option(names = "--lexicons", paramLabel = "DIR", description = "The folder of the documents; lexicons by default.")
    private String folder = "lexicons";

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description = "The manifest; lexicons.json beside the folder by default.")
    private @Nullable String manifest;

    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            description = "Look first in a folder, a jar, an address, or git+ADDRESS#REVISION.")
    private @Nullable String from;

    @Option(names = "--offline", description = "Do not ask the network.")
    private boolean offline;

    @Option(names = "--update", description = "Fetch everything anew.")
    private boolean update;

    @Option(names = "--frozen", description = "Only check, as a build server does, that all is as the manifest says.")
    private boolean frozen;

    LexiconInstallCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Output output) {
        List<Nsid> additions = additions();
        if (frozen && (update || from != null || !additions.isEmpty())) {
            throw Failure.usage("--frozen changes nothing", "leave out names, --from and --update");
        }
        try (Wire wire = wire(output)) {
            LexiconInstaller installer = installer(wire, output);
            if (frozen) {
                int count = installer.verify();
                output.line(count + " lexicons are as the manifest says");
                output.json(() -> LexMap.builder().put("unchanged", count).build());
                return ExitCode.OK;
            }
            Report report = update ? installer.update(additions) : installer.install(additions);
            show(report, output);
            return ExitCode.OK;
        } catch (IdentityException e) {
            throw e.retryable()
                    ? Failure.tryLater("IdentityUnavailable", String.valueOf(e.getMessage()), "try again later")
                    : Failure.failed(
                            "LexiconNotFound",
                            String.valueOf(e.getMessage()),
                            "check the spelling, or take it from somewhere else with --from");
        }
    }

    private List<Nsid> additions() {
        var ids = new ArrayList<Nsid>();
        for (String name : names) {
            ids.add(Nsid.tryParse(name)
                    .orElseThrow(() -> Failure.usage(
                            "this is no name of a lexicon: " + name, "it is such as app.bsky.feed.post")));
        }
        return ids;
    }

    private LexiconInstaller installer(Wire wire, Output output) {
        try {
            var builder = LexiconInstaller.builder(Path.of(folder)).progress(output::remark);
            if (manifest != null) {
                builder.manifest(Path.of(manifest));
            }
            if (from != null) {
                builder.source(LexiconReadings.open(from, wire));
            }
            if (!offline) {
                builder.network(network(wire));
            }
            return builder.build();
        } catch (InvalidPathException e) {
            throw Failure.usage("--lexicons or --manifest is no path", "name a folder, and a file");
        }
    }

    private LexiconNetwork network(Wire wire) {
        URI plc = surroundings()
                .variable("ATP_PLC_URL")
                .map(Workplace::directory)
                .orElse(NetworkIdentityResolver.PLC_DIRECTORY);
        TxtLookup dns = surroundings().variable("ATP_DNS_URL").map(this::dns).orElseGet(TxtLookup::system);
        EndpointRule rule = EndpointRule.forService(plc);
        var identities = NetworkIdentityResolver.builder(wire)
                .directory(plc)
                .txtLookup(dns)
                .endpointRule(rule)
                .build();
        return new LexiconNetwork(wire, identities, dns, rule);
    }

    private TxtLookup dns(String url) {
        try {
            return TxtLookup.at(URI.create(url));
        } catch (IllegalArgumentException e) {
            throw Failure.usage(
                    "ATP_DNS_URL is no address of a DNS server", "it is such as dns://192.0.2.53, or unset it");
        }
    }

    private static void show(Report report, Output output) {
        report.installed().forEach(id -> output.line("installed " + id));
        report.removed().forEach(id -> output.line("removed " + id));
        report.missing().forEach(id -> output.remark("not published, and only spoken of: " + id));
        output.line(report.installed().size() + " installed, " + report.unchanged() + " unchanged, "
                + report.removed().size() + " removed");
        output.json(() -> LexMap.builder()
                .put("installed", names(report.installed()))
                .put("unchanged", report.unchanged())
                .put("removed", names(report.removed()))
                .put("missing", names(report.missing()))
                .build());
    }

    private static LexList names(List<Nsid> ids) {
        return new LexList(
                ids.stream().map(id -> (LexValue) new LexString(id.value())).toList());
    }
}
