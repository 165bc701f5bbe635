// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.pds.Caller.Result;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTest {

    private final EmbeddedPds pds = EmbeddedPds.builder().start();
    private final Caller caller = new Caller(pds.url());
    private final Account alice = pds.createAccount("alice.test", "password");

    @AfterEach
    void stop() {
        pds.close();
    }

    @Test
    void aSessionIsOpenedReadRefreshedAndDeleted() {
        Result login = caller.login("alice.test", "password");
        assertThat(login.outcome()).isEqualTo("200");
        assertThat(caller.getSession(login.access()).text("handle")).isEqualTo("alice.test");
        pds.time().advance(Duration.ofHours(3));
        assertThat(caller.getSession(login.access()).outcome()).isEqualTo("400 ExpiredToken \"Token has expired\"");
        Result refreshed = caller.refreshSession(login.refresh());
        assertThat(refreshed.outcome()).isEqualTo("200");
        assertThat(refreshed.text("did")).isEqualTo(alice.did().value());
        assertThat(caller.deleteSession(refreshed.refresh()).bytes()).isEmpty();
        assertThat(caller.refreshSession(refreshed.refresh()).outcome())
                .isEqualTo("400 ExpiredToken \"Token has been revoked\"");
    }
}
