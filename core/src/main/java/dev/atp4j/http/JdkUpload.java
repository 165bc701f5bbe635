// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A body that the sending thread reads and hands to the JDK's client piece by piece, as fast as the client takes it. The
 * JDK's own stream publisher reads on a thread of the client, where a slow source would hold up every other request.
 */
final class JdkUpload implements HttpRequest.BodyPublisher, Flow.Subscription {

    private static final int PIECE = 16 * 1024;

    private final long length;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private long wanted;
    private boolean over;

    /** Takes the length in bytes, or -1 if it is not known. */
    JdkUpload(long length) {
        this.length = length;
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        lock.lock();
        try {
            this.subscriber = subscriber;
        } finally {
            lock.unlock();
        }
        subscriber.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        lock.lock();
        try {
            wanted = n < Long.MAX_VALUE - wanted ? wanted + n : Long.MAX_VALUE;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void cancel() {
        lock.lock();
        try {
            over = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads the source to its end, or until the client wants no more.
     *
     * @throws IOException if the source fails or is too short; the client has been told
     * @throws InterruptedException if the thread is interrupted while the client takes nothing
     */
    void pump(InputStream source) throws IOException, InterruptedException {
        long left = length < 0 ? Long.MAX_VALUE : length;
        while (true) {
            Flow.Subscriber<? super ByteBuffer> to = awaitDemand();
            if (to == null) {
                return;
            }
            byte[] piece = new byte[(int) Math.min(PIECE, left)];
            int count;
            try {
                count = source.read(piece);
                if (count < 0 && length >= 0) {
                    throw new IOException("it ended " + left + " bytes too early");
                }
            } catch (IOException | RuntimeException e) {
                to.onError(e);
                throw e;
            }
            if (count > 0) {
                left -= length < 0 ? 0 : count;
                to.onNext(ByteBuffer.wrap(piece, 0, count));
            }
            if (count < 0 || left == 0) {
                to.onComplete();
                return;
            }
        }
    }

    private Flow.@Nullable Subscriber<? super ByteBuffer> awaitDemand() throws InterruptedException {
        lock.lock();
        try {
            while (!over && wanted == 0) {
                changed.await();
            }
            wanted--;
            return over ? null : subscriber;
        } finally {
            lock.unlock();
        }
    }
}
