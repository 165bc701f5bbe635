// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import dev.atp4j.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * The transport on the JDK's own HTTP client; needs no other library. Thread-safe.
 *
 * <p>It speaks HTTP/1.1 only: above the number of streams that a server allows on one HTTP/2 connection the JDK's client
 * fails requests instead of opening another connection. It goes through the proxy that the JVM's system properties name,
 * if any, but has no credentials for it. It neither asks for content codings nor undoes them.
 *
 * <p>What other transports may do better:
 *
 * <ul>
 *   <li>For {@link TransportRequest.Reach#PUBLIC} it checks the host's addresses, but then the JDK's client resolves the
 *       name once more, and may get another answer. So such requests go out on {@code https} only, where a host in
 *       another's place fails to show the name's certificate, and is sent nothing.
 *   <li>When a GET's idle connection turns out to be closed, the JDK's client sends the GET again on a new one.
 *   <li>An answer that comes while the request's body is still being sent is looked at only afterwards, or when the server
 *       hangs up.
 *   <li>Before Java 21 {@link #close()} leaves connections to the garbage collector.
 * </ul>
 */
public final class JdkHttpTransport implements HttpTransport {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Time time = Time.system();
    private final @Nullable SSLContext tls;

    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable HttpClient client;
    private volatile boolean closed;

    /** Creates a transport that trusts what the JVM trusts. */
    public JdkHttpTransport() {
        this.tls = null;
    }

    /**
     * Creates a transport with its own idea of whom to trust.
     *
     * @param tls gives keys and trust; host names are verified in any case
     */
    public JdkHttpTransport(SSLContext tls) {
        this.tls = tls;
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(request, false, null);
        }
        HttpClient http = client();
        long deadline = time.nanos() + request.timeout().toNanos();
        checkReach(request);
        try {
            return request.body() instanceof BytesBody body
                    ? exchange(http, request, body.bytes(), deadline)
                    : upload(http, request, deadline);
        } catch (IOException e) {
            throw failure(request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(request, true, e);
        }
    }

    private TransportResponse exchange(HttpClient http, TransportRequest request, byte[] body, long deadline)
            throws IOException, InterruptedException {
        HttpRequest translated = translate(
                request,
                body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body),
                deadline);
        try {
            return answer(request, http.send(translated, head -> new JdkBody(request, time, deadline, head.headers())));
        } catch (IllegalArgumentException e) {
            throw new IOException(e); // so the JDK reports some malformed answers
        }
    }

    private TransportResponse upload(HttpClient http, TransportRequest request, long deadline)
            throws IOException, InterruptedException {
        InputStream source;
        try {
            source = request.body().open();
        } catch (IOException e) {
            throw unreadable(request, false, e);
        }
        try {
            if (request.body().length() == 0) {
                return exchange(http, request, new byte[0], deadline);
            }
            var upload = new JdkUpload(request.body().length());
            CompletableFuture<HttpResponse<JdkBody>> exchange = http.sendAsync(
                    translate(request, upload, deadline), head -> new JdkBody(request, time, deadline, head.headers()));
            var unused = exchange.whenComplete((answer, problem) -> upload.cancel());
            try {
                pump(upload, source, request);
                return answer(request, exchange.get());
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            } finally {
                exchange.cancel(true); // does nothing to one that is over
            }
        } finally {
            close(source);
        }
    }

    private static void close(InputStream source) {
        try {
            source.close();
        } catch (IOException e) {
            // it has been read, or has told its trouble
        }
    }

    private static void pump(JdkUpload upload, InputStream source, TransportRequest request)
            throws InterruptedException {
        try {
            upload.pump(source);
        } catch (IOException e) {
            throw unreadable(request, true, e);
        }
    }

    private HttpRequest translate(TransportRequest request, HttpRequest.BodyPublisher publisher, long deadline) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .timeout(Duration.ofNanos(Math.max(1, deadline - time.nanos())))
                .method(request.method(), publisher);
        request.headers().forEach(builder::header);
        String contentType = request.body().contentType();
        if (contentType != null && request.body().length() != 0) {
            builder.header("content-type", contentType);
        }
        return builder.build();
    }

    private static TransportResponse answer(TransportRequest request, HttpResponse<JdkBody> answer) {
        if (answer.statusCode() < 200) {
            answer.body().close();
            throw new TransportException(
                    TransportException.Kind.BROKEN,
                    true,
                    request.origin() + " gave the interim answer " + answer.statusCode() + " and no other",
                    null);
        }
        var fields = new ArrayList<String>(32);
        answer.headers()
                .map()
                .forEach((name, values) -> values.forEach(value -> {
                    fields.add(name);
                    fields.add(value);
                }));
        return new Answer(answer.statusCode(), Headers.received(fields.toArray(String[]::new)), answer.body());
    }

    private static void checkReach(TransportRequest request) {
        if (request.reach() == TransportRequest.Reach.ANY) {
            return;
        }
        if (!"https".equalsIgnoreCase(request.uri().getScheme())) {
            throw new TransportException(
                    TransportException.Kind.FORBIDDEN_ADDRESS,
                    false,
                    request.origin() + " is not https, so nothing would show that it is a host on the public internet",
                    null);
        }
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(request.uri().getHost());
        } catch (UnknownHostException e) {
            throw failure(request, e);
        }
        for (InetAddress address : addresses) {
            if (!request.reach().allows(address)) {
                throw new TransportException(
                        TransportException.Kind.FORBIDDEN_ADDRESS,
                        false,
                        request.origin() + " is not on the public internet: " + address.getHostAddress(),
                        null);
            }
        }
    }

    private static TransportException failure(TransportRequest request, IOException e) {
        if (e instanceof HttpTimeoutException) {
            boolean connecting = e instanceof HttpConnectTimeoutException;
            boolean early = connecting && request.timeout().compareTo(CONNECT_TIMEOUT) > 0;
            return new TransportException(
                    early ? TransportException.Kind.CONNECT : TransportException.Kind.TIMEOUT,
                    !connecting,
                    early
                            ? "no connection to " + request.origin() + " within " + CONNECT_TIMEOUT
                            : "no answer of " + request.origin() + " within " + request.timeout(),
                    e);
        }
        if (e.getCause() instanceof UnresolvedAddressException || e instanceof UnknownHostException) {
            return new TransportException(
                    TransportException.Kind.CONNECT, false, "unknown host: " + request.origin(), e);
        }
        if (e instanceof ConnectException
                || e instanceof NoRouteToHostException
                || e instanceof SSLHandshakeException
                || e instanceof SSLPeerUnverifiedException) {
            return new TransportException(
                    TransportException.Kind.CONNECT,
                    false,
                    "no connection to " + request.origin() + ": " + e.getMessage(),
                    e);
        }
        return new TransportException(
                TransportException.Kind.BROKEN, true, "no answer of " + request.origin() + ": " + e.getMessage(), e);
    }

    private static TransportException unreadable(TransportRequest request, boolean mayHaveArrived, IOException e) {
        return new TransportException(
                TransportException.Kind.REQUEST_BODY,
                mayHaveArrived,
                "the body for " + request.origin() + " cannot be read: " + e.getMessage(),
                e);
    }

    private static TransportException interrupted(
            TransportRequest request, boolean mayHaveArrived, @Nullable InterruptedException e) {
        return new TransportException(
                TransportException.Kind.INTERRUPTED,
                mayHaveArrived,
                "interrupted while waiting for " + request.origin(),
                e);
    }

    /** Returns the client. It is made when it is first needed, since that takes long. */
    private HttpClient client() {
        HttpClient ready = client;
        if (ready != null && !closed) {
            return ready;
        }
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the transport is closed");
            }
            if (client == null) {
                client = create();
            }
            return client;
        } finally {
            lock.unlock();
        }
    }

    private HttpClient create() {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                // Nothing of ours that runs in the client blocks, and a change of threads is its main cost.
                .executor(Runnable::run);
        return tls == null ? builder.build() : builder.sslContext(tls).build();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (client != null) {
                HttpClient.class.getMethod("shutdownNow").invoke(client);
            }
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            // Before Java 21 the client goes when nobody holds it any more.
        } finally {
            client = null;
            lock.unlock();
        }
    }

    private record Answer(int status, Headers headers, JdkBody body) implements TransportResponse {
        @Override
        public void close() {
            body.close();
        }
    }
}
