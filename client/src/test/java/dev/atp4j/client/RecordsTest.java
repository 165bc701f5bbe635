// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexMap;
import dev.atp4j.lex.Diagnostic;
import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Handle;
import dev.atp4j.syntax.Tid;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcResponseException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordsTest {

    private final World world = new World();
    private final AtpClient client = world.client;

    @AfterEach
    void close() {
        world.close();
    }

    private static void failsWith(String error, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        XrpcResponseException.class,
                        e -> assertThat(e.is(error)).as(e.getMessage()).isTrue());
    }

    @Test
    void aRecordIsCreatedReadReplacedAndDeleted() {
        WrittenRecord created = client.create(Mood.TYPE, Mood.of("fine"));

        assertThat(created.uri()).isEqualTo(client.uri(Mood.TYPE, created.rkey()));
        assertThat(created.cid()).isEqualTo(Mood.TYPE.cid(Mood.of("fine")));
        assertThat(Tid.tryParse(created.rkey())).isPresent();
        assertThat(created.commit()).isNotNull();
        assertThat(created.validationStatus()).isEqualTo("unknown");

        StoredRecord<Mood> stored = client.get(Mood.TYPE, created.rkey());
        assertThat(stored.value()).isEqualTo(Mood.of("fine"));
        assertThat(stored.cid()).isEqualTo(created.cid());
        assertThat(stored.rkey()).isEqualTo(created.rkey());
        assertThat(stored.isValid()).isTrue();

        WrittenRecord replaced = client.put(Mood.TYPE, created.rkey(), Mood.of("better"));
        assertThat(replaced.uri()).isEqualTo(created.uri());
        assertThat(client.get(Mood.TYPE, created.uri()).value().text()).isEqualTo("better");

        assertThat(client.delete(Mood.TYPE, created.rkey())).isPresent();
        assertThat(client.delete(Mood.TYPE, created.rkey())).isEmpty();
        failsWith("RecordNotFound", () -> client.get(Mood.TYPE, created.rkey()));
    }

    @Test
    void theOneKeyOfATypeIsImplied() {
        assertThat(client.create(Self.TYPE, Self.of(1)).rkey()).isEqualTo("self");
        assertThat(client.put(Self.TYPE, Self.of(2)).rkey()).isEqualTo("self");
        assertThat(client.get(Self.TYPE).value().count()).isEqualTo(2);
        assertThatThrownBy(() -> client.get(Mood.TYPE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("com.acme.mood");
        assertThatThrownBy(() -> client.put(Mood.TYPE, Mood.of("x"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyMayBeNamedOrMadeBefore() {
        assertThat(client.create(Mood.TYPE, Mood.of("x"), o -> o.rkey("today")).rkey())
                .isEqualTo("today");
        String key = client.newKey();
        assertThat(client.create(Mood.TYPE, Mood.of("x"), o -> o.rkey(key)).uri())
                .isEqualTo(client.uri(Mood.TYPE, key));
        assertThat(client.newKey()).isGreaterThan(key);
    }

    @Test
    void aSwapIsMadeOnlyFromTheStateThatIsNamed() {
        WrittenRecord first = client.put(Mood.TYPE, "a", Mood.of("1"), WriteOptions::ifAbsent);
        failsWith("InvalidSwap", () -> client.put(Mood.TYPE, "a", Mood.of("2"), WriteOptions::ifAbsent));
        WrittenRecord second = client.put(Mood.TYPE, "a", Mood.of("2"), o -> o.swapRecord(first.cid()));
        failsWith("InvalidSwap", () -> client.put(Mood.TYPE, "a", Mood.of("3"), o -> o.swapRecord(first.cid())));
        Cid commit = second.commit().cid();
        client.create(Mood.TYPE, Mood.of("4"), o -> o.swapCommit(commit));
        failsWith("InvalidSwap", () -> client.create(Mood.TYPE, Mood.of("5"), o -> o.swapCommit(commit)));
        failsWith("InvalidSwap", () -> client.delete(Mood.TYPE, "a", o -> o.swapRecord(first.cid())));
        assertThat(client.delete(Mood.TYPE, "a", o -> o.swapRecord(second.cid())))
                .isPresent();
    }

    @Test
    void whetherTheServerChecksCanBeSaid() {
        failsWith("InvalidRequest", () -> client.create(Mood.TYPE, Mood.of("x"), o -> o.validate(true)));
        assertThat(client.create(Mood.TYPE, Mood.of("x"), o -> o.validate(false))
                        .validationStatus())
                .isNotEqualTo("valid");
    }

    @Test
    void recordsAreListedInPagesEachValidOrNot() {
        world.write(
                "com.acme.mood",
                "a",
                LexMap.builder().put("$type", "com.acme.mood").put("text", "x").build());
        world.write(
                "com.acme.mood",
                "b",
                LexMap.builder().put("$type", "com.acme.mood").build());

        RecordPage<Mood> page = client.list(Mood.TYPE, q -> q.reverse());

        assertThat(page.records()).extracting(StoredRecord::isValid).containsExactly(true, false);
        assertThat(page.records().get(1).diagnostics()).containsExactly(new Diagnostic("$.text", "string", "nothing"));
        var valid = new ArrayList<Mood>();
        page.forEach(record -> record.ifValid(valid::add));
        assertThat(valid).containsExactly(Mood.of("x"));
    }

    @Test
    void aRecordOfAnotherTypeFailsNoPageButIsNotTakenForWhatItIsNot() {
        String another =
                "{\"records\":[{\"uri\":\"at://did:web:a.test/com.acme.mood/x\",\"value\":{\"$type\":\"x.y.z\"}},"
                        + "{\"uri\":\"what\",\"cid\":\"x\",\"value\":7}, 8, {}]}";
        var script = new Script().json(another);
        RecordPage<Mood> page = script.client()
                .build()
                .list(Mood.TYPE, q -> q.repo(Handle.parse("bob.test")).limit(4));

        assertThat(script.last().uri().getQuery()).isEqualTo("repo=bob.test&collection=com.acme.mood&limit=4");
        assertThat(page.records()).hasSize(4).noneMatch(StoredRecord::isValid);
        assertThat(page.records().get(0).raw())
                .isEqualTo(LexMap.builder().put("$type", "x.y.z").build());
        assertThat(page.records().get(1).raw()).isEqualTo(new LexInteger(7));
        assertThatThrownBy(() -> page.records().get(0).value())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("at://did:web:a.test/com.acme.mood/x");

        script.json("{\"uri\":\"at://did:web:a.test/com.acme.mood/x\",\"value\":{\"$type\":\"x.y.z\"}}");
        assertThatThrownBy(() ->
                        script.client().build().get(Mood.TYPE, AtUri.parse("at://did:web:a.test/com.acme.mood/x")))
                .isInstanceOf(XrpcDecodeException.class);
    }

    @Test
    void allRecordsAreReadPageByPage() {
        for (int i = 0; i < 7; i++) {
            client.put(Mood.TYPE, "k" + i, Mood.of("" + i));
        }
        world.pds.journal().clear();

        assertThat(client.records(Mood.TYPE, q -> q.limit(3)).map(r -> r.value().text()))
                .containsExactly("6", "5", "4", "3", "2", "1", "0");
        assertThat(client.records(Mood.TYPE, q -> q.limit(3).cursor("k4").reverse())
                        .map(r -> r.value().text()))
                .containsExactly("5", "6");
        world.pds.journal().clear();
        assertThat(client.records(Mood.TYPE, q -> q.limit(3)).limit(2)).hasSize(2);
        assertThat(world.calls(World.LIST)).isEqualTo(1);
        assertThat(client.records(Mood.TYPE)).hasSize(7);
    }

    @Test
    void severalWritesAreMadeTogetherOrNotAtAll() {
        client.put(Mood.TYPE, "a", Mood.of("a"));
        client.put(Mood.TYPE, "b", Mood.of("b"));

        List<WrittenRecord> written = client.applyWrites(w -> w.create(Mood.TYPE, Mood.of("new"))
                .create(Self.TYPE, Self.of(1))
                .create(Mood.TYPE, "c", Mood.of("c"))
                .update(Mood.TYPE, "a", Mood.of("A"))
                .delete(Mood.TYPE, "b"));

        assertThat(written).hasSize(4);
        assertThat(written.get(0).cid()).isEqualTo(Mood.TYPE.cid(Mood.of("new")));
        assertThat(written.get(1).uri()).isEqualTo(client.uri(Self.TYPE, "self"));
        assertThat(written.get(3).uri()).isEqualTo(client.uri(Mood.TYPE, "a"));
        assertThat(written).allMatch(record -> record.commit() != null);
        assertThat(client.records(Mood.TYPE).map(r -> r.value().text())).containsExactlyInAnyOrder("new", "A", "c");

        assertThatThrownBy(() -> client.applyWrites(
                        w -> w.create(Mood.TYPE, "d", Mood.of("d")).delete(Mood.TYPE, "nothing")))
                .isInstanceOf(XrpcResponseException.class);
        failsWith("RecordNotFound", () -> client.get(Mood.TYPE, "d"));
        failsWith(
                "InvalidSwap",
                () -> client.applyWrites(w -> w.create(Mood.TYPE, Mood.of("x"))
                        .swapCommit(written.get(0).cid())));
        failsWith(
                "InvalidRequest",
                () -> client.applyWrites(w -> w.create(Mood.TYPE, Mood.of("x")).validate(true)));
    }

    @Test
    void noWritesAreNoCall() {
        assertThat(client.applyWrites(w -> {})).isEmpty();
        assertThat(world.calls(World.APPLY)).isZero();
    }

    @Test
    void recordsAreTheBusinessOfTheAccountsOwnServer() {
        var script = new Script().json("{\"records\":[]}");
        script.client()
                .options(o ->
                        o.proxy("did:web:x.test#y").labelers("did:web:l.test").header("x-other", "1"))
                .proxyFor("com.atproto", "did:web:x.test#y")
                .build()
                .list(Mood.TYPE, q -> q.repo(Handle.parse("bob.test")));
        assertThat(script.last().headers().contains("atproto-proxy")).isFalse();
        assertThat(script.last().headers().contains("atproto-accept-labelers")).isFalse();
        assertThat(script.last().headers().contains("x-other")).isTrue();
    }

    @Test
    void whoHasNoAccountCannotWrite() {
        AtpClient nobody = new Script().client().build();
        assertThatThrownBy(() -> nobody.create(Mood.TYPE, Mood.of("x")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("session");
        assertThat(nobody.did()).isEmpty();
        assertThat(client.did()).contains(world.alice.did());
    }

    @Test
    void wrongAddressesAndTermsAreRefusedBeforeAnythingIsSent() {
        AtUri other = AtUri.parse("at://did:web:a.test/com.acme.other/x");
        assertThatThrownBy(() -> client.get(Mood.TYPE, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("com.acme.other");
        assertThatThrownBy(() -> client.create(Mood.TYPE, Mood.of("x"), WriteOptions::ifAbsent))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.put(Mood.TYPE, "a", Mood.of("x"), o -> o.rkey("b")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
