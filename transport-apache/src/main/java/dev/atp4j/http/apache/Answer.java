// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import dev.atp4j.http.Headers;
import dev.atp4j.http.TransportResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/** An answer. The client takes the connection back when it has come to the body's end. */
final class Answer extends InputStream implements TransportResponse {

    private final ClassicHttpResponse response;
    private final Headers headers;
    private final Exchange exchange;
    private final InputStream content;

    /** How many bytes are still to come; negative if the end will tell. */
    private long left;

    private boolean over;

    Answer(ClassicHttpResponse response, Exchange exchange) throws IOException {
        this.response = response;
        this.headers = translate(response);
        this.exchange = exchange;
        HttpEntity entity = response.getEntity();
        this.content = entity == null ? nullInputStream() : entity.getContent();
        this.left = entity == null ? 0 : entity.getContentLength();
        finishIfWhole();
    }

    private static Headers translate(ClassicHttpResponse response) {
        Header[] fields = response.getHeaders();
        String[] pairs = new String[2 * fields.length];
        for (int i = 0; i < fields.length; i++) {
            pairs[2 * i] = fields[i].getName();
            pairs[2 * i + 1] = Objects.requireNonNullElse(fields[i].getValue(), "");
        }
        return Headers.received(pairs);
    }

    @Override
    public int status() {
        return response.getCode();
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    public InputStream body() {
        return this;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (left == 0 || length == 0) {
            return length == 0 ? 0 : -1;
        }
        try {
            if (over) {
                throw new IOException("the stream was closed");
            }
            int count = content.read(target, offset, length);
            if (count < 0) {
                left = 0;
            } else if (left > 0) {
                left -= count;
            }
            finishIfWhole();
            return count;
        } catch (IOException e) {
            over = true;
            throw exchange.failure("the answer of " + exchange.origin() + " broke off", e);
        }
    }

    private void finishIfWhole() throws IOException {
        if (left == 0) {
            over = true;
            content.read(); // the client finds the end only by looking beyond it
            exchange.finish();
        }
    }

    @Override
    public int available() throws IOException {
        return over ? 0 : content.available();
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            exchange.abandon();
        }
    }
}
