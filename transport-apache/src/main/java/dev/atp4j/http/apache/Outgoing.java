// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.jspecify.annotations.Nullable;

/** A request's body for Apache's engine, which tells trouble with the source from trouble with the connection. */
final class Outgoing extends AbstractHttpEntity {

    private static final int PIECE = 16 * 1024;

    private final InputStream source;
    private final long length;
    private final Connection connection;

    /** Takes the bytes, their number or -1, their type, and where they will go. */
    Outgoing(InputStream source, long length, @Nullable String contentType, Connection connection) {
        super(contentType, null, length < 0);
        this.source = source;
        this.length = length;
        this.connection = connection;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        long left = length < 0 ? Long.MAX_VALUE : length;
        byte[] piece = new byte[(int) Math.min(PIECE, left)];
        while (left > 0) {
            int count = read(piece, left);
            if (count < 0) {
                return;
            }
            out.write(piece, 0, count);
            left -= length < 0 ? 0 : count;
        }
    }

    private int read(byte[] piece, long left) throws Unreadable {
        try {
            int count = source.read(piece, 0, (int) Math.min(piece.length, left));
            if (count < 0 && length >= 0) {
                throw new EOFException("it ended " + left + " bytes too early");
            }
            return count;
        } catch (IOException e) {
            connection.close(); // or the engine would end the body as if it were whole
            throw new Unreadable(e);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public InputStream getContent() {
        return source;
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    /** Closes nothing: who opened the source closes it. */
    @Override
    public void close() {}

    /** Thrown when the source fails. */
    static final class Unreadable extends IOException {

        private static final long serialVersionUID = 1L;

        Unreadable(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
