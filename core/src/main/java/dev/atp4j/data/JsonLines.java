// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import dev.atp4j.data.DataException.Kind;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects from a stream, one a line: what methods answer whose output is {@code application/jsonl}. Confined to
 * one thread.
 *
 * <p>Lines are read as leniently as {@link LexJson#parseMapLenient} does, and empty ones are passed over. No line may be
 * longer than 2 MiB, so memory is bounded however long the stream is.
 */
public final class JsonLines implements Closeable {

    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private final InputStream in;
    private long count;

    /**
     * Starts with a stream.
     *
     * @param in the stream, which is closed with the reader
     */
    public JsonLines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /**
     * Reads the next object.
     *
     * @return the object, or null at the end of the stream
     * @throws DataException if the line is no JSON object, or too long; the message counts lines from {@code $[0]}
     * @throws IOException if the stream fails
     */
    public @Nullable LexMap next() throws IOException {
        for (byte[] line = line(); line != null; line = line()) {
            if (!isBlank(line)) {
                return read(line);
            }
        }
        return null;
    }

    /** Closes the stream. */
    @Override
    public void close() throws IOException {
        in.close();
    }

    private LexMap read(byte[] line) {
        try {
            return LexJson.parseMapLenient(line);
        } catch (DataException e) {
            throw new DataException(
                    e.kind(), "$[" + (count - 1) + "]" + e.path().substring(1), e.rule());
        }
    }

    private byte @Nullable [] line() throws IOException {
        var line = new ByteArrayOutputStream(256);
        int b = in.read();
        if (b < 0) {
            return null;
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() == MAX_BYTES) {
                throw new DataException(
                        Kind.LIMIT, "$[" + count + "]", "the line is longer than " + MAX_BYTES + " bytes");
            }
            line.write(b);
        }
        count++;
        return line.toByteArray();
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
