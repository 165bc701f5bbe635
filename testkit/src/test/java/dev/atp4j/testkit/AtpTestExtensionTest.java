// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.atp4j.Secret;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.Login;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.xrpc.XrpcClient;
import dev.atp4j.xrpc.XrpcRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class AtpTestExtensionTest {

    private static final List<EmbeddedPds> SEEN = new CopyOnWriteArrayList<>();

    @AtpTest
    static class Example {

        private final EmbeddedPds atConstruction;

        Example(EmbeddedPds pds) {
            atConstruction = pds;
        }

        @BeforeEach
        void before(EmbeddedPds pds) {
            assertThat(pds).isSameAs(atConstruction);
            pds.createAccount("alice.test", "password");
        }

        @Test
        void one(EmbeddedPds pds, VirtualTime time, SessionStore store, Sessions sessions, Sessions others) {
            SEEN.add(pds);
            assertThat(time).isSameAs(pds.time());
            assertThat(sessions).isNotSameAs(others);
            var did = sessions.login(login(pds)).did().orElseThrow();
            assertThat(store.keys()).extracting(key -> key.did()).containsExactly(did);
            assertThat(others.resume(did).handle()).contains("alice.test");
        }

        @Test
        void other(EmbeddedPds pds, SessionStore store) {
            SEEN.add(pds);
            assertThat(store.keys()).isEmpty();
            assertThat(pds.journal().entries()).isEmpty();
        }
    }

    @Test
    void everyTestHasAPdsAndAStoreOfItsOwnThatIsClosedAfterwards() {
        SEEN.clear();
        assertThat(run(Example.class).testEvents().succeeded().count()).isEqualTo(2);
        assertThat(SEEN).hasSize(2).doesNotHaveDuplicates();
        try (HttpTransport transport = HttpTransport.create()) {
            for (EmbeddedPds pds : SEEN) {
                var client = new XrpcClient(transport, pds.url());
                var request =
                        XrpcRequest.query("com.atproto.server.describeServer").build();
                assertThatThrownBy(() -> client.send(request)).isInstanceOf(TransportException.class);
            }
        }
    }

    static class WithEntryway {

        @RegisterExtension
        static final AtpTestExtension PDS = AtpTestExtension.with(pds -> pds.entryway(true));

        @Test
        void test(EmbeddedPds pds) {
            assertThat(pds.url()).isNotEqualTo(pds.pdsUrl());
        }
    }

    @Test
    void aTestMayHaveAPdsWithOtherSettings() {
        assertThat(run(WithEntryway.class).testEvents().succeeded().count()).isEqualTo(1);
    }

    @AtpTest
    static class Failing {

        @Test
        void test(EmbeddedPds pds, Sessions sessions) {
            pds.createAccount("alice.test", "password");
            var session = sessions.login(login(pds));
            session.send(XrpcRequest.query("com.atproto.server.getSession").build());
            throw new AssertionError("as planned");
        }
    }

    @Test
    void aFailureShowsWhatThePdsWasAsked() {
        Throwable failure = run(Failing.class)
                .testEvents()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .findFirst()
                .flatMap(TestExecutionResult::getThrowable)
                .orElseThrow();
        var printed = new StringWriter();
        failure.printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString())
                .contains("as planned")
                .containsPattern("Suppressed: the PDS had \\d+ calls")
                .containsPattern(" 200 com.atproto.server.createSession did:plc:")
                .containsPattern(" 200 com.atproto.server.getSession did:plc:");
    }

    @AtpTest
    static class TooEarly {

        @BeforeAll
        static void before(EmbeddedPds pds) {}

        @Test
        void test() {}
    }

    @Test
    void thereIsNoPdsForAWholeClass() {
        Throwable failure = run(TooEarly.class)
                .containerEvents()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .findFirst()
                .flatMap(TestExecutionResult::getThrowable)
                .orElseThrow();
        assertThat(failure)
                .isInstanceOf(ParameterResolutionException.class)
                .hasMessageContaining("each test method has a PDS of its own");
    }

    private static Login login(EmbeddedPds pds) {
        return Login.as("alice.test", Secret.of("password")).service(pds.url()).build();
    }

    private static EngineExecutionResults run(Class<?> test) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(test))
                .execute();
    }
}
