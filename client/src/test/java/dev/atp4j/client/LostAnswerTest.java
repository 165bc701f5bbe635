// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.AtpException;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.TransportException;
import dev.atp4j.pds.Fault;
import dev.atp4j.xrpc.XrpcResponseException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes whose answers are lost, or which never arrive: none fails without need, and none is made twice. */
class LostAnswerTest {

    private final World world = new World();
    private final AtpClient client = world.client;
    private final AtpClient once = client.with(o -> o.retries(Retries.none()));

    @AfterEach
    void close() {
        world.close();
    }

    /** What goes wrong, given the method. */
    record Trouble(String name, boolean made, Function<Fault.Builder, Fault> fault) {

        Fault on(String nsid) {
            return fault.apply(Fault.on(nsid));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Trouble> troubles() {
        return List.of(
                new Trouble("answer lost", true, Fault.Builder::resetAfterProcessing),
                new Trouble("answer cut", true, f -> f.cutBodyAfterProcessing(7)),
                new Trouble("gateway gave up", true, f -> f.answerAfterProcessing(504, Headers.empty(), "")),
                new Trouble("web page instead", true, f -> f.answerAfterProcessing(200, Headers.empty(), "<html>")),
                new Trouble("request lost", false, Fault.Builder::resetBeforeProcessing),
                new Trouble("overload", false, f -> f.error(503, "Overload", "come back")));
    }

    private long moods() {
        return client.records(Mood.TYPE).count();
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void aRecordIsCreatedOnce(Trouble trouble) {
        world.fault(trouble.on(World.CREATE));

        WrittenRecord created = client.create(Mood.TYPE, Mood.of("x"));

        assertThat(moods()).isEqualTo(1);
        assertThat(client.get(Mood.TYPE, created.uri()).cid()).isEqualTo(created.cid());
        assertThat(world.calls(World.CREATE)).isEqualTo(trouble.made() ? 1 : 2);
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void aRecordThatWasCreatedIsFoundEvenByWhoDoesNotTryAgain(Trouble trouble) {
        world.fault(trouble.on(World.CREATE));
        Attempt<WrittenRecord> attempt = Attempt.of(() -> once.create(Mood.TYPE, Mood.of("x")));
        assertThat(attempt.isSuccess()).isEqualTo(trouble.made());
        assertThat(moods()).isEqualTo(trouble.made() ? 1 : 0);
        assertThat(world.calls(World.CREATE)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void aRecordIsPutFromOneStateToTheNext(Trouble trouble) {
        WrittenRecord before = client.put(Mood.TYPE, "a", Mood.of("1"));
        world.fault(trouble.on(World.PUT));
        WrittenRecord after = client.put(Mood.TYPE, "a", Mood.of("2"), o -> o.swapRecord(before.cid()));
        assertThat(client.get(Mood.TYPE, "a").cid()).isEqualTo(after.cid());
        assertThat(client.get(Mood.TYPE, "a").value().text()).isEqualTo("2");
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void aRecordIsDeletedWithoutFuss(Trouble trouble) {
        client.put(Mood.TYPE, "a", Mood.of("1"));
        world.fault(trouble.on(World.DELETE));
        client.delete(Mood.TYPE, "a");
        assertThat(moods()).isZero();
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void severalWritesAreMadeOnce(Trouble trouble) {
        client.put(Mood.TYPE, "old", Mood.of("old"));
        client.put(Mood.TYPE, "same", Mood.of("same"));
        world.fault(trouble.on(World.APPLY));
        var written = client.applyWrites(w -> w.update(Mood.TYPE, "same", Mood.of("same"))
                .create(Mood.TYPE, Mood.of("new"))
                .delete(Mood.TYPE, "old"));
        assertThat(moods()).isEqualTo(2);
        assertThat(client.get(Mood.TYPE, written.get(1).uri()).cid())
                .isEqualTo(written.get(1).cid());
        assertThat(world.calls(World.APPLY)).isEqualTo(trouble.made() ? 1 : 2);
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void severalWritesWithoutANewRecordAreMadeOnceToo(Trouble trouble) {
        client.put(Mood.TYPE, "old", Mood.of("old"));
        client.put(Mood.TYPE, "same", Mood.of("same"));
        world.fault(trouble.on(World.APPLY));
        client.applyWrites(w -> w.update(Mood.TYPE, "same", Mood.of("same")).delete(Mood.TYPE, "old"));
        assertThat(moods()).isEqualTo(1);
        assertThat(world.calls(World.APPLY)).isEqualTo(trouble.made() ? 1 : 2);
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void anUpdateCountsOnce(Trouble trouble) {
        client.put(Self.TYPE, Self.of(1));
        world.fault(trouble.on(World.PUT));
        client.update(Self.TYPE, "self", s -> s.toBuilder().count(s.count() + 1).build());
        assertThat(client.get(Self.TYPE).value().count()).isEqualTo(2);
    }

    @Test
    void anUpdateThatOthersBuiltUponIsNotMadeAgain() {
        client.put(Self.TYPE, Self.of(1));
        // Its answer is lost, and before anybody can look, somebody else has counted on.
        world.fault(Fault.on(World.PUT).resetAfterProcessing());
        AtpClient slow = AtpClient.builder(new Aside(world.session, World.GET, 2, () -> count(7)))
                .time(world.time)
                .build();
        assertThatThrownBy(() -> slow.update(
                        Self.TYPE,
                        "self",
                        s -> s.toBuilder().count(s.count() + 1).build()))
                .isInstanceOf(TransportException.class);
        assertThat(client.get(Self.TYPE).value().count()).isEqualTo(7);
    }

    private void count(long count) {
        world.write(
                "com.acme.self",
                "self",
                LexMap.builder()
                        .put("$type", "com.acme.self")
                        .put("count", count)
                        .build());
    }

    @Test
    void whatCannotBeFoundOutFailsWithTheFirstTrouble() {
        world.fault(Fault.on(World.CREATE).answerAfterProcessing(502, Headers.empty(), ""));
        world.fault(Fault.on(World.GET).always().error(400, "Odd", "no"));
        assertThatThrownBy(() -> client.create(Mood.TYPE, Mood.of("x")))
                .isInstanceOfSatisfying(
                        XrpcResponseException.class, e -> assertThat(e.status()).isEqualTo(502))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1).allMatch(s -> s instanceof AtpException));
        assertThat(world.calls(World.CREATE)).isEqualTo(1);
    }

    @Test
    void aRefusalIsNotDoubted() {
        world.fault(Fault.on(World.CREATE).error(400, "InvalidRequest", "no"));
        assertThatThrownBy(() -> client.create(Mood.TYPE, Mood.of("x"))).isInstanceOf(XrpcResponseException.class);
        assertThat(world.calls(World.GET)).isZero();
    }
}
