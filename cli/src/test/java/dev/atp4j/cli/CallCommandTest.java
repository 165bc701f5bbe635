// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexMap;
import dev.atp4j.pds.Account;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallCommandTest {

    private static final String CREATE = "com.atproto.repo.createRecord";
    private static final String LIST = "com.atproto.repo.listRecords";
    private static final String PROFILE = "app.bsky.actor.getProfile";
    private static final String UPLOAD = "com.atproto.repo.uploadBlob";

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void callsAQueryForPeopleAndForPrograms() {
        Account alice = shell.loggedIn("alice.test");

        Shell.Result people = shell.run("call", "com.atproto.server.getSession");
        Shell.Result program = shell.run("call", "com.atproto.server.getSession", "--json");

        assertThat(people.code()).isZero();
        assertThat(people.out().lines()).contains("did: " + alice.did(), "handle: alice.test", "active: true");
        assertThat(program.json().getString("did")).hasValue(alice.did().value());
        assertThat(program.out().lines()).hasSize(1);
    }

    @Test
    void callsAProcedureWithJsonFromAFileOrStandardInput() throws IOException {
        Account alice = shell.loggedIn("alice.test");
        String input = "{\"repo\": \"alice.test\", \"collection\": \"com.example.mood\", \"record\":"
                + " {\"$type\": \"com.example.mood\", \"text\": \"fine\"}}";
        Path file = Files.writeString(folder.resolve("record.json"), input);

        assertThat(shell.run("call", CREATE, "--input", file.toString()).code()).isZero();
        assertThat(shell.piped(input, "call", CREATE, "--input", "-").code()).isZero();

        Shell.Result list = shell.run(
                "call",
                LIST,
                "repo=" + alice.did(),
                "collection=com.example.mood",
                "limit=10",
                "reverse=true",
                "--json");
        assertThat(list.json().getList("records").orElseThrow().size()).isEqualTo(2);
    }

    @Test
    void callsAProcedureWithFieldsOfItsInput() {
        Account alice = shell.loggedIn("alice.test");

        Shell.Result made = shell.run(
                "call",
                CREATE,
                "repo=" + alice.did(),
                "collection=com.example.mood",
                "rkey=one",
                "validate=false",
                "record={\"$type\":\"com.example.mood\",\"text\":\"fine\"}",
                "--json");

        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.json().getString("uri")).hasValue("at://" + alice.did() + "/com.example.mood/one");
    }

    @Test
    void uploadsFilesAndKeepsBinaryAnswers() throws IOException {
        Account alice = shell.loggedIn("alice.test");
        Path file = Files.writeString(folder.resolve("note.txt"), "a note");
        Path copy = folder.resolve("copy.txt");

        Shell.Result up = shell.run("call", UPLOAD, "--input", file.toString(), "--type", "text/plain", "--json");
        assertThat(up.code()).as(up.err()).isZero();
        LexMap blob = up.json().getMap("blob").orElseThrow();
        String cid = blob.get("ref") instanceof LexLink link ? link.cid().value() : "";
        assertThat(shell.run(
                                "call",
                                CREATE,
                                "repo=" + alice.did(),
                                "collection=com.example.note",
                                "record={\"$type\":\"com.example.note\",\"file\":" + blob + "}")
                        .code())
                .isZero();
        Shell.Result down = shell.run(
                "call",
                "com.atproto.sync.getBlob",
                "did=" + alice.did(),
                "cid=" + cid,
                "--output",
                copy.toString(),
                "--json");

        assertThat(down.code()).as(down.err()).isZero();
        assertThat(copy).hasContent("a note");
        assertThat(down.json().getLong("size")).hasValue(6L);
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            app.bsky.actor.getProfile => parameter actor: expected a string of the format at-identifier, got nothing; the parameters are: actor (required)
            app.bsky.actor.getProfile actr=x => parameter actr: expected one of actor, got another name; parameter actor: expected
            app.bsky.actor.getProfile actor=not_a_handle => parameter actor: expected a string of the format at-identifier
            app.bsky.feed.getTimeline limit=many => parameter limit: expected an integer, got another text; the parameters are: algorithm, limit, cursor
            app.bsky.feed.getTimeline limit=1000 => parameter limit: expected an integer of 100 or less, got more
            app.bsky.feed.getTimeline limit=1 limit=2 => parameter limit: expected one value, got several
            app.bsky.feed.getTimeline secret-in-a-wrong-place => argument 2 is not of the form NAME=VALUE
            app.bsky.feed.getTimeline --input x => app.bsky.feed.getTimeline is a query, which takes no input
            com.atproto.repo.deleteRecord repo=alice.test => input collection: expected a string of the format nsid, got nothing
            com.atproto.repo.deleteRecord colection=x => input colection: expected one of repo, collection, rkey
            com.atproto.server.createAccount password=planted-wrong-password => password is a secret, which never goes on the command line
            com.atproto.repo.uploadBlob => com.atproto.repo.uploadBlob takes a file of */*
            com.atproto.repo.uploadBlob --input x => has to know the type of the file; name it with --type
            com.atproto.repo.importRepo --input x --type text/plain => takes a file of application/vnd.ipld.car, not text/plain
            com.atproto.server.deactivateAccount --input nowhere.json => the input cannot be read: nowhere.json
            com.atproto.server.activateAccount --input x => com.atproto.server.activateAccount takes no input
            com.atproto.sync.getBlob did=did:plc:ewvi7nxzyoun6zhxrhs64oiz cid=bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku => is not JSON; --output FILE
            app.bsky.feed.post => app.bsky.feed.post is no query and no procedure
            app.bsky.feed.getTimelin => no lexicon of app.bsky.feed.getTimelin is known; did you mean app.bsky.feed.getTimeline?
            getTimeline => this is no NSID: getTimeline; did you mean app.bsky.feed.getTimeline?
            com.example.other.thing => --lexicons FOLDER names more of them, --unchecked does without
            app.bsky.feed.getTimeline --proxy nobody => --proxy is no service
            app.bsky.feed.getTimeline --timeout 0 => --timeout is not positive
            app.bsky.feed.getTimeline --lexicons nowhere => there is no folder nowhere
            """)
    void sendsNothingThatIsWrong(String arguments, String message) {
        shell.loggedIn("alice.test");
        shell.pds.journal().clear();

        Shell.Result result = shell.run(("call " + arguments).split(" "));

        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains(message).doesNotContain("planted", "secret-in");
        assertThat(result.err().lines()).hasSize(1);
        assertThat(shell.pds.journal().entries()).isEmpty();
    }

    @Test
    void wrongInputIsNamedByItsPlace() {
        shell.loggedIn("alice.test");

        Shell.Result result = shell.piped(
                "{\"repo\": \"alice.test\", \"writes\": [{\"$type\": \"com.atproto.repo.applyWrites#create\"}]}",
                "call",
                "com.atproto.repo.applyWrites",
                "--input",
                "-",
                "--json");

        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.error().getString("message").orElseThrow())
                .contains("input writes[0].collection: expected a string of the format nsid, got nothing");
    }

    @Test
    void looksForLexiconsInAFolderFirst() throws IOException {
        shell.loggedIn("alice.test");
        Files.createDirectories(folder.resolve("lex"));
        Files.writeString(
                folder.resolve("lex/getMood.json"),
                "{\"lexicon\": 1, \"id\": \"com.example.getMood\", \"defs\": {\"main\": {\"type\": \"query\","
                        + " \"parameters\": {\"type\": \"params\", \"required\": [\"day\"], \"properties\":"
                        + " {\"day\": {\"type\": \"string\"}}}}}}");

        Shell.Result wrong = shell.run(
                "call",
                "com.example.getMood",
                "--lexicons",
                folder.resolve("lex").toString());
        Shell.Result right = shell.run(
                "call",
                "com.example.getMood",
                "day=today",
                "--lexicons",
                folder.resolve("lex").toString(),
                "--json");

        assertThat(wrong.err()).contains("parameter day: expected a string, got nothing");
        // The box does not know it either, but was asked.
        assertThat(right.code()).isEqualTo(ExitCode.FAILED);
        assertThat(right.err()).contains("--proxy names another");
        assertThat(shell.calls("com.example.getMood")).isPositive();
    }

    @Test
    void callsWhatNobodyKnowsIfThatIsWanted() {
        shell.loggedIn("alice.test");

        assertThat(shell.run("call", "com.example.getMood", "day=today", "--unchecked")
                        .code())
                .isEqualTo(ExitCode.FAILED);
        assertThat(shell.run("call", "com.example.setMood", "day=1", "--unchecked", "--procedure")
                        .code())
                .isEqualTo(ExitCode.FAILED);

        assertThat(shell.calls("com.example.getMood")).isPositive();
        assertThat(shell.calls("com.example.setMood")).isPositive();
        assertThat(shell.run("call", PROFILE, "--unchecked").code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aRefusalHasTheServersNameForIt() {
        Account alice = shell.loggedIn("alice.test");

        Shell.Result result = shell.run(
                "call",
                "com.atproto.repo.getRecord",
                "repo=" + alice.did(),
                "collection=com.example.mood",
                "rkey=x",
                "--json");

        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.errorName()).isEqualTo("RecordNotFound");
    }

    @Test
    void nobodyLoggedInIsNoSession() {
        assertThat(shell.run("call", "app.bsky.feed.getTimeline", "--json").errorName())
                .isEqualTo("NoSession");
    }

    @Test
    void theTreeOfAnAnswerIsReadable() {
        LexMap tree = LexJson.parseMap("""
                {"a": 1, "list": [{"x": true, "y": [1, 2]}, {"x": null}], "none": [], "map": {"deep": {"er": "text"}}}
                """.getBytes(StandardCharsets.UTF_8));

        assertThat(String.join("\n", TreeText.of(tree))).isEqualTo("""
                        a: 1
                        list:
                          - x: true
                            y:
                              - 1
                              - 2
                          - x: null
                        none: []
                        map:
                          deep:
                            er: text""");
    }
}
