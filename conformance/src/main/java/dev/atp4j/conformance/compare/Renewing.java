// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import static dev.atp4j.conformance.compare.Program.ORDINARY;
import static dev.atp4j.conformance.compare.Stage.LOGIN;
import static dev.atp4j.conformance.compare.Stage.REFRESH;

import dev.atp4j.conformance.Scenario.Setting;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Tokens that run out, and answers that look as if they had. */
final class Renewing {

    private static final String CONFIRM = "com.atproto.server.confirmEmail";
    private static final int MANY = 20;

    private Renewing() {}

    static List<Scene> scenes() {
        return List.of(
                Scene.of("expiry", "a call that meets an expired token is served", Promise.RENEWS, stage -> {
                    Program program = stage.loggedIn();
                    stage.hours(3);
                    return Finding.served(program.call());
                }),
                Scene.of("week", "a call a day, for a week", Promise.RENEWS, stage -> {
                    Program program = stage.loggedIn();
                    for (int day = 0; day < 7; day++) {
                        stage.hours(24);
                        Reply reply = program.call();
                        if (!reply.served()) {
                            return Finding.not(reply.words());
                        }
                    }
                    return Finding.HOLDS;
                }),
                Scene.of(
                        "S1",
                        MANY + " calls meet an expired token: one refresh, all served",
                        Promise.ONE_REFRESH,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.tokensRunOut();
                            // All are refused before the refresh, which the first refusal brings about, is answered.
                            var refusals = new Gate();
                            var refresh = new Gate();
                            stage.fault(Fault.on(ORDINARY).times(MANY).holdAfterProcessing(refusals));
                            stage.fault(Fault.on(REFRESH).holdBeforeProcessing(refresh));
                            long before = program.answers();
                            List<Driver.Order> calls = Stream.generate(program::calling)
                                    .limit(MANY)
                                    .toList();
                            refusals.awaitArrivals(MANY);
                            refusals.open();
                            refresh.awaitArrivals(1);
                            Stage.settles(() -> program.answers() >= before + MANY);
                            refresh.open();
                            for (Driver.Order call : calls) {
                                Reply reply = program.await(call);
                                if (!reply.served()) {
                                    return Finding.not(reply.words());
                                }
                            }
                            return oneRefresh(stage);
                        }),
                Scene.of("S2", "two refreshes asked for at once are one", Promise.ONE_REFRESH, stage -> {
                    Program program = stage.loggedIn();
                    Driver.Order first = program.refreshing();
                    Driver.Order second = program.refreshing();
                    program.await(first);
                    program.await(second);
                    return oneRefresh(stage);
                }),
                Scene.of(
                        "S3",
                        "a caller that gives up while tokens are renewed does not harm the others",
                        Promise.RENEWS,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.tokensRunOut();
                            var gate = new Gate();
                            stage.fault(Fault.on(REFRESH).holdAfterProcessing(gate));
                            Driver.Order call = program.calling();
                            gate.awaitArrivals(1);
                            program.abort(call);
                            gate.open();
                            Reply next = program.call();
                            return next.served() ? oneRefresh(stage) : Finding.not(next.words());
                        }),
                Scene.of(
                        "S4",
                        "a late refusal of an old token does not cost another refresh",
                        Promise.ONE_REFRESH,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.tokensRunOut();
                            var gate = new Gate();
                            stage.fault(Fault.on(ORDINARY).holdAfterProcessing(gate));
                            Driver.Order late = program.calling();
                            gate.awaitArrivals(1);
                            Reply other = program.call();
                            gate.open();
                            Reply reply = program.await(late);
                            return other.served() && reply.served() ? oneRefresh(stage) : Finding.not(reply.words());
                        }),
                Scene.of(
                        "S5",
                        MANY + " calls while refreshSession answers 503: at most 5 tries",
                        Promise.NO_STORMS,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.hours(3);
                            stage.fault(Fault.on(REFRESH).always().html(503));
                            for (int i = 0; i < MANY; i++) {
                                program.callInHaste();
                            }
                            return Finding.that(stage.refreshes() <= 5, stage.refreshes() + " refreshes");
                        }),
                Scene.of(
                        "S6",
                        "refreshSession says Retry-After: 60; within the minute it is not asked again",
                        Promise.NO_STORMS,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.hours(3);
                            stage.fault(Fault.on(REFRESH).always().retryAfter(Duration.ofSeconds(60)));
                            for (int i = 0; i < 5; i++) {
                                program.callInHaste();
                            }
                            return oneRefresh(stage);
                        }),
                notExpiry(
                        "S7",
                        "calls are answered 401 AccountDeactivated: no refresh",
                        0,
                        Fault.on(ORDINARY).always().error(401, "AccountDeactivated", "Account is deactivated")),
                notExpiry(
                        "S8",
                        "calls are answered 401 AuthenticationRequired, tokens or not: one refresh at most",
                        1,
                        Fault.on(ORDINARY).always().error(401, "AuthenticationRequired", "Authentication Required")),
                notExpiry(
                        "proxied",
                        "calls are answered 401 BadJwtSignature by somebody behind the PDS: no refresh",
                        0,
                        Fault.on(ORDINARY)
                                .always()
                                .error(401, "BadJwtSignature", "jwt signature does not match jwt issuer")),
                Scene.of(
                        "S9",
                        "a stale mail code, answered 400 ExpiredToken, costs no refresh",
                        Promise.NO_STORMS,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.fault(Fault.on(CONFIRM).always().error(400, "ExpiredToken", "Token is expired"));
                            program.call(LexMap.builder()
                                    .put("path", "/xrpc/" + CONFIRM)
                                    .put("method", "POST")
                                    .put(
                                            "json",
                                            LexMap.builder()
                                                    .put(
                                                            "email",
                                                            stage.account().email())
                                                    .put("token", "AAAAA-BBBBB")
                                                    .build()));
                            return Finding.that(stage.refreshes() == 0, refreshes(stage));
                        }),
                Scene.of(
                        "S10",
                        "a refresh yields the same access token: the call is made again nevertheless",
                        Promise.RENEWS,
                        stage -> {
                            var first = new Capture();
                            stage.fault(Fault.on(LOGIN).alterAnswer(first));
                            Program program = stage.loggedIn();
                            stage.fault(Fault.on(REFRESH)
                                    .alterAnswer(body -> body.with(
                                            "accessJwt",
                                            new LexString(first.tokens().access()))));
                            stage.fault(Fault.on(ORDINARY).error(400, "ExpiredToken", "Token has expired"));
                            return Finding.served(program.call());
                        }),
                Scene.of("S11", "a call with a body is made again with its body", Promise.RENEWS, stage -> {
                    Program program = stage.loggedIn();
                    stage.tokensRunOut();
                    return Finding.served(program.call(post(stage)));
                }),
                Scene.of("S11/stream", "a call with a one-shot stream, three hours later", Promise.STREAMS, stage -> {
                    Program program = stage.loggedIn();
                    stage.hours(3);
                    return Finding.served(program.call(post(stage).put("stream", true)));
                }),
                Scene.of(
                                "S14",
                                "the refresh names another PDS: the call that waited for it goes there",
                                Promise.ROUTES,
                                stage -> {
                                    try (var pds = new Stranger()) {
                                        Program program = stage.loggedIn();
                                        stage.tokensRunOut();
                                        stage.fault(Fault.on(REFRESH)
                                                .alterAnswer(body -> body.with("didDoc", pds.document(stage))));
                                        stage.fault(Fault.on("com.atproto.server.getSession")
                                                .always()
                                                .alterAnswer(body -> body.with("didDoc", pds.document(stage))));
                                        program.call();
                                        return Finding.that(pds.calls() == 1, "goes to the old one");
                                    }
                                })
                        .with(Setting.DID_DOC),
                Scene.of(
                                "S15",
                                "no didDoc in the refresh, and getSession fails: calls still go to the PDS",
                                Promise.ROUTES,
                                stage -> {
                                    try (var pds = new Stranger()) {
                                        stage.fault(Fault.on(LOGIN)
                                                .alterAnswer(body -> body.with("didDoc", pds.document(stage))));
                                        Program program = stage.loggedIn();
                                        stage.fault(Fault.on(REFRESH).withoutField("didDoc"));
                                        stage.fault(Fault.on("com.atproto.server.getSession")
                                                .always()
                                                .html(500));
                                        program.refresh();
                                        program.call();
                                        return Finding.that(pds.calls() == 1, "go to the service");
                                    }
                                })
                        .with(Setting.DID_DOC),
                Scene.of(
                        "stalled",
                        "refreshSession is never answered: another call ends all the same",
                        Promise.IN_TIME,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.hours(3);
                            var gate = new Gate();
                            stage.fault(Fault.on(REFRESH).always().holdBeforeProcessing(gate));
                            program.calling();
                            gate.awaitArrivals(1);
                            Reply other = program.call();
                            gate.open();
                            return Finding.that(!other.silent(), other.words());
                        }));
    }

    private static Scene notExpiry(String id, String sentence, int most, Fault fault) {
        return Scene.of(id, sentence, Promise.NO_STORMS, stage -> {
            Program program = stage.loggedIn();
            stage.fault(fault);
            for (int i = 0; i < 5; i++) {
                program.call();
            }
            return Finding.that(stage.refreshes() <= most, refreshes(stage) + " for 5 calls");
        });
    }

    private static Finding oneRefresh(Stage stage) {
        return Finding.that(stage.refreshes() == 1, refreshes(stage));
    }

    private static String refreshes(Stage stage) {
        int count = stage.refreshes();
        return count == 1 ? "1 refresh" : count + " refreshes";
    }

    private static LexMap.Builder post(Stage stage) {
        return LexMap.builder()
                .put("path", "/xrpc/com.atproto.repo.createRecord")
                .put("method", "POST")
                .put(
                        "json",
                        LexMap.builder()
                                .put("repo", stage.account().did())
                                .put("collection", "app.bsky.feed.post")
                                .put(
                                        "record",
                                        LexMap.builder()
                                                .put("$type", "app.bsky.feed.post")
                                                .put("text", "hello")
                                                .put("createdAt", "2026-01-01T00:00:00.000Z")
                                                .build())
                                .build());
    }
}
