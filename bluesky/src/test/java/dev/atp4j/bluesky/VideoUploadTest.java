// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.Secret;
import dev.atp4j.client.BlobUpload;
import dev.atp4j.data.BlobRef;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Sessions;
import dev.atp4j.time.Time;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcResponseException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a PDS in a box and a made-up video service, by HTTP. */
class VideoUploadTest {

    private static final byte[] MP4 = "\0\0\0\u0018ftypisom and so on".getBytes(StandardCharsets.ISO_8859_1);
    private static final String BLOB = "\"blob\":{\"$type\":\"blob\",\"ref\":{\"$link\":"
            + "\"bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity\"},\"mimeType\":\"video/mp4\",\"size\":9}";

    private static EmbeddedPds pds;
    private static HttpTransport transport;
    private static Sessions sessions;
    private static PasswordSession session;

    private final FakeVideoService service = new FakeVideoService();
    private final Passing time = new Passing();
    private final List<String> heard = new ArrayList<>();

    @BeforeAll
    static void login() {
        pds = EmbeddedPds.builder().start();
        pds.createAccount("alice.test", "password");
        transport = HttpTransport.create();
        sessions = Sessions.builder().transport(transport).time(pds.time()).build();
        session = sessions.login(
                Login.as("alice.test", Secret.of("password")).service(pds.url()).build());
    }

    @AfterAll
    static void shut() {
        sessions.close();
        transport.close();
        pds.close();
    }

    @BeforeEach
    void allow() {
        service.on("getUploadLimits", 200, "{\"canUpload\":true,\"remainingDailyBytes\":1000}");
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aVideoIsUploadedAndAwaited() {
        service.on("uploadVideo", 200, status("JOB_STATE_CREATED", ""));
        service.on("getJobStatus", 200, wrapped(status("JOB_STATE_ENCODING", ",\"progress\":40")));
        service.on("getJobStatus", 200, wrapped(status("JOB_STATE_COMPLETED", "," + BLOB)));

        BlobRef video = videos().upload(BlobUpload.of(MP4), "my cat.mp4");

        assertThat(video.mimeType()).isEqualTo("video/mp4");
        assertThat(heard).containsExactly("JOB_STATE_CREATED -1", "JOB_STATE_ENCODING 40", "JOB_STATE_COMPLETED 100");
        FakeVideoService.Asked upload = service.asked("uploadVideo").get(0);
        assertThat(upload.query())
                .isEqualTo("did=" + session.key().did().value().replace(":", "%3A") + "&name=my%20cat.mp4");
        assertThat(upload.contentType()).isEqualTo("video/mp4");
        assertThat(upload.length()).isEqualTo(MP4.length);
        assertThat(service.asked("getJobStatus"))
                .hasSize(2)
                .allSatisfy(asked -> assertThat(asked.authorization()).isEqualTo("null"));
        assertThat(time.passed).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void theServiceGetsTokensForItsPurposesOnly() {
        service.on("uploadVideo", 200, status("JOB_STATE_COMPLETED", "," + BLOB));

        videos().upload(BlobUpload.of(MP4), "cat.mp4");

        LexMap limits = claims(service.asked("getUploadLimits").get(0));
        assertThat(limits.getString("aud"))
                .contains("did:web:127.0.0.1%3A" + service.origin().getPort());
        assertThat(limits.getString("lxm")).contains("app.bsky.video.getUploadLimits");
        LexMap upload = claims(service.asked("uploadVideo").get(0));
        assertThat(upload.getString("aud"))
                .contains("did:web:" + session.pds().getHost() + "%3A"
                        + session.pds().getPort());
        assertThat(upload.getString("lxm")).contains("com.atproto.repo.uploadBlob");
        assertThat(upload.getLong("exp")).contains(time.now().getEpochSecond() + 1_800);
    }

    @Test
    void aVideoThatTheServiceHasIsReadyAtOnce() {
        service.on(
                "uploadVideo",
                409,
                "{\"error\":\"already_exists\",\"message\":\"Video already processed\","
                        + status("JOB_STATE_COMPLETED", "").substring(1));
        service.on("getJobStatus", 200, wrapped(status("JOB_STATE_COMPLETED", "," + BLOB)));

        assertThat(videos().upload(BlobUpload.of(MP4), "cat.mp4").mimeType()).isEqualTo("video/mp4");
    }

    @Test
    void aWrappedAnswerIsUnderstoodAsWell() {
        service.on("uploadVideo", 200, wrapped(status("JOB_STATE_COMPLETED", "," + BLOB)));

        assertThat(videos().upload(BlobUpload.of(MP4), "cat.mp4").mimeType()).isEqualTo("video/mp4");
    }

    @Test
    void aVideoThatCannotBeMadeUseOfIsAFailureWithItsReason() {
        service.on("uploadVideo", 200, status("JOB_STATE_CREATED", ""));
        service.on(
                "getJobStatus",
                200,
                wrapped(status("JOB_STATE_FAILED", ",\"failureCode\":\"encoding_failure\",\"message\":\"no frames\"")));

        assertThatThrownBy(() -> videos().upload(BlobUpload.of(MP4), "cat.mp4"))
                .hasMessageContaining("no frames")
                .isInstanceOfSatisfying(VideoException.class, e -> {
                    assertThat(e.code()).isEqualTo("encoding_failure");
                    assertThat(e.jobId()).contains("job1");
                });
    }

    @Test
    void anAccountThatMayNotUploadSendsNothing() {
        FakeVideoService other = new FakeVideoService();
        try (other) {
            other.on("getUploadLimits", 200, "{\"canUpload\":false,\"message\":\"confirm your email\"}");
            other.on("getUploadLimits", 200, "{\"canUpload\":true,\"remainingDailyBytes\":1}");
            VideoUpload videos = builder().service(other.origin()).build();

            assertThatThrownBy(() -> videos.upload(BlobUpload.of(MP4), "cat.mp4"))
                    .isInstanceOf(VideoException.class)
                    .hasMessageContaining("confirm your email");
            assertThatThrownBy(() -> videos.upload(BlobUpload.of(MP4), "cat.mp4"))
                    .isInstanceOf(VideoException.class)
                    .hasMessageContaining("left for today");
            assertThat(other.asked("uploadVideo")).isEmpty();
        }
    }

    @Test
    void whatIsNoVideoIsNotSent() {
        assertThatThrownBy(() -> videos().upload(BlobUpload.of("hello".getBytes(StandardCharsets.UTF_8)), "a.txt"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a.txt");
        assertThat(service.asked("getUploadLimits")).isEmpty();
    }

    @Test
    void anAnswerWithoutAJobIsTheServicesError() {
        service.on("uploadVideo", 400, "{\"error\":\"InvalidVideo\",\"message\":\"too long\"}");
        service.on("getUploadLimits", 200, "{\"canUpload\":true}");
        service.on("uploadVideo", 200, "{}");

        assertThatThrownBy(() -> videos().upload(BlobUpload.of(MP4), "cat.mp4"))
                .isInstanceOf(XrpcResponseException.class)
                .hasMessageContaining("too long");
        assertThatThrownBy(() -> videos().upload(BlobUpload.of(MP4), "cat.mp4"))
                .isInstanceOf(XrpcDecodeException.class);
    }

    @Test
    void aServiceThatIsDownForAMomentIsAskedAgain() {
        service.on("uploadVideo", 200, status("JOB_STATE_CREATED", ""));
        service.on("getJobStatus", 503, "{\"error\":\"Busy\"}");
        service.on("getJobStatus", 200, wrapped(status("JOB_STATE_COMPLETED", "," + BLOB)));

        assertThat(videos().upload(BlobUpload.of(MP4), "cat.mp4").mimeType()).isEqualTo("video/mp4");
    }

    @Test
    void aServiceThatStaysDownIsNotAskedForever() {
        for (int i = 0; i < 10; i++) {
            service.on("getJobStatus", 503, "{\"error\":\"Busy\"}");
        }

        assertThatThrownBy(() -> videos().await("job1")).isInstanceOf(XrpcResponseException.class);
        assertThat(service.asked("getJobStatus")).hasSize(5);
    }

    @Test
    void aVideoThatIsNotReadyInTimeCanBeAwaitedFurther() {
        service.on("uploadVideo", 200, status("JOB_STATE_CREATED", ""));
        for (int i = 0; i < 5; i++) {
            service.on("getJobStatus", 200, wrapped(status("JOB_STATE_ENCODING", "")));
        }
        VideoUpload videos = builder().timeout(Duration.ofSeconds(3)).build();

        assertThatThrownBy(() -> videos.upload(BlobUpload.of(MP4), "cat.mp4"))
                .isInstanceOfSatisfying(VideoException.class, e -> {
                    assertThat(e.code()).isEqualTo("timeout");
                    assertThat(e.jobId()).contains("job1");
                });

        service.on("getJobStatus", 200, wrapped(status("JOB_STATE_COMPLETED", "," + BLOB)));
        assertThat(videos().await("job1").mimeType()).isEqualTo("video/mp4");
    }

    @Test
    void anInterruptEndsTheWaiting() {
        service.on("uploadVideo", 200, status("JOB_STATE_CREATED", ""));
        VideoUpload videos = builder()
                .listener((state, percent) -> Thread.currentThread().interrupt())
                .time(new Passing() {
                    @Override
                    public Timer after(Duration delay, Runnable task) {
                        return () -> heard.add("called off");
                    }
                })
                .build();

        assertThatThrownBy(() -> videos.upload(BlobUpload.of(MP4), "cat.mp4"))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.kind()).isEqualTo(TransportException.Kind.INTERRUPTED));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(heard).containsExactly("called off");
    }

    private VideoUpload videos() {
        return builder().build();
    }

    private VideoUpload.Builder builder() {
        return VideoUpload.builder(session, session.pds(), transport)
                .service(service.origin())
                .time(time)
                .listener((state, percent) -> heard.add(state + " " + percent));
    }

    private static String status(String state, String more) {
        return "{\"jobId\":\"job1\",\"did\":\"did:plc:x\",\"state\":\"" + state + "\"" + more + "}";
    }

    private static String wrapped(String status) {
        return "{\"jobStatus\":" + status + "}";
    }

    private static LexMap claims(FakeVideoService.Asked asked) {
        String[] parts = asked.authorization().substring("Bearer ".length()).split("\\.");
        return LexJson.parseMapLenient(Base64.getUrlDecoder().decode(parts[1]));
    }

    /** Time that passes only by waiting, and at once. It starts where the PDS's does. */
    private static class Passing implements Time {

        private Duration passed = Duration.ZERO;

        @Override
        public Instant now() {
            return pds.time().now().plus(passed);
        }

        @Override
        public long nanos() {
            return passed.toNanos();
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            passed = passed.plus(delay);
            task.run();
            return () -> {};
        }
    }
}
