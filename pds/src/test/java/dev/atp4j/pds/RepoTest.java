// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.pds.Caller.Result;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Tid;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RepoTest {

    private static final String POSTS = "app.bsky.feed.post";
    private static final String THINGS = "com.example.thing";

    private final EmbeddedPds pds = EmbeddedPds.builder().start();
    private final Caller caller = new Caller(pds.url());
    private final Account alice = pds.createAccount("alice.test", "password");
    private final String access = caller.login("alice.test", "password").access();

    @AfterEach
    void stop() {
        pds.close();
    }

    private static LexMap thing(int number) {
        return LexMap.builder().put("$type", THINGS).put("number", number).build();
    }

    private LexMap.Builder input(String collection, String rkey, LexValue record) {
        LexMap.Builder input = LexMap.builder().put("repo", alice.did().value()).put("collection", collection);
        if (!rkey.isEmpty()) {
            input.put("rkey", rkey);
        }
        return record == LexNull.NULL ? input : input.put("record", record);
    }

    private Result repo(String method, LexMap.Builder input) {
        return caller.post("com.atproto.repo." + method, access, input.build());
    }

    private Result create(String rkey, int number) {
        return repo("createRecord", input(THINGS, rkey, thing(number)));
    }

    private Result get(String rkey) {
        return caller.get("com.atproto.repo.getRecord?repo=alice.test&collection=" + THINGS + "&rkey=" + rkey, "");
    }

    private String list(String query) {
        LexMap page = caller.get(
                        "com.atproto.repo.listRecords?repo=" + alice.did() + "&collection=" + THINGS + query, "")
                .json();
        String keys = page.getList("records").orElseThrow().items().stream()
                .map(each -> ((LexMap) each).getString("uri").orElseThrow())
                .map(uri -> uri.substring(uri.lastIndexOf('/') + 1))
                .reduce("", (a, b) -> a + b);
        return keys + "|" + page.getString("cursor").orElse("-");
    }

    @Test
    void aRecordIsCreatedUnderANewKeyAndReadBack() {
        Result created = repo("createRecord", input(THINGS, "", thing(1)));
        String uri = created.text("uri");
        String rkey = uri.substring(uri.lastIndexOf('/') + 1);
        assertThat(uri).startsWith("at://" + alice.did() + "/" + THINGS + "/");
        assertThat(Tid.parse(rkey).toInstant()).isAfterOrEqualTo(VirtualTime.START);
        // DAG-CBOR of {"$type": "com.example.thing", "number": 1}, hashed: the same on every server.
        assertThat(created.text("cid")).isEqualTo("bafyreicccpmxhghyo6gxyickvnxpqjspo2q7og25cmhdkawfksst2husva");
        Result read = get(rkey);
        assertThat(read.json().toString())
                .isEqualTo(
                        "{\"uri\":\"" + uri + "\",\"cid\":\"" + created.text("cid") + "\",\"value\":" + thing(1) + "}");
        assertThat(get("nothing").outcome())
                .isEqualTo("400 RecordNotFound \"Could not locate record: at://" + alice.did() + "/" + THINGS
                        + "/nothing\"");
    }

    @Test
    void aMissingTypeIsFilledInAndAWrongOneRefused() {
        LexMap untyped = LexMap.builder().put("number", 1).build();
        repo("createRecord", input(THINGS, "one", untyped));
        assertThat(get("one").json().getMap("value").orElseThrow().getString("$type"))
                .contains(THINGS);
        assertThat(repo("createRecord", input(POSTS, "", thing(1))).outcome())
                .isEqualTo("400 InvalidRequest \"Invalid $type: expected " + POSTS + ", got " + THINGS + "\"");
    }

    @Test
    void aRecordThatHasNoBinaryFormIsRefused() {
        LexMap broken = thing(1).with("link", new LexLink(Cid.parse("bafybroken")));

        assertThat(repo("createRecord", input(THINGS, "", broken)).outcome())
                .isEqualTo("400 InvalidRequest \"Invalid record at $.record: $.link: the link is no CID in base32\"");
    }

    @Test
    void everyWriteIsANewCommit() {
        String first = create("a", 1).json().getMap("commit").orElseThrow().toString();
        Result second = repo("putRecord", input(THINGS, "a", thing(2)));
        assertThat(second.json().getMap("commit").orElseThrow().toString()).isNotEqualTo(first);
        assertThat(repo("putRecord", input(THINGS, "a", thing(2))).json().get("commit"))
                .as("a put that changes nothing")
                .isNull();
    }

    @Test
    void writesOnTopOfAnotherStateAreRefused() {
        String old = create("a", 1).text("cid");
        String commit = repo("putRecord", input(THINGS, "a", thing(2)))
                .json()
                .getMap("commit")
                .flatMap(map -> map.getString("cid"))
                .orElseThrow();
        String current = get("a").text("cid");
        String invalid = "400 InvalidSwap \"Record was at " + current + "\"";
        assertThat(repo("putRecord", input(THINGS, "a", thing(3)).put("swapRecord", old))
                        .outcome())
                .isEqualTo(invalid);
        assertThat(repo("putRecord", input(THINGS, "a", thing(3)).put("swapRecord", LexNull.NULL))
                        .outcome())
                .isEqualTo(invalid);
        assertThat(repo("deleteRecord", input(THINGS, "a", LexNull.NULL).put("swapRecord", old))
                        .outcome())
                .isEqualTo(invalid);
        assertThat(repo("putRecord", input(THINGS, "b", thing(3)).put("swapRecord", old))
                        .outcome())
                .isEqualTo("400 InvalidSwap \"Record was at null\"");
        assertThat(repo("createRecord", input(THINGS, "b", thing(3)).put("swapCommit", old))
                        .outcome())
                .isEqualTo("400 InvalidSwap \"Commit was at " + commit + "\"");
        assertThat(repo("putRecord", input(THINGS, "b", thing(3)).put("swapRecord", LexNull.NULL))
                        .outcome())
                .isEqualTo("200");
        assertThat(repo("putRecord", input(THINGS, "a", thing(3)).put("swapRecord", current))
                        .outcome())
                .isEqualTo("200");
    }

    @Test
    void aDeletedRecordIsGoneAndDeletingAgainIsFine() {
        create("a", 1);
        assertThat(repo("deleteRecord", input(THINGS, "a", LexNull.NULL)).json().fields())
                .containsKey("commit");
        assertThat(repo("deleteRecord", input(THINGS, "a", LexNull.NULL)).json().fields())
                .isEmpty();
        assertThat(get("a").text("error")).isEqualTo("RecordNotFound");
    }

    @Test
    void recordsAreListedInPagesInBothDirections() {
        for (String key : List.of("a", "b", "c", "d", "e")) {
            create(key, 1);
        }
        assertThat(list("")).isEqualTo("edcba|a");
        assertThat(list("&limit=2")).isEqualTo("ed|d");
        assertThat(list("&limit=2&cursor=d")).isEqualTo("cb|b");
        assertThat(list("&limit=2&cursor=b")).isEqualTo("a|a");
        assertThat(list("&cursor=a")).isEqualTo("|-");
        assertThat(list("&limit=2&reverse=true")).isEqualTo("ab|b");
        assertThat(list("&limit=9&reverse=true&cursor=b")).isEqualTo("cde|e");
        assertThat(caller.get("com.atproto.repo.listRecords?repo=alice.test&limit=0&collection=" + THINGS, "")
                        .outcome())
                .isEqualTo("400 InvalidRequest \"Invalid com.atproto.repo.listRecords params:"
                        + " integer too small (minimum 1, got 0)\"");
    }

    private static LexMap write(String action, String rkey, LexMap value) {
        LexMap.Builder write = LexMap.builder()
                .put("$type", "com.atproto.repo.applyWrites#" + action)
                .put("collection", THINGS)
                .put("rkey", rkey);
        return (value.equals(LexMap.empty()) ? write : write.put("value", value)).build();
    }

    private Result applyWrites(LexMap... writes) {
        return caller.post(
                "com.atproto.repo.applyWrites",
                access,
                LexMap.builder()
                        .put("repo", alice.did().value())
                        .put("writes", new LexList(List.of(writes)))
                        .build());
    }

    @Test
    void manyWritesAreMadeTogetherOrNotAtAll() {
        create("a", 1);
        create("b", 1);
        Result applied = applyWrites(
                write("create", "c", thing(3)), write("update", "a", thing(2)), write("delete", "b", LexMap.empty()));
        assertThat(applied.json().getList("results").orElseThrow().items())
                .extracting(each -> ((LexMap) each).getString("$type").orElse(""))
                .containsExactly(
                        "com.atproto.repo.applyWrites#createResult",
                        "com.atproto.repo.applyWrites#updateResult",
                        "com.atproto.repo.applyWrites#deleteResult");
        assertThat(list("")).isEqualTo("ca|a");
        assertThat(applyWrites(write("create", "d", thing(4)), write("update", "nothing", thing(5)))
                        .status())
                .isEqualTo(500);
        assertThat(list("")).isEqualTo("ca|a");
        assertThat(applyWrites(write("explode", "d", thing(4))).text("error")).isEqualTo("InvalidRequest");
    }

    @Test
    void theCommonestRecordsAreChecked() {
        LexMap silent =
                LexMap.builder().put("createdAt", "2026-01-01T00:00:00.000Z").build();
        assertThat(repo("createRecord", input(POSTS, "", silent)).outcome())
                .isEqualTo("400 InvalidRequest \"Invalid app.bsky.feed.post record:"
                        + " Missing required key \"text\" at $.record\"");
        assertThat(repo("createRecord", input(POSTS, "", silent).put("validate", false))
                        .outcome())
                .isEqualTo("200");
        assertThat(repo("createRecord", input(THINGS, "", thing(1)).put("validate", true))
                        .outcome())
                .isEqualTo("400 InvalidRequest \"Unknown lexicon type: " + THINGS + "\"");
        assertThat(create("a", 1).text("validationStatus")).isEqualTo("unknown");
    }

    @Test
    void onlyTheOwnerWritesWhileActive() {
        pds.createAccount("bob.test", "password");
        String bob = caller.login("bob.test", "password").access();
        LexMap input = input(THINGS, "a", thing(1)).build();
        String method = "com.atproto.repo.createRecord";
        assertThat(caller.post(method, "", input).outcome()).isEqualTo("401 AuthMissing \"Authentication Required\"");
        assertThat(caller.post(method, bob, input).outcome())
                .isEqualTo("401 AuthenticationRequired \"Authentication Required\"");
        pds.accounts().deactivate(alice.did());
        assertThat(caller.post(method, access, input).outcome())
                .isEqualTo("401 AccountDeactivated \"Account is deactivated\"");
        assertThat(get("a").outcome()).isEqualTo("400 InvalidRequest \"Could not locate record\"");
        pds.accounts().takeDown(alice.did());
        assertThat(caller.post(method, access, input).outcome())
                .isEqualTo("401 AccountTakedown \"Account has been taken down\"");
        pds.accounts().delete(alice.did());
        assertThat(caller.post(method, access, input).outcome()).isEqualTo("403 AccountNotFound \"Account not found\"");
    }

    private Result upload(byte[] bytes, String type) {
        return caller.send(caller.request("/xrpc/com.atproto.repo.uploadBlob")
                .header("authorization", "Bearer " + access)
                .header("content-type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    }

    private Result blob(String cid) {
        return caller.get("com.atproto.sync.getBlob?did=" + alice.did() + "&cid=" + cid, "");
    }

    @Test
    void aFileIsShownOnceARecordRefersToIt() {
        LexMap blob = upload(new byte[] {'h', 'e', 'l', 'l', 'o'}, "text/plain")
                .json()
                .getMap("blob")
                .orElseThrow();
        String cid = "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq";
        assertThat(blob)
                .isEqualTo(LexJson.parse("{\"$type\": \"blob\", \"ref\": {\"$link\": \"" + cid
                        + "\"}, \"mimeType\": \"text/plain\", \"size\": 5}"));
        assertThat(blob(cid).outcome()).isEqualTo("400 InvalidRequest \"Blob not found\"");
        repo(
                "createRecord",
                input(THINGS, "", LexMap.builder().put("file", blob).build()));
        assertThat(blob(cid).bytes()).asString().isEqualTo("hello");
        assertThat(blob(cid).headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
        LexMap missing = blob.with("ref", ((LexLink)
                LexJson.parse("{\"$link\": \"bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity\"}")));
        assertThat(repo(
                                "createRecord",
                                input(
                                        THINGS,
                                        "",
                                        LexMap.builder().put("file", missing).build()))
                        .text("error"))
                .isEqualTo("BlobNotFound");
    }

    @Test
    void filesHaveALargestSize() {
        assertThat(upload(new byte[(5 << 20) + 1], "image/png").outcome())
                .isEqualTo("413 PayloadTooLarge \"request entity too large\"");
    }

    @Test
    void theTimelineAndProfilesShowWhatIsStored() {
        LexMap post = LexMap.builder()
                .put("text", "hello")
                .put("createdAt", "2026-01-01T00:00:00.000Z")
                .build();
        repo("createRecord", input(POSTS, "", post));
        repo("createRecord", input(POSTS, "", post.with("text", new LexString("again"))));
        repo(
                "putRecord",
                input(
                        "app.bsky.actor.profile",
                        "self",
                        LexMap.builder()
                                .put("displayName", "Alice")
                                .put("description", "me")
                                .build()));
        LexMap page = caller.get("app.bsky.feed.getTimeline?limit=1", access).json();
        assertThat(page.toString()).contains("\"text\":\"again\"", "\"displayName\":\"Alice\"");
        String next = page.getString("cursor").orElseThrow();
        assertThat(caller.get("app.bsky.feed.getTimeline?cursor=" + next, access)
                        .json()
                        .toString())
                .contains("\"text\":\"hello\"")
                .doesNotContain("again", "cursor");
        LexMap profile =
                caller.get("app.bsky.actor.getProfile?actor=alice.test", access).json();
        assertThat(profile.getString("description")).contains("me");
        assertThat(profile.getLong("postsCount")).contains(2L);
        assertThat(caller.get("app.bsky.actor.getProfile?actor=nobody.test", access)
                        .outcome())
                .isEqualTo("400 InvalidRequest \"Profile not found\"");
    }

    @Test
    void preferencesAreKeptAsTheyAreSent() {
        LexMap list = LexJson.parseMapLenient("""
                {"preferences":[{"$type":"app.bsky.actor.defs#futurePref","deep":[1]}]}""".getBytes(StandardCharsets.UTF_8));
        assertThat(caller.post("app.bsky.actor.putPreferences", access, list).status())
                .isEqualTo(200);
        assertThat(caller.get("app.bsky.actor.getPreferences", access).json()).isEqualTo(list);
        for (String wrong : new String[] {"{}", "{\"$type\":\"org.example#pref\"}", "7"}) {
            LexMap refused =
                    LexJson.parseMapLenient(("{\"preferences\":[" + wrong + "]}").getBytes(StandardCharsets.UTF_8));
            assertThat(caller.post("app.bsky.actor.putPreferences", access, refused)
                            .status())
                    .isEqualTo(400);
        }
        assertThat(caller.get("app.bsky.actor.getPreferences", access).json()).isEqualTo(list);
    }

    @Test
    void aRepositoryIsDescribed() {
        create("a", 1);
        LexMap description =
                caller.get("com.atproto.repo.describeRepo?repo=alice.test", "").json();
        assertThat(description.getList("collections").orElseThrow().toString()).isEqualTo("[\"" + THINGS + "\"]");
        assertThat(description.getMap("didDoc").orElseThrow().getString("id"))
                .contains(alice.did().value());
    }
}
