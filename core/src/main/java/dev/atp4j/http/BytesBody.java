// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Bytes in memory. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BytesBody(byte[] bytes, @Nullable String contentType) implements RequestBody {

    static final BytesBody EMPTY = new BytesBody(new byte[0], null);

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public boolean replayable() {
        return true;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }
}
