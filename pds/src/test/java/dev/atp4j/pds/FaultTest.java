// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.data.LexString;
import dev.atp4j.http.Headers;
import dev.atp4j.pds.Caller.Result;
import dev.atp4j.syntax.Did;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults as a client meets them on the wire. */
class FaultTest {

    private static final String REFRESH = "com.atproto.server.refreshSession";
    private static final String REVOKED = "400 ExpiredToken \"Token has been revoked\"";

    private final EmbeddedPds pds =
            EmbeddedPds.builder().refreshGrace(Duration.ZERO).start();
    private final Caller caller = new Caller(pds.url());
    private final Account alice = pds.createAccount("alice.test", "password");
    private final String token = caller.login("alice.test", "password").refresh();

    @AfterEach
    void stop() {
        pds.close();
    }

    private Result refresh() {
        return caller.refreshSession(token);
    }

    private CompletableFuture<Result> refreshMeanwhile() {
        return CompletableFuture.supplyAsync(this::refresh);
    }

    private void assertBroken() {
        assertThatThrownBy(this::refresh)
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void aResetBeforeProcessingLeavesTheTokenUnused() {
        pds.faults().add(Fault.on(REFRESH).resetBeforeProcessing());
        assertBroken();
        assertThat(refresh().outcome()).isEqualTo("200");
    }

    @Test
    void aResetAfterProcessingLosesTheAnswerOnly() {
        pds.faults().add(Fault.on(REFRESH).resetAfterProcessing());
        assertBroken();
        assertThat(refresh().outcome()).isEqualTo(REVOKED);
    }

    @Test
    void aCutBodyLosesTheAnswerOnly() {
        pds.faults().add(Fault.on(REFRESH).cutBodyAfterProcessing(20));
        assertBroken();
        assertThat(refresh().outcome()).isEqualTo(REVOKED);
    }

    @Test
    void aStalledBodyComesWhenTheGateOpens() {
        var gate = new Gate();
        pds.faults().add(Fault.on(REFRESH).stallBodyAfterProcessing(20, gate));
        CompletableFuture<Result> stalled = refreshMeanwhile();
        gate.awaitArrivals(1);
        assertThat(stalled).isNotDone();
        gate.open();
        assertThat(stalled.join().outcome()).isEqualTo("200");
    }

    @Test
    void aCallThatIsHeldBeforehandIsNotProcessedYet() {
        var gate = new Gate();
        pds.faults().add(Fault.on(REFRESH).holdBeforeProcessing(gate));
        CompletableFuture<Result> held = refreshMeanwhile();
        gate.awaitArrivals(1);
        assertThat(pds.accounts().refreshTokens(alice.did())).hasSize(1);
        assertThat(refresh().outcome()).isEqualTo("200");
        gate.open();
        assertThat(held.join().outcome()).isEqualTo(REVOKED);
    }

    @Test
    void aCallThatIsHeldAfterwardsIsProcessed() {
        var gate = new Gate();
        pds.faults().add(Fault.on(REFRESH).holdAfterProcessing(gate));
        CompletableFuture<Result> held = refreshMeanwhile();
        gate.awaitArrivals(1);
        assertThat(refresh().outcome()).isEqualTo(REVOKED);
        gate.open();
        assertThat(held.join().outcome()).isEqualTo("200");
    }

    @Test
    void aDelayIsCountedOnTheClockOfTheServer() {
        pds.faults().add(Fault.on(REFRESH).delay(Duration.ofSeconds(30)));
        CompletableFuture<Result> delayed = refreshMeanwhile();
        pds.time().awaitTimers(1);
        pds.time().advance(Duration.ofSeconds(29));
        assertThat(delayed).isNotDone();
        pds.time().advance(Duration.ofSeconds(1));
        assertThat(delayed.join().outcome()).isEqualTo("200");
    }

    @Test
    void anAnswerCanReplaceTheCallOrItsAnswer() {
        Headers headers = Headers.of("content-type", "text/plain").plus("x-odd", "yes");
        pds.faults().add(Fault.on(REFRESH).answer(503, headers, "away"));
        pds.faults().add(Fault.on(REFRESH).answerAfterProcessing(502, headers, "lost"));
        Result away = refresh();
        assertThat(away.status()).isEqualTo(503);
        assertThat(new String(away.bytes(), StandardCharsets.UTF_8)).isEqualTo("away");
        assertThat(away.headers().firstValue("x-odd")).contains("yes");
        assertThat(pds.accounts().refreshTokens(alice.did()))
                .singleElement()
                .extracting(Accounts.RefreshToken::successor)
                .isNull();
        assertThat(refresh().status()).isEqualTo(502);
        assertThat(refresh().outcome()).isEqualTo(REVOKED);
    }

    @Test
    void errorsPagesLimitsAndRedirectsAreReadyMade() {
        pds.faults().add(Fault.on(REFRESH).error(400, "ExpiredToken", "Token has been revoked"));
        pds.faults().add(Fault.on(REFRESH).html(403));
        pds.faults().add(Fault.on(REFRESH).retryAfter(Duration.ofSeconds(60)));
        pds.faults().add(Fault.on(REFRESH).redirectTo(URI.create("http://127.0.0.1:1/elsewhere")));
        assertThat(refresh().outcome()).isEqualTo(REVOKED);
        Result page = refresh();
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        Result limited = refresh();
        assertThat(limited.outcome()).isEqualTo("429 RateLimitExceeded \"Rate Limit Exceeded\"");
        assertThat(limited.headers().firstValue("retry-after")).contains("60");
        Result redirect = refresh();
        assertThat(redirect.status()).isEqualTo(307);
        assertThat(redirect.headers().firstValue("location")).contains("http://127.0.0.1:1/elsewhere");
        assertThat(refresh().outcome()).isEqualTo("200");
    }

    @Test
    void answersCanBeAltered() {
        Did other = Did.parse("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
        String get = "com.atproto.server.getSession";
        String access = caller.login("alice.test", "password").access();
        pds.faults().add(Fault.on(get).wrongDid(other));
        pds.faults().add(Fault.on(get).withoutField("did"));
        pds.faults().add(Fault.on(get).withField("handle", new LexString("handle.invalid")));
        pds.faults()
                .add(Fault.on(get)
                        .alterAnswer(body -> body.with("status", body.fields().get("handle"))));
        assertThat(caller.getSession(access).text("did")).isEqualTo(other.value());
        assertThat(caller.getSession(access).json().fields()).doesNotContainKey("did");
        assertThat(caller.getSession(access).text("handle")).isEqualTo("handle.invalid");
        assertThat(caller.getSession(access).text("status")).isEqualTo("alice.test");
    }

    @Test
    void faultsHappenInOrderAsOftenAsTheyShould() {
        pds.faults().add(Fault.on(REFRESH).skip(1).times(2).html(500));
        pds.faults().add(Fault.on(REFRESH).html(501));
        pds.faults().add(Fault.onAny().always().html(502));
        // The first call skips the first fault and meets the second.
        assertThat(refresh().status()).isEqualTo(501);
        assertThat(refresh().status()).isEqualTo(500);
        assertThat(refresh().status()).isEqualTo(500);
        assertThat(refresh().status()).isEqualTo(502);
        assertThat(caller.get("com.atproto.server.describeServer", "").status()).isEqualTo(502);
        assertThat(pds.faults().pending()).extracting(Fault::toString).containsExactly("html on *");
        pds.faults().clear();
        assertThat(refresh().outcome()).isEqualTo("200");
    }

    @Test
    void otherMethodsAreNotConcerned() {
        pds.faults().add(Fault.on(REFRESH).resetBeforeProcessing());
        assertThat(caller.login("alice.test", "password").outcome()).isEqualTo("200");
        assertThat(pds.faults().pending()).hasSize(1);
    }

    @Test
    void pagesAndTheDirectoryCanFailToo() {
        var plc = new Caller(pds.plcUrl());
        pds.faults().add(Fault.on("/" + alice.did()).html(503));
        assertThat(plc.send(plc.request("/" + alice.did()).GET()).status()).isEqualTo(503);
        assertThat(plc.send(plc.request("/" + alice.did()).GET()).status()).isEqualTo(200);
    }

    @Test
    void aGateThatIsOpenHoldsNobody() {
        var gate = new Gate();
        gate.open();
        pds.faults().add(Fault.on(REFRESH).holdBeforeProcessing(gate));
        assertThat(refresh().outcome()).isEqualTo("200");
        assertThat(gate.arrivals()).isOne();
    }
}
