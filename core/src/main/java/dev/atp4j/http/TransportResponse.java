// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import java.io.InputStream;

/** The answer to one HTTP request. It must be closed. Confined to one thread at a time. */
public interface TransportResponse extends AutoCloseable {

    /**
     * Returns the status code.
     *
     * @return the status, 200 or more
     */
    int status();

    /**
     * Returns the header fields.
     *
     * @return the header fields
     */
    Headers headers();

    /**
     * Returns the body. Its reads throw {@link TransportException} when the connection breaks or the request's time is
     * over.
     *
     * @return the body's bytes, not limited in number; the same stream at every call
     */
    InputStream body();

    /** Gives the connection back, or breaks it if the body was not read to its end. */
    @Override
    void close();
}
