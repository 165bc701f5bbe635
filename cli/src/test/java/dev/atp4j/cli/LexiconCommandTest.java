// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.identity.DnsServer;
import dev.atp4j.pds.Account;
import dev.atp4j.xrpc.XrpcClient;
import dev.atp4j.xrpc.XrpcRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LexiconCommandTest {

    private static final String POST = """
            {"$type": "com.atproto.lexicon.schema", "lexicon": 1, "id": "com.example.feed.post", "defs": {"main": {
              "type": "record", "key": "tid", "description": "A post.", "record": {"type": "object",
                "required": ["text"], "properties": {
                  "text": {"type": "string", "maxLength": 3000, "maxGraphemes": 300},
                  "part": {"type": "ref", "ref": "com.example.feed.defs#part"}}}}}}""";
    private static final String DEFS = """
            {"$type": "com.atproto.lexicon.schema", "lexicon": 1, "id": "com.example.feed.defs", "defs": {"part": {
              "type": "object", "properties": {"n": {"type": "integer"}}}}}""";

    @TempDir
    private Path folder;

    private final DnsServer dns = new DnsServer();
    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
        shell.environment.put("ATP_PLC_URL", shell.pds.plcUrl().toString());
        shell.environment.put("ATP_DNS_URL", dns.address().toString());
    }

    @AfterEach
    void close() {
        shell.close();
        dns.close();
    }

    @Test
    void aloneItSaysWhatThereIs() {
        Shell.Result result = shell.run("lexicon");

        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("install", "lint", "diff", "validate", "generate");
        for (String command : List.of("install", "lint", "diff", "validate", "generate")) {
            assertThat(shell.run("lexicon", command, "--help").out()).contains("atp lexicon " + command);
        }
        assertThat(shell.run("lexicon", "nonsense").code()).isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("lexicon", "lint", "--nonsense", "--json").errorName())
                .isEqualTo("UsageError");
    }

    @Test
    void installsFromTheNetwork() throws IOException {
        publish("com.example.feed.post", POST);
        publish("com.example.feed.defs", DEFS);

        Shell.Result result = lexicon("install", "com.example.feed.post");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        "installed com.example.feed.defs",
                        "installed com.example.feed.post",
                        "2 installed, 0 unchanged, 0 removed");
        assertThat(result.err().lines())
                .containsExactly(
                        "fetching com.example.feed.post (1 of 1 so far)",
                        "fetching com.example.feed.defs, which com.example.feed.post needs (2 of 2 so far)");
        assertThat(folder.resolve("lexicons/com/example/feed/post.json")).exists();
        assertThat(LexJson.parseMap(Files.readAllBytes(folder.resolve("lexicons.json")))
                        .getList("lexicons"))
                .hasToString("Optional[[\"com.example.feed.post\"]]");
        assertThat(lexicon("install", "--frozen").out()).isEqualTo("2 lexicons are as the manifest says\n");
        assertThat(lexicon("install", "--update", "--json").json().getLong("unchanged"))
                .contains(2L);
    }

    @Test
    void whatNobodyPublishesCannotBeInstalled() {
        Shell.Result result = lexicon("install", "com.example.other.thing", "--json");

        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.errorName()).isEqualTo("LexiconNotFound");
        assertThat(result.error().getString("message"))
                .contains(
                        "nobody publishes com.example.other.thing: the name _lexicon.other.example.com has no TXT record"
                                + " did=DID");
        assertThat(folder.resolve("lexicons")).doesNotExist();
    }

    @Test
    void aBuildServerIsToldWhatHasChanged() throws IOException {
        publish("com.example.feed.defs", DEFS);
        lexicon("install", "com.example.feed.defs");
        Path file = folder.resolve("lexicons/com/example/feed/defs.json");
        Files.writeString(file, Files.readString(file).replace("integer", "boolean"));

        Shell.Result result = lexicon("install", "--frozen");

        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains(file + " has changed since it was installed");
    }

    @Test
    void installsFromAFolderWithoutANetwork() throws IOException {
        write("elsewhere/post.json", POST);
        write("elsewhere/defs.json", DEFS);

        Shell.Result result = lexicon("install", "--from", folder + "/elsewhere", "--offline", "com.example.feed.post");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(folder.resolve("lexicons/com/example/feed/defs.json")).exists();
    }

    @Test
    void aWrongCommandLineInstallsNothing() {
        assertThat(lexicon("install", "nonsense").code()).isEqualTo(ExitCode.USAGE);
        assertThat(lexicon("install", "--frozen", "--update").code()).isEqualTo(ExitCode.USAGE);
        assertThat(lexicon("install", "--from", folder + "/gone", "a.b.c").code())
                .isEqualTo(ExitCode.USAGE);
        shell.environment.put("ATP_DNS_URL", "nonsense");
        assertThat(lexicon("install", "a.b.c").err()).contains("ATP_DNS_URL is no address of a DNS server");
    }

    @Test
    void lintNamesFilePlaceAndRule() throws IOException {
        Path post = write("lexicons/com/example/feed/post.json", POST.replace("#part", "#gone"));
        Path defs = write("lexicons/com/example/feed/defs.json", DEFS);
        Path broken = write("lexicons/broken.json", "{\"lexicon\": 1");

        Shell.Result result = shell.run("lexicon", "lint", folder + "/lexicons");

        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out().lines())
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("error " + broken + " $")
                                .endsWith("[json]"),
                        line -> assertThat(line)
                                .isEqualTo("error " + post
                                        + " $.defs.main.record.properties.part.ref: com.example.feed.defs has no"
                                        + " definition gone [dangling-ref]"),
                        line -> assertThat(line).isEqualTo("2 documents, 2 errors, 0 warnings"));
        assertThat(shell.run("lexicon", "lint", defs.toString()).code()).isZero();
    }

    @Test
    void lintLeavesOutWhatIsNotWanted() throws IOException {
        String file = write("x.json", DEFS).toString();

        assertThat(shell.run("lexicon", "lint", file).out()).contains("[file-path]", "0 errors, 1 warnings");
        assertThat(shell.run("lexicon", "lint", file, "--errors-only").code()).isZero();
        assertThat(shell.run("lexicon", "lint", file, "--ignore", "file-path,union-empty")
                        .code())
                .isZero();
        Shell.Result wrong = shell.run("lexicon", "lint", file, "--ignore", "nonsense");
        assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("there is no rule nonsense", "file-path");
        LexMap json = shell.run("lexicon", "lint", file, "--json").json();
        assertThat(((LexMap) json.getList("findings").orElse(LexList.of()).get(0)).getString("rule"))
                .contains("file-path");
    }

    @Test
    void diffTellsWhatBreaks() throws IOException {
        String before = write("before.json", DEFS).toString();
        String after = write("after.json", DEFS.replace("integer", "string")).toString();
        String more = write(
                        "more.json",
                        DEFS.replace("\"properties\": {", "\"properties\": {\"m\": {\"type\": \"boolean\"}, "))
                .toString();

        Shell.Result breaks = shell.run("lexicon", "diff", before, after);
        Shell.Result adds = shell.run("lexicon", "diff", before, more);

        assertThat(breaks.code()).isEqualTo(ExitCode.FAILED);
        assertThat(breaks.out())
                .startsWith("error com.example.feed.defs $.defs.part.properties.n: the type was integer and is string"
                        + " [type-change]\n");
        assertThat(adds.code()).isZero();
        assertThat(adds.out()).contains("note com.example.feed.defs $.defs.part.properties.m");
        assertThat(shell.run("lexicon", "diff", before, more, "--errors-only").out())
                .isEqualTo("1 documents, 0 errors, 0 warnings\n");
        assertThat(shell.run("lexicon", "diff", before).code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void validateNamesFilePlaceAndRule() throws IOException {
        String post = write("post.json", POST).toString();
        String good = write("good.json", "{\"$type\": \"com.example.feed.post\", \"text\": \"hi\"}")
                .toString();
        String bad = write("bad.json", "{\"$type\": \"com.example.feed.post\", \"text\": 1}")
                .toString();
        String none = write("none.json", "{}").toString();

        assertThat(shell.run("lexicon", "validate", "--lexicons", post, good).out())
                .isEqualTo("1 files, 0 violations\n");
        Shell.Result result = shell.run("lexicon", "validate", "--lexicons", post, good, bad, none);
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out().lines())
                .containsExactly(
                        bad + " $.text: expected a string, got an integer [kind]",
                        none + " $: expected a $type, got nothing [type]",
                        "3 files, 2 violations");
        assertThat(shell.piped("{\"n\": 1.5}", "lexicon", "validate", "--lexicons", post, "-")
                        .out())
                .contains("- $.n: ", "[json]");
        assertThat(shell.run("lexicon", "validate", "--lexicons", post, "--type", "com.example.gone", good)
                        .code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("lexicon", "validate", "--lexicons", post, folder + "/gone")
                        .code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theNetworksOwnLexiconsAreKnown() throws IOException {
        String like = write(
                        "like.json",
                        "{\"$type\": \"app.bsky.feed.like\", \"createdAt\": \"2026-01-01T00:00:00Z\", \"subject\": {}}")
                .toString();

        assertThat(shell.run("lexicon", "validate", like).out()).contains(like + " $.subject");
    }

    @Test
    void generateWritesClasses() throws IOException {
        write("lexicons/com/example/feed/post.json", POST);
        write("lexicons/com/example/feed/defs.json", DEFS);
        String[] command = {
            "lexicon", "generate", "--lexicons", folder + "/lexicons", "--out", folder + "/java", "--package", "x.y"
        };

        Shell.Result first = shell.run(command);

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(folder.resolve("java/x/y/com/example/feed/Post.java")).exists();
        assertThat(shell.run(command).out()).isEqualTo("up to date\n");
        write("lexicons/com/example/feed/post.json", POST.replace("\"ref\",", "\"nonsense\","));
        Shell.Result invalid = shell.run(command);
        assertThat(invalid.code()).isEqualTo(ExitCode.FAILED);
        assertThat(invalid.err()).contains("post.json", "$.defs.main.record.properties.part");
        assertThat(shell.run("lexicon", "generate", "--lexicons", folder + "/gone", "--out", "o", "--package", "p")
                        .code())
                .isEqualTo(ExitCode.USAGE);
    }

    private Shell.Result lexicon(String command, String... more) {
        var args = new ArrayList<>(List.of("lexicon", command, "--lexicons", folder + "/lexicons"));
        args.addAll(List.of(more));
        return shell.run(args.toArray(String[]::new));
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private void publish(String id, String json) {
        Account account = shell.pds
                .accounts()
                .find("publisher.test")
                .orElseGet(() -> shell.pds.createAccount("publisher.test", Shell.PASSWORD));
        dns.records("_lexicon.feed.example.com", List.of(List.of("did=" + account.did())));
        try (var transport = HttpTransport.create()) {
            var client = new XrpcClient(transport, shell.pds.url());
            LexMap session = client.send(XrpcRequest.procedure("com.atproto.server.createSession")
                            .json(LexMap.builder()
                                    .put("identifier", "publisher.test")
                                    .put("password", Shell.PASSWORD)
                                    .build())
                            .build())
                    .json();
            var put = XrpcRequest.procedure("com.atproto.repo.putRecord")
                    .json(LexMap.builder()
                            .put("repo", account.did().value())
                            .put("collection", "com.atproto.lexicon.schema")
                            .put("rkey", id)
                            .put("record", LexJson.parse(json))
                            .build())
                    .build();
            String token = session.getString("accessJwt").orElseThrow();
            client.exchange(put, Headers.of("authorization", "Bearer " + token), Duration.ofSeconds(20))
                    .orThrow();
        }
    }
}
