// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a request carries.
 *
 * <p>A replayable body can be opened again, so a request that met an expired token can be sent a second time, in
 * constant memory. A one-shot body cannot.
 */
public interface RequestBody {

    /**
     * Returns the media type to announce.
     *
     * @return the media type, or null for a body without one (the empty body)
     */
    @Nullable
    String contentType();

    /**
     * Returns the length in bytes. Exactly so many bytes are sent: a body that turns out shorter fails the request, and what
     * a longer one has beyond them is not read.
     *
     * @return the length, or -1 if it is not known beforehand
     */
    long length();

    /**
     * Tells whether {@link #open()} may be called more than once.
     *
     * @return true if each call gives the same bytes
     */
    boolean replayable();

    /**
     * Opens the bytes. The caller closes the stream. A transport opens and reads them on the thread that sends the
     * request, and does not cut a read short that blocks.
     *
     * @return the bytes from the start
     * @throws IOException if they cannot be read
     * @throws IllegalStateException if the body is not replayable and was opened before
     */
    InputStream open() throws IOException;

    /**
     * Returns the body of length zero, which has no media type.
     *
     * @return the empty body
     */
    static RequestBody empty() {
        return BytesBody.EMPTY;
    }

    /**
     * Returns a body of bytes in memory. The array is not copied and must not be changed.
     *
     * @param bytes the bytes
     * @param contentType their media type
     * @return a replayable body
     */
    static RequestBody bytes(byte[] bytes, String contentType) {
        return new BytesBody(bytes, contentType);
    }

    /**
     * Returns a body that is read from a file each time it is sent.
     *
     * @param file the file; it must not change while requests use it
     * @param contentType its media type
     * @return a replayable body
     * @throws IOException if the file's size cannot be read
     */
    static RequestBody file(Path file, String contentType) throws IOException {
        return reopenable(() -> Files.newInputStream(file), Files.size(file), contentType);
    }

    /**
     * Returns a body that is opened anew each time it is sent.
     *
     * @param source gives the same bytes at every call
     * @param length their number, or -1 if it is not known
     * @param contentType their media type
     * @return a replayable body
     */
    static RequestBody reopenable(Source source, long length, String contentType) {
        return new StreamBody(source, length, contentType, true);
    }

    /**
     * Returns a body that can be sent once.
     *
     * @param stream the bytes; closed after sending
     * @param length their number, or -1 if it is not known
     * @param contentType their media type
     * @return a one-shot body
     */
    static RequestBody once(InputStream stream, long length, String contentType) {
        var opened = new AtomicBoolean();
        Source source = () -> {
            if (opened.getAndSet(true)) {
                throw new IllegalStateException("a one-shot body was opened twice");
            }
            return stream;
        };
        return new StreamBody(source, length, contentType, false);
    }

    /** Opens a stream. */
    @FunctionalInterface
    interface Source {

        /**
         * Opens the bytes from the start.
         *
         * @return a new stream
         * @throws IOException if they cannot be read
         */
        InputStream open() throws IOException;
    }
}
