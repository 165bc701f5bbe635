// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.wire;

import dev.atp4j.http.Headers;

/** One HTTP request as it came over the wire, body included. Immutable, except that nobody may write to its body. */
public final class Request {

    private final String method;
    private final String target;
    private final Headers headers;
    private final byte[] body;

    /**
     * Creates a request.
     *
     * @param method the method in upper case
     * @param target path and query, still encoded
     * @param headers the header fields
     * @param body the body, not copied; empty if there is none
     */
    public Request(String method, String target, Headers headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
    }

    /**
     * Returns the method.
     *
     * @return the method in upper case
     */
    public String method() {
        return method;
    }

    /**
     * Returns path and query as they were sent.
     *
     * @return the target, still encoded
     */
    public String target() {
        return target;
    }

    /**
     * Returns the path.
     *
     * @return the target without its query, still encoded
     */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /**
     * Returns the query.
     *
     * @return what follows the question mark, still encoded; empty if there is none
     */
    public String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    /**
     * Returns the header fields.
     *
     * @return the header fields
     */
    public Headers headers() {
        return headers;
    }

    /**
     * Returns the body.
     *
     * @return the bytes themselves, not a copy
     */
    public byte[] body() {
        return body;
    }

    /** Returns method and path; the query may hold secrets. */
    @Override
    public String toString() {
        return method + " " + path();
    }
}
