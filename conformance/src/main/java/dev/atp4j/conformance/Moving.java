// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static dev.atp4j.conformance.Program.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import dev.atp4j.session.SessionData;
import dev.atp4j.session.SessionOverException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sessions that move between the public JavaScript clients and ours. */
final class Moving {

    private Moving() {}

    /** One client, the other programs, and the server. */
    private record Move(Movers movers, String client, World world, Account account) {

        /** Reads what the client saved; only one of them does not write down where it logged in. */
        SessionData parse(String saved) {
            return client.equals("api") ? SessionData.parse(saved, world.service()) : SessionData.parse(saved);
        }
    }

    @FunctionalInterface
    private interface Check {
        void of(Move move) throws Exception;
    }

    private record Step(String id, String sentence, Check check) {}

    private static List<Step> steps() {
        return List.of(
                new Step("in", "what the client saves, ours resumes and keeps for a week", move -> {
                    String saved = move.movers().logIn(move.client(), move.account());
                    Program ours = Program.in(move.world());
                    SessionData data = move.parse(saved);
                    assertThat(data.handle()).hasValue(move.account().handle());
                    PasswordSession session = ours.sessions().resume(data, Resume.CHECKED);
                    for (int day = 0; day < 7; day++) {
                        call(session);
                        move.world().advance(Duration.ofDays(1));
                    }
                    assertThat(ours.deaths()).isEmpty();
                }),
                new Step("in/late", "what the client saved three hours ago, ours resumes if nobody else did", move -> {
                    String saved = move.movers().logIn(move.client(), move.account());
                    move.world().advance(Duration.ofHours(3));
                    call(Program.in(move.world()).sessions().resume(move.parse(saved), Resume.CHECKED));
                }),
                new Step(
                        "in/stale",
                        "what the client rotated three hours ago is refused, and its newest is not",
                        move -> {
                            String stale = move.movers().logIn(move.client(), move.account());
                            move.movers().refresh(move.client());
                            move.world().advance(Duration.ofHours(3));
                            String fresh = move.movers().refresh(move.client());
                            Program ours = Program.in(move.world());
                            assertThatThrownBy(() -> ours.sessions().resume(move.parse(stale), Resume.CHECKED))
                                    .isInstanceOf(SessionOverException.class)
                                    .hasMessageContaining("too old");
                            assertThat(ours.sessions().stored()).isEmpty();
                            call(ours.sessions().resume(move.parse(fresh), Resume.CHECKED));
                        }),
                new Step("beside", "ours lives on for a day while the client goes on, too", move -> {
                    String saved = move.movers().logIn(move.client(), move.account());
                    Program ours = Program.in(move.world());
                    PasswordSession session = ours.sessions().resume(move.parse(saved), Resume.CHECKED);
                    for (int minutes = 0; minutes < 24 * 60; minutes += 110) {
                        move.world().advance(Duration.ofMinutes(110));
                        session.refresh();
                        move.movers().refresh(move.client());
                        call(session);
                        move.movers().call(move.client());
                    }
                    assertThat(ours.deaths()).isEmpty();
                }),
                new Step("out", "what ours exports, the client resumes and keeps for a week", move -> {
                    Program ours = Program.in(move.world());
                    PasswordSession session = ours.logIn(move.account());
                    move.world().advance(Duration.ofHours(3));
                    call(session);
                    move.movers().resume(move.client(), session.data().toLexJson());
                    for (int day = 0; day < 7; day++) {
                        move.movers().call(move.client());
                        move.world().advance(Duration.ofDays(1));
                    }
                }));
    }

    static void run(Path home, Report report) throws IOException {
        var server = new EmbeddedServer(Scenario.Setting.PLAIN);
        try (World world = World.of(server);
                var movers = new Movers(home, server.url())) {
            report.table("Sessions that move between public clients and ours: " + Movers.CLIENTS, Movers.CLIENTS);
            for (Step step : steps()) {
                List<Outcome> outcomes = new ArrayList<>();
                for (String client : Movers.CLIENTS) {
                    world.begin();
                    var move = new Move(movers, client, world, world.createAccount());
                    outcomes.add(Outcome.of(() -> step.check().of(move), "moving/" + step.id()));
                }
                report.row("moving/" + step.id(), step.sentence(), Movers.CLIENTS, outcomes);
            }
        }
    }
}
