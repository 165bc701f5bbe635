// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import dev.atp4j.AtpException;
import dev.atp4j.client.BlobUpload;
import dev.atp4j.data.BlobRef;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportException;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.time.Time;
import dev.atp4j.xrpc.Agent;
import dev.atp4j.xrpc.XrpcClient;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Uploads videos by way of Bluesky's video service, which brings them into the form that the apps play and puts the result on
 * the account's own server. Immutable and thread-safe.
 *
 * <p>The service gets no token of the session. It gets one that the account's server signs for this, which allows it to put
 * blobs there for half an hour.
 *
 * <pre>{@code
 * VideoUpload videos = VideoUpload.builder(session, session.pds(), transport).build();
 * BlobRef video = videos.upload(BlobUpload.of(Path.of("cat.mp4")), "cat.mp4");
 * }</pre>
 */
public final class VideoUpload {

    /** Bluesky's video service. */
    public static final URI SERVICE = URI.create("https://video.bsky.app");

    private static final Nsid LIMITS = Nsid.parse("app.bsky.video.getUploadLimits");
    private static final Nsid UPLOAD = Nsid.parse("app.bsky.video.uploadVideo");
    private static final Nsid STATUS = Nsid.parse("app.bsky.video.getJobStatus");
    private static final String UPLOAD_BLOB = "com.atproto.repo.uploadBlob";

    /** How long the service may put blobs on the account's server: it does so when it is done. */
    private static final Duration ALLOWED = Duration.ofMinutes(30);

    /** How often in a row the service may fail to say how a job is doing. */
    private static final int PATIENCE = 5;

    private final Agent agent;
    private final URI pds;
    private final XrpcClient service;
    private final Time time;
    private final Duration pause;
    private final Duration timeout;
    private final Listener listener;

    private VideoUpload(Builder builder) {
        this.agent = builder.agent;
        this.pds = builder.pds;
        this.service = new XrpcClient(builder.transport, builder.service);
        this.time = builder.time;
        this.pause = builder.pause;
        this.timeout = builder.timeout;
        this.listener = builder.listener;
    }

    /**
     * Starts with what each upload needs.
     *
     * @param agent the account's session
     * @param pds the account's own server, which a session knows
     * @param transport what to reach the video service with; not closed
     * @return a builder
     */
    public static Builder builder(Agent agent, URI pds, HttpTransport transport) {
        return new Builder(agent, pds, transport);
    }

    /**
     * Uploads a video and waits until it is ready. The service is asked first whether the account may.
     *
     * <p>The calling thread may be interrupted, which ends the waiting but not what the service does by then. A video that the
     * service knows already is ready at once.
     *
     * @param video the video; its media type is {@code video/…} or {@code image/gif}
     * @param name the file's name, such as {@code cat.mp4}
     * @return the blob, for the embed of a post
     * @throws IllegalArgumentException if it is no video
     * @throws VideoException if the service does not take it, fails, or is not done in time
     * @throws dev.atp4j.xrpc.XrpcException if one of the servers answers with an error
     * @throws TransportException if one of the servers cannot be reached, or the thread was interrupted
     */
    public BlobRef upload(BlobUpload video, String name) {
        long start = time.nanos();
        Did did = agent.did().orElseThrow(() -> new IllegalStateException("only an account can upload a video"));
        RequestBody body = video.body();
        String type = String.valueOf(body.contentType());
        if (!type.startsWith("video/") && !type.startsWith("image/gif")) {
            throw new IllegalArgumentException(name + " is " + type + " and no video");
        }
        checkLimits(body.length(), start);
        XrpcRequest request = XrpcRequest.procedure(UPLOAD)
                .param("did", did.value())
                .param("name", name)
                .body(body)
                .build();
        XrpcResponse response = service.exchange(request, token(didOf(pds), UPLOAD_BLOB, ALLOWED, start), left(start));
        return await(job(response), start);
    }

    /**
     * Waits until the service is done with a video that was uploaded before.
     *
     * @param jobId the job, as {@link VideoException#jobId} tells it
     * @return the blob
     * @throws VideoException as {@link #upload}
     * @throws dev.atp4j.xrpc.XrpcException as {@link #upload}
     * @throws TransportException as {@link #upload}
     */
    public BlobRef await(String jobId) {
        return await(new VideoJob(jobId, LexMap.empty()), time.nanos());
    }

    private void checkLimits(long length, long start) {
        LexMap limits = service.exchange(
                        XrpcRequest.query(LIMITS).build(),
                        token(didOf(service.service()), LIMITS.value(), Duration.ZERO, start),
                        left(start))
                .orThrow()
                .json();
        boolean fits = limits.getLong("remainingDailyBytes").orElse(Long.MAX_VALUE) >= length;
        if (!limits.getBoolean("canUpload").orElse(true) || !fits) {
            String reason = limits.getString("message")
                    .or(() -> limits.getString("error"))
                    .orElse(fits ? "the service does not say why" : "it has more bytes than are left for today");
            throw new VideoException("cannot_upload", "", "the account cannot upload this video now: " + reason);
        }
    }

    /** Gets a token of the account's server for another service. */
    private Headers token(String audience, String method, Duration allowed, long start) {
        XrpcRequest.Builder request = XrpcRequest.query("com.atproto.server.getServiceAuth")
                .param("aud", audience)
                .param("lxm", method)
                .timeout(left(start));
        if (!allowed.isZero()) {
            request.param("exp", time.now().plus(allowed).getEpochSecond());
        }
        XrpcRequest complete = request.build();
        String token = agent.send(complete)
                .json()
                .getString("token")
                .orElseThrow(() -> new XrpcDecodeException(complete.nsid(), "the answer has no token", null));
        return Headers.of("authorization", "Bearer " + token);
    }

    /** Finds the job in the answer to an upload, whatever its status. */
    private static VideoJob job(XrpcResponse response) {
        Optional<VideoJob> job;
        try {
            job = VideoJob.in(response.json());
        } catch (XrpcDecodeException e) {
            response.orThrow();
            throw e;
        }
        if (job.isEmpty()) {
            response.orThrow();
            throw new XrpcDecodeException(UPLOAD, "the answer has no job", null);
        }
        return job.get();
    }

    private BlobRef await(VideoJob first, long start) {
        VideoJob job = first;
        int silent = 0;
        while (job.blob().isEmpty()) {
            if (job.failed()) {
                throw job.failure();
            }
            if (!job.status().fields().isEmpty()) {
                listener.at(job.state(), job.percent());
                pause(job, start);
            }
            try {
                job = ask(job, start);
                silent = 0;
            } catch (AtpException e) {
                if (!e.retryable() || ++silent == PATIENCE) {
                    throw e;
                }
                pause(job, start);
            }
        }
        listener.at(job.state(), 100);
        return job.blob().orElseThrow();
    }

    private VideoJob ask(VideoJob job, long start) {
        XrpcRequest request = XrpcRequest.query(STATUS).param("jobId", job.id()).build();
        LexMap answer = service.exchange(request, Headers.empty(), leftFor(job, start))
                .orThrow()
                .json();
        return VideoJob.in(answer).orElseThrow(() -> new XrpcDecodeException(STATUS, "the answer has no job", null));
    }

    private void pause(VideoJob job, long start) {
        Duration left = leftFor(job, start);
        var over = new CountDownLatch(1);
        Time.Timer timer = time.after(pause.compareTo(left) < 0 ? pause : left, over::countDown);
        try {
            over.await();
        } catch (InterruptedException e) {
            timer.cancel();
            Thread.currentThread().interrupt();
            throw new TransportException(
                    TransportException.Kind.INTERRUPTED, true, "interrupted while waiting for job " + job.id(), e);
        }
    }

    private Duration leftFor(VideoJob job, long start) {
        Duration left = left(start);
        if (left.isNegative() || left.isZero()) {
            throw new VideoException(
                    "timeout", job.id(), "job " + job.id() + " of the video service was not done within " + timeout);
        }
        return left;
    }

    private Duration left(long start) {
        return timeout.minusNanos(time.nanos() - start);
    }

    /** Returns the DID that a service has by its address. */
    private static String didOf(URI service) {
        String port = service.getPort() < 0 ? "" : "%3A" + service.getPort();
        return "did:web:" + service.getHost() + port;
    }

    /** Hears how a video is doing. */
    @FunctionalInterface
    public interface Listener {

        /**
         * Is told each time the service was asked, on the thread that waits.
         *
         * @param state what the service does with it, such as {@code JOB_STATE_ENCODING}
         * @param percent how far that has come, from 0 to 100, or -1 if the service does not tell
         */
        void at(String state, int percent);
    }

    /** Builds a {@link VideoUpload}. Confined to one thread. */
    public static final class Builder {

        private final Agent agent;
        private final URI pds;
        private final HttpTransport transport;
        private URI service = SERVICE;
        private Time time = Time.system();
        private Duration pause = Duration.ofSeconds(1);
        private Duration timeout = Duration.ofMinutes(20);
        private Listener listener = (state, percent) -> {};

        private Builder(Agent agent, URI pds, HttpTransport transport) {
            this.agent = Objects.requireNonNull(agent, "agent");
            this.pds = Objects.requireNonNull(pds, "pds");
            this.transport = Objects.requireNonNull(transport, "transport");
        }

        /**
         * Sets the video service.
         *
         * @param service its origin, {@link #SERVICE} by default
         * @return this builder
         */
        public Builder service(URI service) {
            this.service = service;
            return this;
        }

        /**
         * Sets where time comes from.
         *
         * @param time the time, the system's by default
         * @return this builder
         */
        public Builder time(Time time) {
            this.time = time;
            return this;
        }

        /**
         * Sets how long to wait between two questions how a video is doing.
         *
         * @param pause a positive time, one second by default
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder pause(Duration pause) {
            this.pause = positive(pause, "pause");
            return this;
        }

        /**
         * Sets how long an upload may take in all, until the video is ready.
         *
         * @param timeout a positive time, twenty minutes by default
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder timeout(Duration timeout) {
            this.timeout = positive(timeout, "timeout");
            return this;
        }

        /**
         * Asks to hear how a video is doing once it is uploaded. How the upload does, {@link BlobUpload#withProgress} tells.
         *
         * @param listener is told
         * @return this builder
         */
        public Builder listener(Listener listener) {
            this.listener = listener;
            return this;
        }

        /**
         * Returns what was built.
         *
         * @return the uploader
         * @throws IllegalArgumentException if the service is no origin
         */
        public VideoUpload build() {
            return new VideoUpload(this);
        }

        private static Duration positive(Duration value, String what) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(what + " must be positive: " + value);
            }
            return value;
        }
    }
}
