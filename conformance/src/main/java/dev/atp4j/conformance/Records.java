// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Records and blobs, as far as a client's first steps need them. */
final class Records {

    private static final String POST = "app.bsky.feed.post";

    private Records() {}

    static List<Scenario> scenarios() {
        return List.of(
                Scenario.of("record/create", "a created record is read back as it was, under its CID", world -> {
                    Account account = world.createAccount();
                    LexMap created = post(world.wire().as(account.born().access()), account, "hello")
                            .ok()
                            .json();
                    String uri = created.getString("uri").orElseThrow();
                    assertThat(uri).matches("at://" + account.did() + "/" + POST + "/[2-7a-z]{13}");
                    assertThat(created.getMap("commit").orElseThrow().fields()).containsKeys("cid", "rev");
                    LexMap read = get(world, account, uri).ok().json();
                    assertThat(read.getString("uri")).hasValue(uri);
                    assertThat(read.getString("cid")).isEqualTo(created.getString("cid"));
                    assertThat(read.getMap("value")).hasValue(record("hello"));
                }),
                Scenario.of("record/missing", "a record that is not there is RecordNotFound", world -> {
                    Account account = world.createAccount();
                    get(world, account, "at://" + account.did() + "/" + POST + "/nothing")
                            .refused(400, "RecordNotFound");
                }),
                Scenario.of("record/list", "records are listed newest first, page by page", world -> {
                    Account account = world.createAccount();
                    Wire wire = world.wire().as(account.born().access());
                    for (String text : List.of("one", "two", "three")) {
                        post(wire, account, text).ok();
                    }
                    String[] query = {"repo=" + account.did(), "collection=" + POST, "limit=2"};
                    LexMap first = world.wire()
                            .get("com.atproto.repo.listRecords", query)
                            .ok()
                            .json();
                    assertThat(texts(first)).containsExactly("three", "two");
                    LexMap second = world.wire()
                            .get(
                                    "com.atproto.repo.listRecords",
                                    query[0],
                                    query[1],
                                    query[2],
                                    "cursor=" + first.getString("cursor").orElseThrow())
                            .ok()
                            .json();
                    assertThat(texts(second)).containsExactly("one");
                }),
                Scenario.of("record/put", "a record is put under a key, and replaced by the next put", world -> {
                    Account account = world.createAccount();
                    Wire wire = world.wire().as(account.born().access());
                    put(wire, account, "first").ok();
                    LexMap second = put(wire, account, "second").ok().json();
                    LexMap read = get(world, account, second.getString("uri").orElseThrow())
                            .ok()
                            .json();
                    assertThat(read.getMap("value").orElseThrow().getString("text"))
                            .hasValue("second");
                }),
                Scenario.of("record/swap", "a put on top of another version than stated is InvalidSwap", world -> {
                    Account account = world.createAccount();
                    Wire wire = world.wire().as(account.born().access());
                    LexMap first = put(wire, account, "first").ok().json();
                    put(wire, account, "second").ok();
                    wire.post(
                                    "com.atproto.repo.putRecord",
                                    keyed(account, "third")
                                            .with(
                                                    "swapRecord",
                                                    SessionMethods.text(first.getString("cid")
                                                            .orElseThrow())))
                            .refused(400, "InvalidSwap");
                }),
                Scenario.of("record/delete", "a deleted record is gone, and deleting it again is fine", world -> {
                    Account account = world.createAccount();
                    Wire wire = world.wire().as(account.born().access());
                    String uri = put(wire, account, "hello")
                            .ok()
                            .json()
                            .getString("uri")
                            .orElseThrow();
                    LexMap key = keyed(account, "hello").without("record");
                    wire.post("com.atproto.repo.deleteRecord", key).ok();
                    wire.post("com.atproto.repo.deleteRecord", key).ok();
                    get(world, account, uri).refused(400, "RecordNotFound");
                }),
                Scenario.of(
                        "record/apply-writes",
                        "several writes are applied together, and none on top of another commit than stated",
                        world -> {
                            Account account = world.createAccount();
                            Wire wire = world.wire().as(account.born().access());
                            LexMap answer = wire.post(
                                            "com.atproto.repo.applyWrites", writes(account, create("a"), create("b")))
                                    .ok()
                                    .json();
                            assertThat(answer.getList("results").orElseThrow().size())
                                    .isEqualTo(2);
                            LexMap stale = writes(account, create("c"))
                                    .with(
                                            "swapCommit",
                                            SessionMethods.text(
                                                    cid(answer.getMap("commit").orElseThrow())));
                            wire.post("com.atproto.repo.applyWrites", writes(account, delete(answer, 0)))
                                    .ok();
                            wire.post("com.atproto.repo.applyWrites", stale).refused(400, "InvalidSwap");
                            assertThat(texts(world.wire()
                                            .get(
                                                    "com.atproto.repo.listRecords",
                                                    "repo=" + account.did(),
                                                    "collection=" + POST)
                                            .ok()
                                            .json()))
                                    .containsExactly("b");
                        }),
                Scenario.of(
                        "record/foreign", "writing to another's repository is 401 AuthenticationRequired", world -> {
                            Account account = world.createAccount();
                            Account other = world.createAccount();
                            post(world.wire().as(account.born().access()), other, "not mine")
                                    .refused(401, "AuthenticationRequired");
                        }),
                Scenario.of("record/unauthenticated", "writing without a token is 401 AuthMissing", world -> {
                    post(world.wire(), world.createAccount(), "nobody").refused(401, "AuthMissing");
                }),
                Scenario.of("record/expired", "writing with an expired token is 400 ExpiredToken", world -> {
                    Account account = world.createAccount();
                    world.advance(Duration.ofHours(3));
                    post(world.wire().as(account.born().access()), account, "late")
                            .refused(400, "ExpiredToken", "Token has expired");
                }),
                Scenario.of(
                        "blob/upload", "an uploaded blob is named by the hash of its bytes and can be used", world -> {
                            Account account = world.createAccount();
                            Wire wire = world.wire().as(account.born().access());
                            byte[] bytes = "not really an image".getBytes(StandardCharsets.UTF_8);
                            LexMap blob = wire.post("com.atproto.repo.uploadBlob", "text/plain", bytes)
                                    .ok()
                                    .json()
                                    .getMap("blob")
                                    .orElseThrow();
                            assertThat(blob.getString("$type")).hasValue("blob");
                            assertThat(blob.getString("mimeType")).hasValue("text/plain");
                            assertThat(blob.get("size")).isEqualTo(new LexInteger(bytes.length));
                            String cid = cid(blob);
                            assertThat(cid).startsWith("bafkrei");
                            LexMap record = LexMap.builder()
                                    .put("$type", "dev.atp4j.attachment")
                                    .put("file", blob)
                                    .build();
                            wire.post(
                                            "com.atproto.repo.createRecord",
                                            LexMap.builder()
                                                    .put("repo", account.did())
                                                    .put("collection", "dev.atp4j.attachment")
                                                    .put("record", record)
                                                    .build())
                                    .ok();
                            Answer read = world.wire()
                                    .get("com.atproto.sync.getBlob", "did=" + account.did(), "cid=" + cid)
                                    .ok();
                            assertThat(read.text()).isEqualTo("not really an image");
                            assertThat(read.headers().first("content-type").orElseThrow())
                                    .startsWith("text/plain");
                        }),
                Scenario.of("blob/missing", "a blob that is not there is \"Blob not found\"", world -> {
                    Account account = world.createAccount();
                    world.wire()
                            .get(
                                    "com.atproto.sync.getBlob",
                                    "did=" + account.did(),
                                    "cid=bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku")
                            .refused(400, "InvalidRequest", "Blob not found");
                }),
                Scenario.of("server/describe", "a server says who it is and which handles it gives", world -> {
                    LexMap body = world.wire()
                            .get("com.atproto.server.describeServer")
                            .ok()
                            .json();
                    assertThat(body.getString("did").orElseThrow()).startsWith("did:web:");
                    assertThat(body.getList("availableUserDomains")
                                    .orElseThrow()
                                    .items())
                            .contains(SessionMethods.text(".test"));
                }),
                Scenario.of("identity/resolve", "a handle resolves to its DID, an unknown one does not", world -> {
                    Account account = world.createAccount();
                    assertThat(world.wire()
                                    .get("com.atproto.identity.resolveHandle", "handle=" + account.handle())
                                    .ok()
                                    .json()
                                    .getString("did"))
                            .hasValue(account.did());
                    world.wire()
                            .get("com.atproto.identity.resolveHandle", "handle=nobody-at-all.test")
                            .refused(400, "HandleNotFound", "Unable to resolve handle");
                }),
                Scenario.of(
                        "server/unknown-method", "a method that the server does not know asks for a token", world -> {
                            world.wire().get("dev.atp4j.noSuchMethod").refused(401, "AuthMissing");
                        }));
    }

    /** Writes a post into an account's repository. */
    static Answer post(Wire wire, Account account, String text) {
        return wire.post("com.atproto.repo.createRecord", creation(account, text));
    }

    /** Returns what createRecord takes to write a post. */
    static LexMap creation(Account account, String text) {
        return LexMap.builder()
                .put("repo", account.did())
                .put("collection", POST)
                .put("record", record(text))
                .build();
    }

    private static Answer put(Wire wire, Account account, String text) {
        return wire.post("com.atproto.repo.putRecord", keyed(account, text));
    }

    private static LexMap keyed(Account account, String text) {
        return LexMap.builder()
                .put("repo", account.did())
                .put("collection", POST)
                .put("rkey", "3jui7kd54zh2y")
                .put("record", record(text))
                .build();
    }

    private static LexMap writes(Account account, LexMap... writes) {
        return LexMap.builder()
                .put("repo", account.did())
                .put("writes", new LexList(List.of(writes)))
                .build();
    }

    private static LexMap create(String text) {
        return LexMap.builder()
                .put("$type", "com.atproto.repo.applyWrites#create")
                .put("collection", POST)
                .put("value", record(text))
                .build();
    }

    private static LexMap delete(LexMap answer, int index) {
        String uri = ((LexMap) answer.getList("results").orElseThrow().get(index))
                .getString("uri")
                .orElseThrow();
        return LexMap.builder()
                .put("$type", "com.atproto.repo.applyWrites#delete")
                .put("collection", POST)
                .put("rkey", uri.substring(uri.lastIndexOf('/') + 1))
                .build();
    }

    private static LexMap record(String text) {
        return LexMap.builder()
                .put("$type", POST)
                .put("text", text)
                .put("createdAt", "2026-01-01T00:00:00.000Z")
                .build();
    }

    private static Answer get(World world, Account account, String uri) {
        return world.wire()
                .get(
                        "com.atproto.repo.getRecord",
                        "repo=" + account.did(),
                        "collection=" + POST,
                        "rkey=" + uri.substring(uri.lastIndexOf('/') + 1));
    }

    /** Returns the CID of a commit, or of a blob. */
    private static String cid(LexMap holder) {
        return holder.get("ref") instanceof LexLink link
                ? link.cid().value()
                : holder.getString("cid").orElseThrow();
    }

    private static List<String> texts(LexMap listing) {
        return listing.getList("records").orElseThrow().items().stream()
                .map((LexValue each) -> ((LexMap) each)
                        .getMap("value")
                        .orElseThrow()
                        .getString("text")
                        .orElseThrow())
                .toList();
    }
}
