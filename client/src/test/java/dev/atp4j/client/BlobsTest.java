// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.Secret;
import dev.atp4j.data.BlobRef;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import dev.atp4j.identity.DidDocument.EndpointRule;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.identity.NetworkIdentityResolver;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Sessions;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Did;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTest {

    private static final byte[] CONTENT = "GIF89a and so on".repeat(5_000).getBytes(StandardCharsets.US_ASCII);
    private static final String GET = "com.atproto.sync.getBlob";

    private static Listening transport;

    private EmbeddedPds pds;
    private Did alice;
    private Cid cid;
    private Blobs blobs;

    @BeforeAll
    static void open() {
        transport = new Listening(HttpTransport.create());
    }

    @AfterAll
    static void shut() {
        transport.close();
    }

    @BeforeEach
    void upload() {
        pds = EmbeddedPds.builder().start();
        pds.createAccount("alice.test", "password");
        var identities = NetworkIdentityResolver.builder(transport)
                .directory(pds.plcUrl())
                .endpointRule(EndpointRule.LOOPBACK_TOO)
                .build();
        blobs = new Blobs(transport, identities).withEndpoints(EndpointRule.LOOPBACK_TOO);
        try (Sessions sessions =
                Sessions.builder().transport(transport).identity(identities).build()) {
            PasswordSession session = sessions.login(Login.as("alice.test", Secret.of("password"))
                    .service(pds.url())
                    .build());
            BlobRef blob = BlobRef.of(session.send(XrpcRequest.procedure("com.atproto.repo.uploadBlob")
                                    .body(BlobUpload.of(CONTENT).body())
                                    .build())
                            .json()
                            .get("blob"))
                    .orElseThrow();
            assertThat(blob.mimeType()).isEqualTo("image/gif");
            alice = session.key().did();
            cid = blob.cid();
            session.send(XrpcRequest.procedure("com.atproto.repo.createRecord")
                    .json(LexMap.builder()
                            .put("repo", alice.value())
                            .put("collection", "org.example.profile")
                            .put(
                                    "record",
                                    LexMap.builder()
                                            .put("$type", "org.example.profile")
                                            .put("avatar", blob.raw())
                                            .build())
                            .build())
                    .build());
        }
        transport.heard.clear();
    }

    @AfterEach
    void close() {
        pds.close();
    }

    @Test
    void aBlobIsFetchedIntoMemory() {
        assertThat(blobs.bytes(alice, cid)).isEqualTo(CONTENT);
    }

    @Test
    void aBlobIsFetchedAsAStream() throws IOException {
        try (InputStream stream = blobs.open(alice, cid)) {
            assertThat(stream.read()).isEqualTo('G');
            assertThat(stream.readAllBytes()).hasSize(CONTENT.length - 1);
            assertThat(stream.read()).isEqualTo(-1);
        }
    }

    @Test
    void aBlobIsFetchedIntoAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("cat.gif"), "what was there");

        blobs.save(alice, cid, file);

        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(folder).isDirectoryContaining(file::equals);
        assertThat(Files.list(folder)).hasSize(1);
    }

    @Test
    void noTokenGoesToTheServerOfABlob() {
        blobs.bytes(alice, cid);

        assertThat(transport.heard).isNotEmpty().allSatisfy(headers -> {
            assertThat(headers.contains("authorization")).isFalse();
        });
    }

    @Test
    void progressIsTold() {
        List<Long> heard = new ArrayList<>();

        blobs.withProgress((done, total) -> heard.add(done)).bytes(alice, cid);

        assertThat(heard).isSorted().last().isEqualTo((long) CONTENT.length);
    }

    @Test
    void bytesThatAreNotTheBlobReachNoFile(@TempDir Path folder) throws IOException {
        pds.faults().add(Fault.on(GET).always().answer(200, Headers.of("content-type", "image/gif"), "something else"));
        Path file = Files.writeString(folder.resolve("cat.gif"), "what was there");

        assertThatThrownBy(() -> blobs.save(alice, cid, file))
                .isInstanceOf(XrpcDecodeException.class)
                .hasMessageContaining(cid.value());
        assertThat(file).hasContent("what was there");
        assertThat(Files.list(folder)).hasSize(1);
        assertThatThrownBy(() -> blobs.bytes(alice, cid)).isInstanceOf(XrpcDecodeException.class);
    }

    @Test
    void aBlobThatBreaksOffIsNone() {
        pds.faults().add(Fault.on(GET).cutBodyAfterProcessing(1_000));

        assertThatThrownBy(() -> blobs.bytes(alice, cid)).isInstanceOf(TransportException.class);
    }

    @Test
    void theEndOfAWrongStreamIsNeverReached() throws IOException {
        pds.faults().add(Fault.on(GET).answer(200, Headers.of("content-type", "image/gif"), "x"));
        try (InputStream stream = blobs.open(alice, cid)) {
            assertThat(stream.read()).isEqualTo('x');
            assertThatThrownBy(stream::read).isInstanceOf(XrpcDecodeException.class);
            assertThatThrownBy(stream::read).isInstanceOf(XrpcDecodeException.class);
        }
    }

    @Test
    void aBlobThatIsTooLargeIsNotRead() {
        assertThat(blobs.withMaxBytes(CONTENT.length).bytes(alice, cid)).hasSize(CONTENT.length);
        assertThatThrownBy(() -> blobs.withMaxBytes(CONTENT.length - 1).bytes(alice, cid))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.kind()).isEqualTo(TransportException.Kind.TOO_LARGE));
    }

    @Test
    void aBlobThatIsNotThereIsTheServersAnswer() {
        assertThatThrownBy(() -> blobs.bytes(alice, Cid.ofRaw(new byte[] {1})))
                .isInstanceOf(XrpcResponseException.class)
                .hasMessageContaining("Blob not found");
    }

    @Test
    void theCidOfARecordIsNotABlobs() {
        assertThatThrownBy(() -> blobs.bytes(alice, Cid.ofDagCbor(new byte[] {(byte) 0xa0})))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(transport.heard).isEmpty();
    }

    @Test
    void serversOnThisMachineAreForTestsOnly() {
        assertThatThrownBy(() -> blobs.withEndpoints(EndpointRule.PUBLIC_HTTPS).bytes(alice, cid))
                .isInstanceOf(IdentityException.class);
    }

    /** Remembers what was asked with. */
    private static final class Listening implements HttpTransport {

        private final HttpTransport transport;
        private final List<Headers> heard = new ArrayList<>();

        Listening(HttpTransport transport) {
            this.transport = transport;
        }

        @Override
        public TransportResponse send(TransportRequest request) {
            heard.add(request.headers());
            return transport.send(request);
        }

        @Override
        public void close() {
            transport.close();
        }
    }
}
