// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import static dev.atp4j.conformance.compare.Stage.LOGIN;
import static dev.atp4j.conformance.compare.Stage.REFRESH;

import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import java.util.List;

/** Two processes and one saved session. */
final class Sharing {

    private Sharing() {}

    static List<Scene> scenes() {
        return List.of(
                shared("day", "both call every 110 minutes, for a day", (stage, one, other) -> {
                    for (int minutes = 0; minutes < 24 * 60; minutes += 110) {
                        stage.minutes(110);
                        Finding finding = stage.servedInTime(one);
                        finding = finding.holds() ? stage.servedInTime(other) : finding;
                        if (!finding.holds()) {
                            return finding;
                        }
                    }
                    return Finding.HOLDS;
                }),
                shared("S2/processes", "both need new tokens at the same time: one refresh", (stage, one, other) -> {
                    stage.hours(3);
                    stage.world().forgetCalls();
                    Driver.Order first = one.calling();
                    Driver.Order second = other.calling();
                    Finding both = Finding.served(one.await(first));
                    Finding its = Finding.served(other.await(second));
                    both = both.holds() ? its : both;
                    return both.holds() ? Finding.that(stage.refreshes() == 1, stage.refreshes() + " refreshes") : both;
                }),
                shared("S25", "one refreshes for four hours, the other sleeps; then it calls", (stage, one, other) -> {
                    stayAtWork(stage, other);
                    return stage.servedInTime(one);
                }),
                shared("S26", "the same; and what is saved is of use afterwards", (stage, one, other) -> {
                    stayAtWork(stage, other);
                    one.call();
                    return stage.savedLives();
                }),
                shared(
                        "killed",
                        "one is killed in the middle of a refresh; an hour later the other calls, and lives",
                        (stage, one, other) -> {
                            stage.hours(1);
                            Losing.killWhileRefreshing(stage, one);
                            stage.hours(1);
                            return stage.lives(other);
                        }),
                shared(
                        "S28",
                        "one hears of its rotation after the other has rotated twice; what is saved is the newer",
                        (stage, one, other) -> {
                            var gate = new Gate();
                            stage.fault(Fault.on(REFRESH).holdAfterProcessing(gate));
                            Driver.Order slow = one.refreshing();
                            gate.awaitArrivals(1);
                            other.refresh();
                            other.refresh();
                            gate.open();
                            one.await(slow);
                            // A caller may have given up before the tokens came.
                            Stage.settles(() -> one.events().equals(List.of("updated", "updated")));
                            stage.kill(one);
                            stage.kill(other);
                            stage.hours(3);
                            return stage.savedLives();
                        }),
                shared(
                        "S30",
                        "one logs out, the other still has older tokens: the session is not brought back",
                        (stage, one, other) -> {
                            one.refresh();
                            one.refresh();
                            one.logOut();
                            other.refresh();
                            other.refresh();
                            stage.hours(3);
                            return Finding.that(stage.liveTokens() == 0, "brought back for 90 days");
                        }),
                Scene.of(
                        "shared/S31",
                        "a new login is saved, then the session of before dies: the new one stays saved",
                        Promise.SHARES,
                        stage -> {
                            var first = new Capture();
                            stage.fault(Fault.on(LOGIN).alterAnswer(first));
                            Program old = stage.loggedIn();
                            stage.loggedIn();
                            stage.wire().logOut(first.tokens().refresh());
                            stage.hours(3);
                            old.call();
                            return stage.savedLives();
                        }));
    }

    @FunctionalInterface
    private interface Play {
        Finding on(Stage stage, Program one, Program other);
    }

    private static Scene shared(String id, String sentence, Play play) {
        return Scene.of(
                "shared/" + id, sentence, Promise.SHARES, stage -> play.on(stage, stage.loggedIn(), stage.another()));
    }

    private static void stayAtWork(Stage stage, Program program) {
        for (int hour = 0; hour < 4; hour++) {
            stage.hours(1);
            program.refresh();
        }
    }
}
