// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.pds.Account;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Sessions;
import dev.atp4j.xrpc.Agent;
import dev.atp4j.xrpc.XrpcRequest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the author of a bot tests it. {@code docs/testing.md} shows parts of this file. */
@AtpTest
class GreetingBotTest {

    /** The bot: it posts a greeting whenever it is told to. */
    record GreetingBot(Agent agent) {

        void greet(String name) {
            agent.send(XrpcRequest.procedure("com.atproto.repo.createRecord")
                    .json(LexMap.builder()
                            .put("repo", agent.did().orElseThrow().value())
                            .put("collection", "app.bsky.feed.post")
                            .put(
                                    "record",
                                    LexMap.builder()
                                            .put("$type", "app.bsky.feed.post")
                                            .put("text", "Good morning, " + name + "!")
                                            .put("createdAt", "2026-01-01T08:00:00Z")
                                            .build())
                            .build())
                    .build());
        }
    }

    private Account account;
    private Login login;

    @BeforeEach
    void createAccount(EmbeddedPds pds) {
        account = pds.createAccount("bot.test", "its-password");
        login = Login.as("bot.test", Secret.of("its-password"))
                .service(pds.url())
                .build();
    }

    @Test
    void itGreets(EmbeddedPds pds, Sessions sessions) {
        new GreetingBot(sessions.login(login)).greet("Alice");

        assertThat(pds.journal().count("com.atproto.repo.createRecord")).isEqualTo(1);
    }

    @Test
    void itGreetsTheNextMorningToo(EmbeddedPds pds, VirtualTime time, Sessions sessions) {
        var bot = new GreetingBot(sessions.login(login));
        bot.greet("Alice");
        time.advance(Duration.ofDays(1));
        bot.greet("Alice");

        assertThat(pds.journal().entries("com.atproto.repo.createRecord"))
                .filteredOn(call -> call.status() == 200)
                .hasSize(2);
    }

    @Test
    void itGoesOnAfterARestartWithoutAnotherLogin(EmbeddedPds pds, Sessions before, Sessions after) {
        new GreetingBot(before.login(login)).greet("Alice");
        new GreetingBot(after.resume(account.did())).greet("Bob");

        assertThat(pds.journal().count("com.atproto.server.createSession")).isEqualTo(1);
    }

    @Test
    void aLostAnswerDoesNotLoseItsSession(EmbeddedPds pds, VirtualTime time, Sessions sessions) {
        PasswordSession session = sessions.login(login);
        pds.faults().add(Fault.on("com.atproto.server.refreshSession").resetAfterProcessing());
        time.advance(Duration.ofHours(3));
        new GreetingBot(session).greet("Alice");

        assertThat(session.destroyed()).isFalse();
    }
}
