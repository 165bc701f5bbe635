// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.data.LexJson;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.JdkHttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest.Reach;
import dev.atp4j.identity.DidDocument.EndpointRule;
import dev.atp4j.identity.IdentityException.Kind;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountResolutionTest {

    private static final Handle ALICE = Handle.parse("alice.test");
    private static final Did DID = Did.parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
    private static final Did OTHER = Did.parse("did:plc:ewvi7nxzyoun6zhxrhs64oi2");

    private final LoopbackWeb plc = new LoopbackWeb();
    private final LoopbackWeb pds = new LoopbackWeb();
    private final FakeTxt dns = new FakeTxt();
    private final FakeTime time = new FakeTime();
    private final HttpTransport http = new JdkHttpTransport();
    private final IdentityResolver resolver = builder().build();

    private NetworkIdentityResolver.Builder builder() {
        return NetworkIdentityResolver.builder(http)
                .directory(plc.origin())
                .txtLookup(dns)
                .hostBase(host -> pds.origin())
                .endpointRule(EndpointRule.LOOPBACK_TOO)
                .time(time);
    }

    @AfterEach
    void close() {
        http.close();
        plc.close();
        pds.close();
    }

    @Nested
    class Accounts {

        @Test
        void handleAndDocumentNameEachOther() {
            dns.record("_atproto.alice.test", "did=" + DID);
            register(DID, "alice.test");

            assertThat(resolver.resolveAccount(Handle.parse("Alice.Test")).did())
                    .isEqualTo(DID);
        }

        @Test
        void aDocumentThatNamesAnotherHandleIsNotTheAccounts() {
            dns.record("_atproto.alice.test", "did=" + DID);
            register(DID, "bob.test");

            var e = catchThrowableOfType(IdentityException.class, () -> resolver.resolveAccount(ALICE));

            assertThat(e.kind()).isEqualTo(Kind.INVALID);
            assertThat(e)
                    .hasMessageContaining("alice.test")
                    .hasMessageContaining(DID.value())
                    .hasMessageContaining("bob.test");
        }

        @Test
        void aSecondNameOfTheDocumentDoesNotCount() {
            dns.record("_atproto.alice.test", "did=" + DID);
            plc.serve("/" + DID, "{\"id\":\"" + DID + "\",\"alsoKnownAs\":[\"at://bob.test\",\"at://alice.test\"]}");

            var e = catchThrowableOfType(IdentityException.class, () -> resolver.resolveAccount(ALICE));

            assertThat(e.kind()).isEqualTo(Kind.INVALID);
        }

        @Test
        void aHandleThatMovedToAnotherAccountIsFollowedAtOnce() {
            dns.record("_atproto.alice.test", "did=" + DID);
            register(DID, "alice.test");
            resolver.resolveAccount(ALICE);

            dns.record("_atproto.alice.test", "did=" + OTHER);
            register(DID, "old.test");
            register(OTHER, "alice.test");
            resolver.refreshDid(DID);

            assertThat(resolver.resolveAccount(ALICE).did()).isEqualTo(OTHER);
        }

        @Test
        void aHandleTakenOnALittleWhileAgoIsConfirmedAtOnce() {
            dns.record("_atproto.alice.test", "did=" + DID);
            register(DID, "old.test");
            resolver.resolveDid(DID);

            register(DID, "alice.test");

            assertThat(resolver.resolveAccount(ALICE).did()).isEqualTo(DID);
        }
    }

    @Nested
    class Services {

        @Test
        void anAccountLogsInAtItsPds() {
            pds.serve(
                    "/.well-known/oauth-protected-resource",
                    "{\"resource\":\"" + pds.origin() + "\",\"authorization_servers\":[\"" + pds.origin() + "\"]}");

            assertThat(resolver.serviceFor(at(pds.origin().toString()))).isEqualTo(pds.origin());
        }

        @Test
        void anAccountBehindAnEntrywayLogsInThere() {
            try (var entryway = new LoopbackWeb()) {
                pds.serve(
                        "/.well-known/oauth-protected-resource",
                        "{\"resource\":\"" + pds.origin() + "\",\"authorization_servers\":[\"" + entryway.origin()
                                + "\"]}");

                assertThat(resolver.serviceFor(at(pds.origin().toString()))).isEqualTo(entryway.origin());
                assertThat(entryway.asked()).isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "<html>",
                    "{}",
                    "{\"resource\":\"%s\"}",
                    "{\"resource\":\"%s\",\"authorization_servers\":[]}",
                    "{\"resource\":\"%s\",\"authorization_servers\":[17]}",
                    "{\"resource\":\"%s\",\"authorization_servers\":\"https://entryway.test\"}",
                    "{\"resource\":\"%s\",\"authorization_servers\":[\"http://entryway.test\"]}",
                    "{\"resource\":\"%s\",\"authorization_servers\":[\"https://10.0.0.1\"]}",
                    "{\"resource\":\"%s\",\"authorization_servers\":[\"https://entryway.test/path\"]}",
                    "{\"resource\":\"https://other.test\",\"authorization_servers\":[\"https://entryway.test\"]}",
                    "{\"authorization_servers\":[\"https://entryway.test\"]}",
                })
        void withoutAUsableEntrywayThePdsIsTheService(String metadata) {
            pds.serve("/.well-known/oauth-protected-resource", metadata.formatted(pds.origin()));

            assertThat(resolver.serviceFor(at(pds.origin().toString()))).isEqualTo(pds.origin());
        }

        @Test
        void redirectsToAnEntrywayAreNotFollowed() {
            pds.redirect("/.well-known/oauth-protected-resource", 302, "/other");
            pds.serve("/other", "{\"authorization_servers\":[\"https://entryway.test\"]}");

            assertThat(resolver.serviceFor(at(pds.origin().toString()))).isEqualTo(pds.origin());
            assertThat(pds.asked()).hasSize(1);
        }

        @Test
        void aSilentPdsIsTakenForTheService() {
            pds.close();

            assertThat(resolver.serviceFor(at(pds.origin().toString()))).isEqualTo(pds.origin());
        }

        @Test
        void withoutAnAcceptablePdsThereIsNoService() {
            var strict = builder().endpointRule(EndpointRule.PUBLIC_HTTPS).build();

            var e = catchThrowableOfType(
                    IdentityException.class,
                    () -> strict.serviceFor(at(pds.origin().toString())));

            assertThat(e.kind()).isEqualTo(Kind.INVALID);
            assertThat(pds.asked()).isEmpty();
        }

        @Test
        void aPublicPdsCannotPointToLoopback() {
            var network = new FakeTransport();
            network.serve(
                    "https://pds.test/.well-known/oauth-protected-resource",
                    "{\"resource\":\"https://pds.test/\",\"authorization_servers\":[\"http://127.0.0.1:2583\"]}");
            var lenient = NetworkIdentityResolver.builder(network)
                    .endpointRule(EndpointRule.LOOPBACK_TOO)
                    .build();

            assertThat(lenient.serviceFor(at("https://pds.test"))).isEqualTo(URI.create("https://pds.test"));
            assertThat(network.sent).extracting(sent -> sent.reach()).containsExactly(Reach.PUBLIC);
        }

        @Test
        void theBigEntrywayIsFound() {
            var network = new FakeTransport();
            network.serve(
                    "https://morel.us-east.host.bsky.network/.well-known/oauth-protected-resource",
                    "{\"resource\":\"https://morel.us-east.host.bsky.network\","
                            + "\"authorization_servers\":[\"https://bsky.social\"],\"scopes_supported\":[]}");

            assertThat(NetworkIdentityResolver.builder(network)
                            .build()
                            .serviceFor(at("https://morel.us-east.host.bsky.network")))
                    .isEqualTo(URI.create("https://bsky.social"));
        }
    }

    @Nested
    class Memory {

        @Test
        void anAnswerIsUsedForAWhileWithoutAskingAgain() {
            dns.record("_atproto.alice.test", "did=" + DID);
            register(DID, "alice.test");
            resolver.resolveAccount(ALICE);
            time.pass(Duration.ofMinutes(5).minusNanos(1));
            resolver.resolveAccount(ALICE);
            assertThat(dns.asked).hasSize(1);
            assertThat(plc.asked()).hasSize(1);

            time.pass(Duration.ofNanos(1));
            resolver.resolveAccount(ALICE);

            assertThat(dns.asked).hasSize(2);
            assertThat(plc.asked()).hasSize(2);
        }

        @Test
        void anOldAnswerServesWhileTheNetworkFailsButNotForEver() {
            register(DID, "alice.test");
            resolver.resolveDid(DID);
            plc.serve("/" + DID, 503, "");

            time.pass(Duration.ofHours(1).minusNanos(1));
            assertThat(resolver.resolveDid(DID).did()).isEqualTo(DID);

            time.pass(Duration.ofNanos(1));
            var e = catchThrowableOfType(IdentityException.class, () -> resolver.resolveDid(DID));
            assertThat(e.retryable()).isTrue();
        }

        @Test
        void anOldAnswerDoesNotOutliveARefusal() {
            register(DID, "alice.test");
            resolver.resolveDid(DID);
            time.pass(Duration.ofMinutes(5));
            plc.serve("/" + DID, 410, "");

            assertThat(catchThrowableOfType(IdentityException.class, () -> resolver.resolveDid(DID))
                            .kind())
                    .isEqualTo(Kind.NOT_FOUND);

            plc.serve("/" + DID, 503, "");
            time.pass(Duration.ofMinutes(1));
            assertThat(catchThrowableOfType(IdentityException.class, () -> resolver.resolveDid(DID))
                            .kind())
                    .isEqualTo(Kind.UNAVAILABLE);
        }

        @Test
        void aRefusalIsRememberedForAMoment() {
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(IdentityException.class).isThrownBy(() -> resolver.resolveHandle(ALICE));
            }
            assertThat(dns.asked).hasSize(1);

            time.pass(Duration.ofMinutes(1));
            dns.record("_atproto.alice.test", "did=" + DID);

            assertThat(resolver.resolveHandle(ALICE)).isEqualTo(DID);
        }

        @Test
        void networkTroubleIsNotRemembered() {
            plc.serve("/" + DID, 503, "");
            assertThatExceptionOfType(IdentityException.class).isThrownBy(() -> resolver.resolveDid(DID));

            register(DID, "alice.test");

            assertThat(resolver.resolveDid(DID).did()).isEqualTo(DID);
        }

        @Test
        void aRefreshAsksAlwaysAndIsRemembered() {
            register(DID, "old.test");
            resolver.resolveDid(DID);
            register(DID, "alice.test");

            assertThat(resolver.refreshDid(DID).handle()).contains(ALICE);
            assertThat(resolver.resolveDid(DID).handle()).contains(ALICE);
            assertThat(plc.asked()).hasSize(2);
        }

        @Test
        void aFailedRefreshLeavesWhatWasKnown() {
            register(DID, "alice.test");
            resolver.resolveDid(DID);
            plc.serve("/" + DID, 503, "");

            var e = catchThrowableOfType(IdentityException.class, () -> resolver.refreshDid(DID));

            assertThat(e.retryable()).isTrue();
            assertThat(resolver.resolveDid(DID).did()).isEqualTo(DID);
        }

        @Test
        void theLongestUnusedIsForgottenFirst() {
            var small = builder().cacheSize(2).build();
            Did third = Did.parse("did:plc:ewvi7nxzyoun6zhxrhs64oi3");
            register(DID, "a.test");
            register(OTHER, "b.test");
            register(third, "c.test");

            small.resolveDid(DID);
            small.resolveDid(OTHER);
            small.resolveDid(DID);
            small.resolveDid(third);
            small.resolveDid(DID);
            small.resolveDid(OTHER);

            assertThat(plc.asked()).containsExactly("/" + DID, "/" + OTHER, "/" + third, "/" + OTHER);
        }

        @Test
        void aRepeatedRefusalSaysTheSame() {
            var first = catchThrowableOfType(IdentityException.class, () -> resolver.resolveHandle(ALICE));
            var second = catchThrowableOfType(IdentityException.class, () -> resolver.resolveHandle(ALICE));

            assertThat(second).hasMessage(first.getMessage()).hasCause(first);
            assertThat(second.kind()).isEqualTo(first.kind());
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().timeout(Duration.ZERO).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().freshFor(Duration.ofSeconds(-1)).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().staleFor(Duration.ofSeconds(-1)).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().refusedFor(Duration.ofSeconds(-1)).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().cacheSize(-1).build());
    }

    @Test
    void anInterruptedLookupOfTheEntrywayLeavesThePds() {
        var network = new FakeTransport();
        network.fail("pds.test", TransportException.Kind.INTERRUPTED, null);

        assertThat(NetworkIdentityResolver.builder(network).build().serviceFor(at("https://pds.test")))
                .isEqualTo(URI.create("https://pds.test"));
    }

    private void register(Did did, String handle) {
        plc.serve("/" + did, "{\"id\":\"" + did + "\",\"alsoKnownAs\":[\"at://" + handle + "\"]}");
    }

    private static DidDocument at(String endpoint) {
        var json = "{\"id\":\"" + DID + "\",\"service\":[{\"id\":\"#atproto_pds\","
                + "\"type\":\"AtprotoPersonalDataServer\",\"serviceEndpoint\":\"" + endpoint + "\"}]}";
        return DidDocument.of(LexJson.parseMap(json.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow();
    }
}
