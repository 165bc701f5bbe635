// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads lines and counted bytes from a connection through one buffer. Confined to one thread. */
final class LineInput {

    private static final int LONGEST_LINE = 64 << 10;

    private final InputStream in;
    private byte[] buffer = new byte[4096];
    private int start;
    private int end;

    LineInput(InputStream in) {
        this.in = in;
    }

    /** Returns the first line of a request, or null if the client has left instead of sending another one. */
    @Nullable
    String firstLine() throws IOException {
        while (start < end || fill()) {
            String line = line();
            // Some clients send an empty line after a body; it belongs to no request.
            if (!line.isEmpty()) {
                return line;
            }
        }
        return null;
    }

    /** Returns the next line without its end. */
    String line() throws IOException {
        int scanned = start;
        while (true) {
            for (; scanned < end; scanned++) {
                if (buffer[scanned] == '\n') {
                    int last = scanned > start && buffer[scanned - 1] == '\r' ? scanned - 1 : scanned;
                    var line = new String(buffer, start, last - start, StandardCharsets.ISO_8859_1);
                    start = scanned + 1;
                    return line;
                }
            }
            int seen = scanned - start;
            if (seen > LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
            }
            if (!fill()) {
                throw new EOFException("the connection ended within a line");
            }
            scanned = start + seen;
        }
    }

    /** Returns exactly so many bytes. */
    byte[] bytes(int count) throws IOException {
        var bytes = new byte[count];
        int buffered = Math.min(count, end - start);
        System.arraycopy(buffer, start, bytes, 0, buffered);
        start += buffered;
        if (in.readNBytes(bytes, buffered, count - buffered) < count - buffered) {
            throw new EOFException("the connection ended within a body");
        }
        return bytes;
    }

    /** Reads more; what is buffered may move to the front. Returns false at the end. */
    private boolean fill() throws IOException {
        int kept = end - start;
        byte[] target = kept == buffer.length ? new byte[2 * buffer.length] : buffer;
        System.arraycopy(buffer, start, target, 0, kept);
        buffer = target;
        start = 0;
        end = kept;
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            return false;
        }
        end += read;
        return true;
    }
}
