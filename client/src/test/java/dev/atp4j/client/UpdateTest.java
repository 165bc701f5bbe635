// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.pds.Fault;
import dev.atp4j.xrpc.XrpcResponseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpdateTest {

    private final World world = new World();
    private final AtpClient client = world.client;

    @AfterEach
    void close() {
        world.close();
    }

    private static Self more(Self self) {
        return self.toBuilder().count(self.count() + 1).build();
    }

    @Test
    void whatTheClassDoesNotKnowIsKept() {
        LexMap strange = LexJson.parseMap(("{\"$type\":\"com.acme.self\",\"count\":1,\"later\":{\"a\":[1,{\"$link\":"
                        + "\"bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity\"}]},\"null\":null}")
                .getBytes());
        world.write("com.acme.self", "self", strange);

        client.update(Self.TYPE, "self", UpdateTest::more);

        assertThat(world.read("com.acme.self", "self")).isEqualTo(strange.with("count", new LexInteger(2)));
    }

    @Test
    void whatNobodyChangedIsNotWritten() {
        WrittenRecord before = client.put(Self.TYPE, Self.of(1));
        world.pds.journal().clear();
        assertThat(client.update(Self.TYPE, "self", s -> s)).isEqualTo(before);
        assertThat(world.calls(World.PUT)).isZero();
    }

    @Test
    void whoIsOvertakenStartsAgain() {
        client.put(Self.TYPE, Self.of(1));
        AtpClient slow = AtpClient.builder(
                        new Aside(world.session, World.PUT, 1, () -> client.put(Self.TYPE, Self.of(10))))
                .time(world.time)
                .build();
        var seen = new ArrayList<Long>();
        slow.update(Self.TYPE, "self", s -> {
            seen.add(s.count());
            return more(s);
        });
        assertThat(seen).containsExactly(1L, 10L);
        assertThat(client.get(Self.TYPE).value().count()).isEqualTo(11);
    }

    @Test
    void whoIsAlwaysOvertakenGivesUp() {
        client.put(Self.TYPE, Self.of(1));
        world.pds.journal().clear();
        world.fault(Fault.on(World.PUT).always().error(400, "InvalidSwap", "Record was at x"));
        assertThatThrownBy(() -> client.update(Self.TYPE, "self", UpdateTest::more))
                .isInstanceOfSatisfying(
                        XrpcResponseException.class,
                        e -> assertThat(e.is("InvalidSwap")).isTrue());
        assertThat(world.calls(World.PUT)).isEqualTo(11);
    }

    @Test
    void aRecordThatIsNotThereIsMadeOnlyIfThatIsMeant() {
        assertThatThrownBy(() -> client.update(Self.TYPE, "self", UpdateTest::more))
                .isInstanceOfSatisfying(
                        XrpcResponseException.class,
                        e -> assertThat(e.is("RecordNotFound")).isTrue());
        client.update(Self.TYPE, "self", () -> Self.of(0), UpdateTest::more);
        client.update(Self.TYPE, "self", () -> Self.of(0), UpdateTest::more);
        assertThat(client.get(Self.TYPE).value().count()).isEqualTo(2);
    }

    @Test
    void whoMakesARecordTogetherWithAnotherChangesTheOthers() {
        AtpClient slow = AtpClient.builder(
                        new Aside(world.session, World.PUT, 1, () -> client.put(Self.TYPE, Self.of(10))))
                .time(world.time)
                .build();
        slow.update(Self.TYPE, "self", () -> Self.of(0), UpdateTest::more);
        assertThat(client.get(Self.TYPE).value().count()).isEqualTo(11);
    }

    @Test
    void manyWhoCountTogetherMissNothing() throws Exception {
        client.put(Self.TYPE, Self.of(0));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Integer> work = () -> {
                for (int i = 0; i < 10; i++) {
                    client.update(Self.TYPE, "self", UpdateTest::more);
                }
                return 0;
            };
            for (Future<Integer> done : threads.invokeAll(List.of(work, work, work, work))) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(client.get(Self.TYPE).value().count()).isEqualTo(40);
    }
}
