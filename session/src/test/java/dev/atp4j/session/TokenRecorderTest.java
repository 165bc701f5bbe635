// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.CREATE;
import static dev.atp4j.session.World.DELETE;
import static dev.atp4j.session.World.GET;
import static dev.atp4j.session.World.PASSWORD;
import static dev.atp4j.session.World.REFRESH;
import static dev.atp4j.session.World.TIMELINE;
import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.AtpException;
import dev.atp4j.Secret;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.JdkHttpTransport;
import dev.atp4j.http.apache.ApacheHttpTransport;
import dev.atp4j.identity.DidDocument;
import dev.atp4j.identity.NetworkIdentityResolver;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.syntax.Handle;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole lives of sessions, with every answer pointing somewhere else, and with a record of what was sent to whom. */
@Timeout(30)
@Tag("security")
class TokenRecorderTest {

    private final Queue<String> refreshTokens = new ConcurrentLinkedQueue<>();
    private final Queue<String> accessTokens = new ConcurrentLinkedQueue<>();

    private final SessionListener collector = new SessionListener() {
        @Override
        public void updated(PasswordSession session, SessionData data) {
            collect(data);
        }
    };

    private void collect(SessionData data) {
        refreshTokens.add(data.refreshJwt().expose());
        accessTokens.add(data.accessJwt().expose());
    }

    private static HttpTransport transport(boolean apache) {
        return apache ? new ApacheHttpTransport() : new JdkHttpTransport();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everySecretGoesToThoseOnlyWhomItIsFor(boolean apache) {
        try (World world = World.together(EmbeddedPds.builder().entryway(true));
                var recorder = new Recorder(transport(apache))) {
            Sessions sessions = world.process()
                    .transport(recorder)
                    .identity(NetworkIdentityResolver.builder(recorder)
                            .directory(world.pds.plcUrl())
                            .endpointRule(DidDocument.EndpointRule.LOOPBACK_TOO)
                            .time(world.time)
                            .build())
                    .credentials(account -> Optional.of(Secret.of(PASSWORD)))
                    .listener(collector)
                    .build();
            PasswordSession session = sessions.login(world.asAlice());
            collect(session.data());
            read(session);
            world.time.advance(Duration.ofHours(3));
            read(session);
            session.refresh();
            collect(sessions.resume(session.data(), Resume.CHECKED).data());
            world.pds.accounts().resetPassword(world.alice.did(), PASSWORD);
            session.refresh(); // logs in again
            collect(session.data());
            read(session);
            PasswordSession other = sessions.createAccount(NewAccount.at(world.pds.url(), Handle.parse("new.test"))
                    .password(Secret.of(PASSWORD))
                    .email("new@example.com")
                    .build());
            collect(other.data());
            read(other);
            sessions.delete(other.data());
            session.logout();

            String service = world.pds.url().toString();
            String pds = world.pds.pdsUrl().toString();
            assertThat(service).isNotEqualTo(pds);
            assertThat(refreshTokens).hasSizeGreaterThan(4);
            assertThat(recorder.whoGotOneOf(Set.of(PASSWORD))).containsExactly(service);
            assertThat(recorder.whoGotOneOf(refreshTokens)).containsExactly(service);
            assertThat(recorder.whoGotOneOf(accessTokens))
                    .containsOnly(service, pds)
                    .contains(pds);
            assertThat(recorder.whoGotOneOf(List.of("Bearer", "eyJ"))).containsOnly(service, pds);
        }
    }

    /** Every header field by which an answer may name another place. */
    private static Headers pointingTo(URI away) {
        return Headers.of("location", away.toString())
                .plus("content-location", away.toString())
                .plus("refresh", "0; url=" + away)
                .plus("link", "<" + away + ">; rel=\"preload canonical\"")
                .plus("alt-svc", "h2=\"" + away.getRawAuthority() + "\", h3=\"" + away.getRawAuthority() + "\"")
                .plus("www-authenticate", "Bearer realm=\"" + away + "\", resource_metadata=\"" + away + "\"")
                .plus("proxy-authenticate", "Basic realm=\"" + away + "\"")
                .plus("x-accel-redirect", away.toString())
                .plus("dpop-nonce", "x");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noAnswerSendsAnythingToAForbiddenHost(boolean apache) throws IOException {
        try (World world = World.together(EmbeddedPds.builder().entryway(true));
                var forbidden = new ForbiddenHost();
                var recorder = new Recorder(transport(apache));
                Sessions sessions = world.process()
                        .transport(recorder)
                        .identity(world.identity())
                        .build()) {
            URI away = forbidden.url("/xrpc/" + TIMELINE);
            PasswordSession session = sessions.login(world.asAlice());
            for (int status : new int[] {200, 201, 300, 301, 302, 303, 305, 306, 307, 308, 401, 403, 407, 421, 503}) {
                for (String nsid : List.of(TIMELINE, GET, REFRESH, CREATE, DELETE)) {
                    world.fault(Fault.on(nsid).answer(status, pointingTo(away), "{}"));
                }
                Aside<Boolean> calls = Aside.run(() -> {
                    attempt(() -> read(session));
                    attempt(() -> sessions.tryLogin(world.asAlice()));
                    attempt(() -> sessions.resume(world.alice.did()));
                    attempt(session::refresh);
                    attempt(() -> sessions.delete(session.data()));
                });
                while (!calls.over()) {
                    world.time.advance(Duration.ofSeconds(1));
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
                calls.get();
                world.pds.faults().clear();
                world.time.advance(Duration.ofMinutes(6));
                attempt(() -> sessions.login(world.asAlice()));
            }
            assertThat(forbidden.connections()).isZero();
            assertThat(recorder.origins())
                    .containsOnly(world.pds.url().toString(), world.pds.pdsUrl().toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user@AWAY",
                "http://AWAY/path",
                "http://AWAY?q",
                "http://AWAY#f",
                "http://pds.example.com@AWAY",
                "http://AWAY\\@pds.example.com",
                "ftp://AWAY",
                "//AWAY",
                "AWAY",
                " http://AWAY",
                "http://AWAY\r\nhost: evil",
                "http://2130706433:PORT",
                "http://0x7f000001:PORT",
                "http://0177.0.0.1:PORT",
                "http://127.1:PORT",
                "http://0.0.0.0:PORT",
                "http://[::]:PORT",
                "http://[::ffff:127.0.0.1]:PORT",
                "http://localhost.:PORT",
                "http://localtest.localhost:PORT",
                "https://169.254.169.254",
                "https://metadata.internal"
            })
    void noDocumentLeadsToAForbiddenHost(String endpoint) throws IOException {
        try (World world = World.together(EmbeddedPds.builder().entryway(true));
                var forbidden = new ForbiddenHost();
                var recorder = new Recorder(new JdkHttpTransport());
                Sessions sessions = world.process().transport(recorder).build()) {
            PasswordSession session = sessions.login(world.asAlice());
            String address = endpoint.replace("AWAY", forbidden.authority())
                    .replace("PORT", forbidden.authority().split(":")[1]);
            for (String nsid : List.of(REFRESH, GET, CREATE)) {
                world.fault(Fault.on(nsid)
                        .always()
                        .withField("didDoc", document(world.alice.did().value(), address)));
            }
            session.refresh();
            read(session);
            read(sessions.login(world.asAlice()));
            read(sessions.resume(session.data(), Resume.CHECKED));
            assertThat(forbidden.connections()).isZero();
            assertThat(recorder.origins())
                    .containsOnly(world.pds.url().toString(), world.pds.pdsUrl().toString());
        }
    }

    /** Whoever can write the store must not be able to send tokens anywhere. */
    @ParameterizedTest
    @ValueSource(strings = {"service", "pds"})
    void noStoredRecordLeadsToAHostThatNoTokenMayGoTo(String field) throws IOException {
        try (World world = World.together();
                var forbidden = new ForbiddenHost();
                var recorder = new Recorder(new JdkHttpTransport())) {
            world.login();
            for (String address : List.of(
                    "http://user@" + forbidden.authority(),
                    "http://" + forbidden.authority() + "/path",
                    "http://2130706433:80",
                    "http://10.0.0.1",
                    "ftp://" + forbidden.authority())) {
                SessionRecord record = world.store.read(world.key()).orElseThrow();
                world.store.compareAndSet(
                        world.key(),
                        record.version(),
                        SessionRecord.of(
                                world.key(),
                                record.version() + 1,
                                record.content().with(field, new LexString(address))));
                Sessions sessions = world.process().transport(recorder).build();
                attempt(() -> read(sessions.resume(world.alice.did())));
                attempt(() -> read(sessions.account(world.alice.did())));
                attempt(() -> sessions.resume(world.key(), Resume.LAZY).refresh());
                attempt(() -> sessions.resume(world.key(), Resume.LAZY).logout());
            }
            assertThat(forbidden.connections()).isZero();
            assertThat(recorder.origins()).isEmpty();
        }
    }

    private static void attempt(Runnable action) {
        try {
            action.run();
        } catch (AtpException e) {
            // Whatever came of it, what was sent counts.
        }
    }

    private static LexMap document(String did, String endpoint) {
        return LexMap.builder()
                .put("id", did)
                .put(
                        "service",
                        new LexList(List.of(LexMap.builder()
                                .put("id", "#atproto_pds")
                                .put("type", "AtprotoPersonalDataServer")
                                .put("serviceEndpoint", endpoint)
                                .build())))
                .build();
    }
}
