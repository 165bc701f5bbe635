// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atp4j.api.app.bsky.actor.Profile;
import dev.atp4j.api.app.bsky.feed.Post;
import dev.atp4j.api.com.atproto.repo.ApplyWrites;
import dev.atp4j.api.com.atproto.repo.GetRecord;
import dev.atp4j.bluesky.app;
import dev.atp4j.client.AtpClient;
import dev.atp4j.client.BlobUpload;
import dev.atp4j.client.StoredRecord;
import dev.atp4j.client.WrittenRecord;
import dev.atp4j.client.com;
import dev.atp4j.data.BlobRef;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexMap;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Datetime;
import dev.atp4j.syntax.Did;
import dev.atp4j.xrpc.XrpcResponseException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Our client writes and reads records and blobs in types. */
final class ClientRecords {

    /** Posts have TIDs as keys. */
    private static final String KEY = "3mabcdefghi2a";

    private static final String OTHER_KEY = "3mabcdefghi2b";
    private static final String LIST = "com.atproto.repo.listRecords";

    private ClientRecords() {}

    static List<Scenario> scenarios() {
        return List.of(
                Scenario.of(
                        "typed/create",
                        "our typed post is read back as it was, under the CID that we give it",
                        world -> {
                            AtpClient client = client(world, world.createAccount());
                            Post post =
                                    post("hello 😀").toBuilder().addTag("java").build();
                            WrittenRecord written = client.create(app.bsky.feed.post, post);
                            StoredRecord<Post> read = client.get(app.bsky.feed.post, written.rkey());
                            assertThat(read.value()).isEqualTo(post);
                            assertThat(read.diagnostics()).isEmpty();
                            assertThat(read.cid()).isEqualTo(written.cid()).isEqualTo(Post.TYPE.cid(post));
                        }),
                Scenario.of("typed/missing", "our typed get of a record that is not there is RecordNotFound", world -> {
                    AtpClient client = client(world, world.createAccount());
                    assertThatExceptionOfType(XrpcResponseException.class)
                            .isThrownBy(() -> client.get(app.bsky.feed.post, "nothing"))
                            .matches(e -> e.is(GetRecord.Error.RECORD_NOT_FOUND));
                }),
                Scenario.of(
                        "typed/update",
                        "our update keeps the fields that it does not know, and the CID of what is written is ours",
                        world -> {
                            Account account = world.createAccount();
                            AtpClient client = client(world, account);
                            LexMap newer = post("before")
                                    .toMap()
                                    .with("newer", LexMap.empty().with("size", new LexInteger(7)));
                            put(world, account, KEY, newer);
                            WrittenRecord written = client.update(
                                    app.bsky.feed.post,
                                    KEY,
                                    post -> post.toBuilder().text("after").build());
                            Post read = client.get(app.bsky.feed.post, KEY).value();
                            assertThat(read.toMap()).isEqualTo(newer.with("text", SessionMethods.text("after")));
                            assertThat(written.cid()).isEqualTo(Post.TYPE.cid(read));
                        }),
                Scenario.of(
                        "typed/swap", "our update that another write overtakes is made again on top of it", world -> {
                            Account account = world.createAccount();
                            AtpClient client = client(world, account);
                            client.put(app.bsky.feed.post, KEY, post("first"));
                            var tries = new AtomicInteger();
                            client.update(app.bsky.feed.post, KEY, post -> {
                                if (tries.incrementAndGet() == 1) {
                                    put(world, account, KEY, post("second").toMap());
                                }
                                return post.toBuilder()
                                        .text(post.text() + ", changed")
                                        .build();
                            });
                            assertThat(tries).hasValue(2);
                            assertThat(client.get(app.bsky.feed.post, KEY)
                                            .value()
                                            .text())
                                    .isEqualTo("second, changed");
                        }),
                Scenario.of(
                        "typed/list", "our typed records come page by page, newest first or oldest first", world -> {
                            AtpClient client = client(world, world.createAccount());
                            List<String> numbers = IntStream.range(0, 5)
                                    .mapToObj(i -> "number " + i)
                                    .toList();
                            numbers.forEach(text -> client.create(app.bsky.feed.post, post(text)));
                            world.forgetCalls();
                            List<String> backwards = new ArrayList<>(numbers);
                            Collections.reverse(backwards);
                            assertThat(texts(client.records(app.bsky.feed.post, q -> q.limit(2))))
                                    .isEqualTo(backwards);
                            assertThat(world.calls(LIST)).isBetween(3, 4);
                            assertThat(texts(client.records(
                                            app.bsky.feed.post, q -> q.limit(2).reverse())))
                                    .isEqualTo(numbers);
                            assertThat(client.list(app.bsky.feed.post, q -> q.limit(3)))
                                    .hasSize(3);
                        }),
                Scenario.of("typed/delete", "our typed delete takes a record away, and again does no harm", world -> {
                    AtpClient client = client(world, world.createAccount());
                    String rkey =
                            client.create(app.bsky.feed.post, post("hello")).rkey();
                    assertThat(client.delete(app.bsky.feed.post, rkey)).isPresent();
                    client.delete(app.bsky.feed.post, rkey);
                    assertThat(client.records(app.bsky.feed.post)).isEmpty();
                }),
                Scenario.of(
                        "typed/apply-writes",
                        "our typed writes are made together or, on top of another commit, not at all",
                        world -> {
                            AtpClient client = client(world, world.createAccount());
                            WrittenRecord old = client.put(app.bsky.feed.post, KEY, post("old"));
                            WrittenRecord gone = client.put(app.bsky.feed.post, OTHER_KEY, post("gone"));
                            List<WrittenRecord> written =
                                    client.applyWrites(w -> w.create(app.bsky.feed.post, post("new"))
                                            .update(app.bsky.feed.post, old.rkey(), post("changed"))
                                            .delete(app.bsky.feed.post, gone.rkey()));
                            assertThat(written)
                                    .extracting(WrittenRecord::cid)
                                    .containsExactly(Post.TYPE.cid(post("new")), Post.TYPE.cid(post("changed")));
                            Cid stale = Objects.requireNonNull(gone.commit()).cid();
                            assertThatExceptionOfType(XrpcResponseException.class)
                                    .isThrownBy(() -> client.applyWrites(
                                            w -> w.swapCommit(stale).create(app.bsky.feed.post, post("never"))))
                                    .matches(e -> e.is(ApplyWrites.Error.INVALID_SWAP));
                            assertThat(texts(client.records(app.bsky.feed.post)))
                                    .containsExactlyInAnyOrder("new", "changed");
                        }),
                Scenario.of(
                        "typed/blob",
                        "our typed upload is shown once a record mentions it, under the CID of its bytes",
                        world -> {
                            Account account = world.createAccount();
                            AtpClient client = client(world, account);
                            byte[] bytes = "not really a picture".getBytes(StandardCharsets.UTF_8);
                            BlobRef blob =
                                    client.uploadBlob(BlobUpload.of(bytes).withMediaType("image/png"));
                            assertThat(blob).isEqualTo(new BlobRef(Cid.ofRaw(bytes), "image/png", bytes.length));
                            client.put(
                                    app.bsky.actor.profile,
                                    Profile.builder()
                                            .displayName("Alice")
                                            .avatar(blob)
                                            .build());
                            assertThat(client.get(app.bsky.actor.profile)
                                            .value()
                                            .avatar())
                                    .isEqualTo(blob);
                            assertThat(client.call(
                                            com.atproto.sync.getBlob,
                                            p -> p.did(Did.parse(account.did())).cid(blob.cid())))
                                    .isEqualTo(bytes);
                        }),
                Scenario.of(
                        "typed/invalid", "our post that lacks what its lexicon requires is InvalidRequest", world -> {
                            AtpClient client = client(world, world.createAccount());
                            Post empty = Post.builder().buildUnchecked();
                            assertThatExceptionOfType(XrpcResponseException.class)
                                    .isThrownBy(() -> client.create(app.bsky.feed.post, empty))
                                    .matches(e -> e.is("InvalidRequest"));
                            assertThat(client.records(app.bsky.feed.post)).isEmpty();
                        }));
    }

    private static AtpClient client(World world, Account account) {
        return AtpClient.of(Program.in(world).takeOver(account));
    }

    private static Post post(String text) {
        return Post.builder()
                .text(text)
                .createdAt(Datetime.parse("2026-11-22T06:00:00.000Z"))
                .build();
    }

    /** Writes a record without our client. */
    private static void put(World world, Account account, String rkey, LexMap record) {
        world.wire()
                .as(account.born().access())
                .post(
                        "com.atproto.repo.putRecord",
                        LexMap.builder()
                                .put("repo", account.did())
                                .put("collection", Post.TYPE.name())
                                .put("rkey", rkey)
                                .put("record", record)
                                .build())
                .ok();
    }

    private static Collection<String> texts(Stream<StoredRecord<Post>> records) {
        return records.map(record -> record.value().text()).toList();
    }
}
