// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.pds.Caller.Result;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalTest {

    private final EmbeddedPds pds = EmbeddedPds.builder().start();
    private final Caller caller = new Caller(pds.url());
    private final Account alice = pds.createAccount("alice.test", "password");

    @AfterEach
    void stop() {
        pds.close();
    }

    @Test
    void everyCallIsWrittenDown() {
        Result login = caller.login("alice.test", "password");
        caller.login("alice.test", "wrong");
        pds.time().advance(Duration.ofMinutes(10));
        caller.getSession(login.access());
        pds.faults().add(Fault.on("com.atproto.server.refreshSession").resetBeforeProcessing());
        Assertions.assertThatThrownBy(() -> caller.refreshSession(login.refresh()))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(pds.journal().entries())
                .extracting(Journal.Entry::nsid, Journal.Entry::status, Journal.Entry::account, Journal.Entry::faulted)
                .containsExactly(
                        Assertions.tuple(
                                "com.atproto.server.createSession",
                                200,
                                alice.did().value(),
                                false),
                        Assertions.tuple("com.atproto.server.createSession", 401, null, false),
                        Assertions.tuple(
                                "com.atproto.server.getSession",
                                200,
                                alice.did().value(),
                                false),
                        Assertions.tuple(
                                "com.atproto.server.refreshSession",
                                0,
                                alice.did().value(),
                                true));
        assertThat(pds.journal().entries().get(2)).satisfies(entry -> {
            assertThat(entry.at()).isEqualTo(VirtualTime.START.plusSeconds(600));
            assertThat(entry.side()).isEqualTo(Side.PDS);
            assertThat(entry.tokenHash()).matches("[0-9a-f]{16}");
        });
        assertThat(pds.journal().entries().get(0).tokenHash()).isNull();
    }

    @Test
    void tokensAreToldApartByTheirHashes() {
        Result one = caller.login("alice.test", "password");
        Result two = caller.login("alice.test", "password");
        caller.refreshSession(one.refresh());
        caller.refreshSession(two.refresh());
        caller.refreshSession(one.refresh());
        assertThat(pds.journal().entries("com.atproto.server.refreshSession"))
                .extracting(Journal.Entry::tokenHash)
                .satisfies(hashes -> {
                    assertThat(hashes.get(0)).isEqualTo(hashes.get(2)).isNotEqualTo(hashes.get(1));
                });
        assertThat(pds.journal().entries().toString()).doesNotContain(one.refresh());
    }

    @Test
    void callsAreCountedUntilTheJournalIsCleared() {
        caller.getSession("");
        caller.getSession("");
        assertThat(pds.journal().count("com.atproto.server.getSession")).isEqualTo(2);
        assertThat(pds.journal().count("com.atproto.server.refreshSession")).isZero();
        pds.journal().clear();
        assertThat(pds.journal().entries()).isEmpty();
        assertThat(pds.journal().count("com.atproto.server.getSession")).isZero();
    }

    @Test
    void pagesAndTheDirectoryAreWrittenDownByTheirPaths() {
        var plc = new Caller(pds.plcUrl());
        plc.send(plc.request("/" + alice.did()).GET());
        caller.send(caller.request("/.well-known/atproto-did").GET());
        assertThat(pds.journal().entries())
                .extracting(Journal.Entry::nsid, Journal.Entry::side)
                .containsExactly(
                        Assertions.tuple("/" + alice.did(), Side.PLC),
                        Assertions.tuple("/.well-known/atproto-did", Side.PDS));
    }

    @Test
    void onlyTheNewestEntriesAreKept() {
        var journal = new Journal();
        for (int i = 0; i < Journal.KEPT + 5; i++) {
            journal.add(new Journal.Entry("n" + i, 200, VirtualTime.START, null, null, Side.PDS, false));
        }
        assertThat(journal.entries()).hasSize(Journal.KEPT);
        assertThat(journal.entries().get(0).nsid()).isEqualTo("n5");
        assertThat(journal.count("n0")).isOne();
    }
}
