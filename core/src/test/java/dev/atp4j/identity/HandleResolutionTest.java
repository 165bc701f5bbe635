// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.JdkHttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest.Reach;
import dev.atp4j.identity.IdentityException.Kind;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandleResolutionTest {

    private static final Handle ALICE = Handle.parse("alice.test");
    private static final String ALICE_TXT = "_atproto.alice.test";
    private static final String WELL_KNOWN = "/alice.test/.well-known/atproto-did";
    private static final Did DID = Did.parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
    private static final Did OTHER = Did.parse("did:web:other.test");

    private final LoopbackWeb web = new LoopbackWeb();
    private final FakeTxt dns = new FakeTxt();
    private final HttpTransport http = new JdkHttpTransport();
    private final IdentityResolver resolver = NetworkIdentityResolver.builder(http)
            .txtLookup(dns)
            .hostBase(host -> web.origin().resolve("/" + host))
            .build();

    @AfterEach
    void close() {
        http.close();
        web.close();
    }

    @Test
    void dnsIsEnough() {
        dns.record(ALICE_TXT, "v=spf1 -all", "did=" + DID, "did", "DID=" + OTHER);

        assertThat(resolver.resolveHandle(ALICE)).isEqualTo(DID);
        assertThat(web.asked()).isEmpty();
    }

    @Test
    void httpsIsAskedWhereDnsHasNoRecord() {
        web.serve(WELL_KNOWN, DID.value());

        assertThat(resolver.resolveHandle(ALICE)).isEqualTo(DID);
        assertThat(dns.asked).containsExactly(ALICE_TXT);
    }

    @Test
    void httpsIsAskedWhereDnsGivesNoAnswer() {
        dns.silence(ALICE_TXT);
        web.serve(WELL_KNOWN, DID.value());

        assertThat(resolver.resolveHandle(ALICE)).isEqualTo(DID);
    }

    @Test
    void aHandleIsLookedUpInLowerCase() {
        dns.record(ALICE_TXT, "did=" + DID);

        assertThat(resolver.resolveHandle(Handle.parse("Alice.TEST"))).isEqualTo(DID);
    }

    @Test
    void twoDifferentDidsInDnsAreAnErrorWhateverHttpsSays() {
        dns.record(ALICE_TXT, "did=" + DID, "did=" + OTHER);
        web.serve(WELL_KNOWN, DID.value());

        var e = failure(ALICE);

        assertThat(e.kind()).isEqualTo(Kind.INVALID);
        assertThat(e).hasMessageContaining("2 different DIDs");
    }

    @Test
    void theSameDidTwiceInDnsIsOne() {
        dns.record(ALICE_TXT, "did=" + DID, "did=" + DID);

        assertThat(resolver.resolveHandle(ALICE)).isEqualTo(DID);
    }

    @Test
    void aRecordThatHoldsNoDidIsNoRecord() {
        dns.record(ALICE_TXT, "did=alice", "did=");
        web.serve(WELL_KNOWN, DID.value());

        assertThat(resolver.resolveHandle(ALICE)).isEqualTo(DID);
    }

    @Test
    void theErrorNamesBothAttempts() {
        dns.record(ALICE_TXT, "did=alice");

        var e = failure(ALICE);

        assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(e)
                .hasMessageContaining("alice.test")
                .hasMessageContaining("DNS: the did= record of _atproto.alice.test holds no DID")
                .hasMessageContaining("HTTPS: " + web.origin() + WELL_KNOWN + " answered with status 404");
    }

    @Test
    void nothingIsCertainWhileDnsIsSilent() {
        dns.silence(ALICE_TXT);

        assertThat(failure(ALICE).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503})
    void nothingIsCertainWhileTheHostIsOverloaded(int status) {
        web.serve(WELL_KNOWN, status, DID.value());

        assertThat(failure(ALICE).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410})
    void aHostThatRefusesHasNoDid(int status) {
        web.serve(WELL_KNOWN, status, DID.value());

        assertThat(failure(ALICE).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void whiteSpaceAroundTheTextIsIgnored() {
        web.serve(WELL_KNOWN, "\r\n  " + DID + " \n\n");

        assertThat(resolver.resolveHandle(ALICE)).isEqualTo(DID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!doctype html><title>Alice</title>",
                "",
                "did=did:plc:ewvi7nxzyoun6zhxrhs64oiz",
                "did:plc:ewvi7nxzyoun6zhxrhs64oiz\ndid:web:other.test",
            })
    void aTextThatIsNoDidIsNone(String text) {
        web.serve(WELL_KNOWN, text);

        assertThat(failure(ALICE).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void aLongTextIsNotReadToItsEnd() {
        web.serve(WELL_KNOWN, DID + " ".repeat(10_000));

        assertThat(failure(ALICE)).hasMessageContaining("more than 4096 bytes");
    }

    @Test
    void redirectsOnTheSameHostAreFollowedThreeTimes() {
        web.redirect(WELL_KNOWN, 301, "/one");
        web.redirect("/one", 302, web.origin() + "/two");
        web.redirect("/two", 308, "three");
        web.serve("/three", DID.value());

        assertThat(resolver.resolveHandle(ALICE)).isEqualTo(DID);
    }

    @Test
    void redirectsInACircleAreLeft() {
        web.redirect(WELL_KNOWN, 302, WELL_KNOWN);

        assertThat(failure(ALICE)).hasMessageContaining("redirects too often");
        assertThat(web.asked()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://alice.test/did",
                "http://localhost/did",
                "ftp://alice.test/did",
                "https://user@alice.test/did",
                "https:",
                "https://[",
                "file:///etc/passwd",
            })
    void redirectsAwayFromHttpsAreNotFollowed(String target) {
        web.redirect(WELL_KNOWN, 302, target);

        assertThat(failure(ALICE)).hasMessageContaining("redirects");
        assertThat(web.asked()).hasSize(1);
    }

    @Test
    void aRedirectWithoutTargetIsNotFollowed() {
        web.serve(WELL_KNOWN, 302, "");

        assertThat(failure(ALICE).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(web.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "laptop.local",
                "blah.arpa",
                "handle.invalid",
                "a.localhost",
                "a.internal",
                "a.EXAMPLE",
                "a.alt",
                "a.onion"
            })
    void reservedDomainsAreRefusedWithoutAsking(String handle) {
        var e = failure(Handle.parse(handle));

        assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED);
        assertThat(e).hasMessageContaining("reserved");
        assertThat(dns.asked).isEmpty();
        assertThat(web.asked()).isEmpty();
    }

    @Test
    void aHandleTooLongForDnsIsLookedUpByHttpsAlone() {
        String longHandle = "a.".repeat(122) + "test";
        web.serve("/" + longHandle + "/.well-known/atproto-did", DID.value());

        assertThat(resolver.resolveHandle(Handle.parse(longHandle))).isEqualTo(DID);
        assertThat(dns.asked).isEmpty();
    }

    @Test
    void anUnreachableHostIsPassingTrouble() {
        web.close();

        assertThat(failure(ALICE).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void aHostOfTheRealNetworkIsAskedByHttpsAndOnThePublicInternetOnly() {
        var network = new FakeTransport();
        network.serve(
                "https://alice.atp4j.dev/.well-known/atproto-did",
                301,
                Headers.of("location", "https://www.atp4j.dev/did"),
                "");
        network.serve("https://www.atp4j.dev/did", DID.value());

        assertThat(real(network).resolveHandle(Handle.parse("alice.atp4j.dev"))).isEqualTo(DID);
        assertThat(network.sent).hasSize(2).allSatisfy(sent -> {
            assertThat(sent.reach()).isEqualTo(Reach.PUBLIC);
            assertThat(sent.method()).isEqualTo("GET");
            assertThat(sent.timeout()).isEqualTo(Duration.ofSeconds(10));
        });
    }

    @Test
    void aRedirectFromAChosenAddressReachesThePublicInternetOnly() {
        var network = new FakeTransport();
        network.serve(
                "http://10.0.0.1/.well-known/atproto-did", 301, Headers.of("location", "https://10.0.0.2/did"), "");
        network.serve("https://10.0.0.2/did", DID.value());
        var chosen = NetworkIdentityResolver.builder(network)
                .txtLookup(dns)
                .hostBase(host -> URI.create("http://10.0.0.1"))
                .build();

        chosen.resolveHandle(ALICE);

        assertThat(network.sent).extracting(sent -> sent.reach()).containsExactly(Reach.ANY, Reach.PUBLIC);
    }

    @Test
    void aHostThatDoesNotExistHasNoDid() {
        var network = new FakeTransport();
        network.fail("alice.test", TransportException.Kind.CONNECT, new UnknownHostException("alice.test"));

        assertThat(failure(real(network), ALICE).kind()).isEqualTo(Kind.NOT_FOUND);

        dns.silence(ALICE_TXT);
        assertThat(failure(real(network), ALICE).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void aHostOnAPrivateAddressHasNoDid() {
        var network = new FakeTransport();
        network.fail("alice.test", TransportException.Kind.FORBIDDEN_ADDRESS, null);

        assertThat(failure(real(network), ALICE).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void anInterruptedLookupSaysNothingAboutTheHandle() {
        var network = new FakeTransport();
        network.fail("alice.test", TransportException.Kind.INTERRUPTED, null);

        assertThat(failure(real(network), ALICE).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void theJdksDnsProviderServesARealLookup() {
        try (var server = new DnsServer()) {
            server.records(ALICE_TXT, List.of(List.of("did=" + DID)));
            var real = NetworkIdentityResolver.builder(http)
                    .txtLookup(TxtLookup.at(server.address()))
                    .build();

            assertThat(real.resolveHandle(ALICE)).isEqualTo(DID);
        }
    }

    private IdentityResolver real(HttpTransport network) {
        return NetworkIdentityResolver.builder(network).txtLookup(dns).build();
    }

    private IdentityException failure(Handle handle) {
        return failure(resolver, handle);
    }

    private static IdentityException failure(IdentityResolver resolver, Handle handle) {
        return catchThrowableOfType(IdentityException.class, () -> resolver.resolveHandle(handle));
    }
}
