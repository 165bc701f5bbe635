// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that are read while they are sent. */
record StreamBody(Source source, long length, String contentType, boolean replayable) implements RequestBody {

    StreamBody {
        if (length < -1) {
            throw new IllegalArgumentException("length must be -1 or more: " + length);
        }
    }

    @Override
    public InputStream open() throws IOException {
        return source.open();
    }
}
