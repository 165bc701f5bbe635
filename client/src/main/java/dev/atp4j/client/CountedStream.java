// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells how far it has been read. */
final class CountedStream extends FilterInputStream {

    private final Progress progress;
    private final long total;
    private long done;

    CountedStream(InputStream stream, Progress progress, long total) {
        super(stream);
        this.progress = progress;
        this.total = total;
    }

    @Override
    public int read() throws IOException {
        int b = in.read();
        count(b < 0 ? -1 : 1);
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        count(read);
        return read;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = in.skip(n);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long read) {
        if (read > 0) {
            done += read;
            progress.at(done, total);
        }
    }
}
