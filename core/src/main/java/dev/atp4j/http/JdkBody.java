// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import dev.atp4j.time.Time;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer on its way from the JDK's client to the reading thread. The reader waits no longer than the
 * exchange may take, which the JDK's own streams do not offer.
 */
final class JdkBody extends InputStream implements HttpResponse.BodySubscriber<JdkBody> {

    private final TransportRequest request;
    private final Time time;
    private final long deadline;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<ByteBuffer> received = new ArrayDeque<>();
    private Flow.@Nullable Subscription subscription;
    private boolean complete;
    private boolean closed;
    private @Nullable Throwable failure;

    /** The buffer being read; used by the reader only. */
    private ByteBuffer current = ByteBuffer.allocate(0);

    /** How many bytes the reader has still to get, or less than zero if the end will tell; used by the reader only. */
    private long left;

    JdkBody(TransportRequest request, Time time, long deadline, HttpHeaders headers) {
        this.request = request;
        this.time = time;
        this.deadline = deadline;
        this.left = headers.firstValue("content-length").map(JdkBody::length).orElse(-1L);
    }

    private static long length(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1; // the client will have its say on this
        }
    }

    @Override
    public CompletionStage<JdkBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        boolean unwanted;
        lock.lock();
        try {
            unwanted = closed || this.subscription != null;
            if (!unwanted) {
                this.subscription = subscription;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        if (unwanted) {
            subscription.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        lock.lock();
        try {
            received.addAll(buffers);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onError(Throwable throwable) {
        lock.lock();
        try {
            failure = throwable;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onComplete() {
        lock.lock();
        try {
            complete = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        while (!current.hasRemaining()) {
            ByteBuffer next = next();
            if (next == null) {
                return -1;
            }
            current = next;
        }
        int count = Math.min(length, current.remaining());
        current.get(target, offset, count);
        left -= count;
        return count;
    }

    /** Returns the next buffer, waiting for it if need be, or null at the end. */
    private @Nullable ByteBuffer next() {
        Flow.Subscription asked = null;
        while (true) {
            lock.lock();
            try {
                if (closed) {
                    throw broken("its stream was closed", null);
                }
                if (deadline - time.nanos() <= 0) {
                    throw late();
                }
                ByteBuffer buffer = received.poll();
                if (buffer != null) {
                    return buffer;
                }
                if (failure != null) {
                    throw broken(String.valueOf(failure.getMessage()), failure);
                }
                if (complete) {
                    return null;
                }
                if (subscription == null || asked != null) {
                    changed.awaitNanos(deadline - time.nanos());
                    continue; // to look again, at the time too
                }
                asked = subscription;
            } catch (InterruptedException e) {
                throw interrupted(e);
            } finally {
                lock.unlock();
            }
            // Outside the lock, since the client may deliver at once and on this thread.
            asked.request(1);
        }
    }

    private TransportException interrupted(InterruptedException e) {
        close();
        Thread.currentThread().interrupt();
        return new TransportException(
                TransportException.Kind.INTERRUPTED,
                true,
                "interrupted while the answer of " + request.origin() + " came in",
                e);
    }

    private TransportException late() {
        close();
        return new TransportException(
                TransportException.Kind.TIMEOUT,
                true,
                "the answer of " + request.origin() + " was not complete after " + request.timeout(),
                null);
    }

    private TransportException broken(String why, @Nullable Throwable cause) {
        return new TransportException(
                TransportException.Kind.BROKEN,
                true,
                "the answer of " + request.origin() + " broke off: " + why,
                cause);
    }

    @Override
    public int available() {
        return current.remaining();
    }

    /** Breaks the connection unless the body has been read, or at least come, to its end. */
    @Override
    public void close() {
        Flow.Subscription unread;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            unread = left == 0 || complete || failure != null ? null : subscription;
            changed.signal();
        } finally {
            lock.unlock();
        }
        if (unread != null) {
            unread.cancel();
        }
    }
}
