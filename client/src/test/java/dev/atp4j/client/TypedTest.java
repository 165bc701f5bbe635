// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.api.com.atproto.repo.ApplyWrites;
import dev.atp4j.api.com.atproto.repo.GetRecord;
import dev.atp4j.api.com.atproto.repo.ListRecords;
import dev.atp4j.api.com.atproto.repo.StrongRef;
import dev.atp4j.api.com.atproto.server.GetSession;
import dev.atp4j.lex.LexAny;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.xrpc.XrpcResponseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Generated methods, called on a server. */
class TypedTest {

    private final World world = new World();
    private final AtpClient client = world.client.with(o -> o.validate(true));

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aSessionIsAskedForWhoItIs() {
        GetSession.Output session = client.call(com.atproto.server.getSession);
        assertThat(session.did()).isEqualTo(world.alice.did());
        assertThat(session.handle().value()).isEqualTo("alice.test");
    }

    @Test
    void aDeclaredErrorIsKnownByItsName() {
        assertThatThrownBy(() -> client.call(
                        com.atproto.repo.getRecord,
                        p -> p.repo("alice.test").collection("com.acme.mood").rkey("nothing")))
                .isInstanceOfSatisfying(
                        XrpcResponseException.class,
                        e -> assertThat(e.is(GetRecord.Error.RECORD_NOT_FOUND)).isTrue());
    }

    @Test
    void recordsAreWrittenAndPagedThroughByTheMethodsThemselves() {
        client.call(
                com.atproto.repo.applyWrites,
                i -> i.repo(world.alice.did())
                        .addWrite(create("a"))
                        .addWrite(create("b"))
                        .addWrite(create("c")));

        assertThat(client.items(
                                com.atproto.repo.listRecords,
                                p -> p.repo("alice.test")
                                        .collection("com.acme.mood")
                                        .limit(2))
                        .map(ListRecords.RecordDef::value)
                        .map(LexAny::raw)
                        .map(raw -> raw.getString("text").orElse("")))
                .containsExactly("c", "b", "a");
        assertThat(world.calls(World.LIST)).isGreaterThanOrEqualTo(2);
    }

    private static ApplyWrites.Create create(String key) {
        return ApplyWrites.Create.builder()
                .collection(Nsid.parse("com.acme.mood"))
                .rkey(key)
                .value(Mood.of(key))
                .build();
    }

    @Test
    void aRecordIsReferredToByAddressAndContent() {
        WrittenRecord written = world.client.create(Mood.TYPE, Mood.of("x"));
        StrongRef ref = written.toStrongRef();
        assertThat(ref.uri()).isEqualTo(written.uri());
        assertThat(ref.cid()).isEqualTo(written.cid());
        assertThat(world.client.get(Mood.TYPE, written.uri()).toStrongRef()).isEqualTo(ref);
    }
}
