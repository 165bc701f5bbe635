// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.CREATE;
import static dev.atp4j.session.World.DELETE;
import static dev.atp4j.session.World.GET;
import static dev.atp4j.session.World.REFRESH;
import static dev.atp4j.session.World.TIMELINE;
import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.AtpException;
import dev.atp4j.Secret;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.JdkHttpTransport;
import dev.atp4j.http.apache.ApacheHttpTransport;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import dev.atp4j.session.kernel.Profile;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.syntax.Did;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import dev.atp4j.xrpc.XrpcResponseException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens go home only. */
@Timeout(120)
@Tag("security")
class TokenSafetyTest {

    private static final Did MALLORY = Did.parse("did:plc:mmmmmmmmmmmmmmmmmmmmmmmm");

    @TempDir
    Path folder;

    @Test
    @Scenario(59)
    void tokensOfAnotherAccountAreNeverInstalled() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            SessionData before = session.data();
            world.fault(Fault.on(REFRESH).wrongDid(MALLORY));
            var failure = catchThrowableOfType(RefreshFailedException.class, session::refresh);
            assertThat(failure).hasMessageContaining(MALLORY.value());
            assertThat(session.data()).isEqualTo(before);
            assertThat(world.stored().current().refreshJwt()).isEqualTo(before.refreshJwt());
            assertThat(read(session).status()).as("the old token is still good").isEqualTo(200);
            world.heard.await("updateFailed", 1);
            world.time.advance(failure.retryAfter());
            session.refresh();
            assertThat(session.data().did()).isEqualTo(world.alice.did());
            session.close();
            assertThat(world.heard.count("deleted")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254",
                "http://evil.example.com",
                "https://10.0.0.1",
                "https://[fd00::1]",
                "https://2130706433",
                "https://user@pds.example.com",
                "https://pds.example.com/path",
                "https://pds.example.com?q",
                "ftp://pds.example.com",
                "not an address",
                ""
            })
    @Scenario(60)
    void anAddressThatNoTokenMayGoToIsIgnored(String endpoint) {
        try (World world = World.together(EmbeddedPds.builder().entryway(true))) {
            PasswordSession session = world.login();
            URI good = session.pds();
            world.fault(Fault.on(REFRESH)
                    .withField("didDoc", document(world.alice.did().value(), endpoint)));
            world.fault(Fault.on(GET).always().html(500));
            session.refresh();
            assertThat(session.pds()).isEqualTo(good);
            assertThat(read(session).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "did:plc:mmmmmmmmmmmmmmmmmmmmmmmm, #atproto_pds, AtprotoPersonalDataServer",
        ", #atproto_pds, LinkedDomains",
        ", #other, AtprotoPersonalDataServer",
        ", did:plc:mmmmmmmmmmmmmmmmmmmmmmmm#atproto_pds, AtprotoPersonalDataServer"
    })
    @Scenario(60)
    void aDocumentOfAnotherAccountOrServiceIsIgnored(String did, String id, String type) {
        String owner = did == null ? "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa" : did;
        LexMap document = document(owner, "https://pds.example.com", id, type);
        assertThat(Pds.of(
                        Profile.read(LexMap.builder().put("didDoc", document).build()),
                        Did.parse("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"),
                        URI.create("https://bsky.social")))
                .isNull();
    }

    @Test
    @Scenario(60)
    void onlyAServiceOnThisMachineMayNameThisMachine() {
        Did did = Did.parse("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
        Profile local = Profile.read(LexMap.builder()
                .put("didDoc", document(did.value(), "http://localhost:2583"))
                .build());
        assertThat(Pds.of(local, did, URI.create("https://bsky.social"))).isNull();
        assertThat(Pds.of(local, did, URI.create("http://localhost:2582")))
                .isEqualTo(URI.create("http://localhost:2583"));
    }

    private static LexMap document(String did, String endpoint) {
        return document(did, endpoint, "#atproto_pds", "AtprotoPersonalDataServer");
    }

    private static LexMap document(String did, String endpoint, String id, String type) {
        return LexMap.builder()
                .put("id", did)
                .put(
                        "service",
                        new LexList(List.of(LexMap.builder()
                                .put("id", id)
                                .put("type", type)
                                .put("serviceEndpoint", endpoint)
                                .build())))
                .build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Scenario(61)
    void aRedirectIsNotFollowedOnAnyCall(boolean apache) {
        try (World world = World.together();
                EmbeddedPds evil = EmbeddedPds.builder().start();
                HttpTransport transport = apache ? new ApacheHttpTransport() : new JdkHttpTransport()) {
            URI away = evil.url().resolve("/xrpc/" + TIMELINE);
            Sessions sessions = world.process().transport(transport).build();
            world.fault(Fault.on(CREATE).redirectTo(away));
            assertThatThrownBy(() -> sessions.login(world.asAlice())).isInstanceOf(AtpException.class);
            PasswordSession session = sessions.login(world.asAlice());
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                world.fault(Fault.on(TIMELINE).answer(status, Headers.of("location", away.toString()), ""));
                assertThat(catchThrowableOfType(XrpcResponseException.class, () -> read(session))
                                .status())
                        .isEqualTo(status);
            }
            world.fault(Fault.on(REFRESH).redirectTo(away));
            Aside<Boolean> refresh = Aside.run(session::refresh);
            world.time.pass(Duration.ofSeconds(1));
            refresh.get();
            world.fault(Fault.on(DELETE).redirectTo(away));
            assertThatThrownBy(session::logout).isInstanceOf(LogoutUnconfirmedException.class);
            assertThat(evil.journal().entries()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example/x",
                "https://evil.example/xrpc/com.example.get",
                "com.example.get/../../x",
                "com.example.get?x=//evil",
                "com.example.get\\x",
                "com.example.get#f",
                "com.example.get\r\nhost: evil",
                "@evil.example",
                ""
            })
    @Scenario(62)
    void onlyANameOfAMethodCanBeCalled(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> XrpcRequest.query(path));
        assertThatIllegalArgumentException().isThrownBy(() -> XrpcRequest.procedure(path));
    }

    @Test
    @Scenario(62)
    void aRequestCannotBringItsOwnCredentials() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.send(XrpcRequest.query(TIMELINE)
                            .header("Authorization", "Bearer other")
                            .build()));
            assertThat(world.count(TIMELINE)).isZero();
        }
    }

    @Test
    @Scenario(62)
    void parametersStayParameters() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            XrpcResponse response = session.send(XrpcRequest.query(TIMELINE)
                    .param("cursor", "../../x?y=z&limit=1#f\r\nhost: evil")
                    .build());
            assertThat(response.status()).isEqualTo(200);
            assertThat(world.count(TIMELINE)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example.com",
                "ftp://pds.example.com",
                "https://user:pw@pds.example.com",
                "https://pds.example.com/path",
                "nothing",
                "https:///x",
                "mailto:a@b.c"
            })
    void aStoredServiceThatNoTokenMayGoToMakesTheRecordUnreadable(String service) {
        try (World world = World.together()) {
            world.login();
            tamper(world, "service", service);
            assertThat(catchThrowableOfType(
                                    StoreException.class,
                                    () -> world.process().build().resume(world.alice.did()))
                            .kind())
                    .isEqualTo(StoreException.Kind.UNREADABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example.com", "nothing", "https://10.0.0.1", "https://u@pds.example.com"})
    void aStoredServerThatNoTokenMayGoToMakesTheRecordUnreadable(String pds) {
        try (World world = World.together()) {
            world.login();
            tamper(world, "pds", pds);
            assertThat(catchThrowableOfType(
                                    StoreException.class,
                                    () -> world.process().build().resume(world.alice.did()))
                            .kind())
                    .isEqualTo(StoreException.Kind.UNREADABLE);
        }
    }

    private static void tamper(World world, String field, String value) {
        SessionRecord record = world.store.read(world.key()).orElseThrow();
        world.store.compareAndSet(
                world.key(),
                record.version(),
                SessionRecord.of(
                        world.key(),
                        record.version() + 1,
                        record.content().with(field, new dev.atp4j.data.LexString(value))));
    }

    @Test
    @Scenario(64)
    void aFolderOfSessionsIsForItsOwnerOnly() throws IOException {
        Path sessions = folder.resolve("sessions");
        try (World world = World.together();
                var store = FileSessionStore.in(sessions)) {
            world.process().store(store).build().login(world.asAlice());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sessions)))
                    .isEqualTo("rwx------");
            try (var files = Files.list(sessions)) {
                for (Path file : files.toList()) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo("rw-------");
                }
            }
            try (var files = Files.list(sessions)) {
                Path json = files.filter(file -> file.toString().endsWith(".json"))
                        .findFirst()
                        .orElseThrow();
                Files.setPosixFilePermissions(json, PosixFilePermissions.fromString("rw-r--r--"));
            }
            Sessions restarted = world.process().store(store).build();
            assertThat(catchThrowableOfType(StoreException.class, () -> restarted.resume(world.alice.did()))
                            .kind())
                    .isEqualTo(StoreException.Kind.UNSAFE);
        }
    }

    @Test
    @Scenario(65)
    void aHugeErrorIsNotReadToItsEnd() {
        String huge = "{\"error\":\"Big\",\"message\":\"" + "x".repeat(10 << 20) + "\"}";
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.fault(Fault.on(TIMELINE).answer(400, Headers.of("content-type", "application/json"), huge));
            assertThatThrownBy(() -> read(session))
                    .isInstanceOf(AtpException.class)
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2_000));
            world.fault(Fault.on(REFRESH).answer(400, Headers.of("content-type", "application/json"), huge));
            world.fault(Fault.on(REFRESH).answer(200, Headers.of("content-type", "application/json"), huge));
            Aside<Boolean> refresh = Aside.run(session::refresh);
            world.time.pass(Duration.ofSeconds(1));
            world.time.pass(Duration.ofSeconds(2));
            refresh.get();
            assertThat(read(session).status()).isEqualTo(200);
            world.fault(Fault.on(DELETE).answer(400, Headers.of("content-type", "application/json"), huge));
            assertThatThrownBy(session::logout)
                    .isInstanceOf(LogoutUnconfirmedException.class)
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2_000));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Scenario(66)
    void aDemandForAPasswordGetsNone(boolean apache) {
        try (World world = World.together();
                HttpTransport transport = apache ? new ApacheHttpTransport() : new JdkHttpTransport()) {
            PasswordSession session =
                    world.process().transport(transport).build().login(world.asAlice());
            world.fault(Fault.on(TIMELINE)
                    .always()
                    .answer(401, Headers.of("www-authenticate", "Basic realm=\"x\""), "<h1>401</h1>"));
            assertThat(catchThrowableOfType(XrpcResponseException.class, () -> read(session))
                            .status())
                    .isEqualTo(401);
            assertThat(world.calls(TIMELINE))
                    .hasSize(2)
                    .allMatch(call -> call.tokenHash() != null, "sent with its own token");
            assertThatThrownBy(() -> read(session)).isInstanceOf(XrpcResponseException.class);
            assertThat(world.refreshes()).isEqualTo(1);
            assertThat(session.destroyed()).isFalse();
        }
    }

    @Test
    void aTokenThatNoHeaderCanCarryIsNotTaken() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.fault(Fault.on(REFRESH).withField("accessJwt", new dev.atp4j.data.LexString("a\r\nhost: evil")));
            Aside<Boolean> refresh = Aside.run(session::refresh);
            world.time.pass(Duration.ofSeconds(1));
            refresh.get();
            assertThat(read(session).status()).isEqualTo(200);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SessionData.of(
                            world.pds.url(), world.alice.did(), Secret.of("very secret\n"), Secret.of("very secret")))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("very secret"));
        }
    }
}
