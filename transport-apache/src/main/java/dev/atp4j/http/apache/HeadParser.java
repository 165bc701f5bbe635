// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the headers of one connection's answers, and does not take one that broke off for a whole one, as Apache's parser does. */
final class HeadParser extends DefaultHttpResponseParser {

    static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(64 * 1024)
            .setMaxHeaderCount(500)
            .build();

    /** How many bytes a header may have in all; as many as with the JDK's client. */
    private static final int MOST_BYTES = 384 * 1024;

    private @Nullable SessionInputBuffer buffer;

    HeadParser() {
        super(LIMITS);
    }

    /** Tells whether bytes that nobody has looked at yet were read behind the last answer. */
    boolean hasReadAhead() {
        return buffer != null && buffer.length() > 0;
    }

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in) throws IOException, HttpException {
        this.buffer = buffer;
        var watched = new Watched(in);
        ClassicHttpResponse response;
        try {
            response = super.parse(buffer, watched);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("the header makes no sense", e); // such as the status 000
        }
        if (watched.ended) {
            throw new ConnectionClosedException("the header broke off");
        }
        return response;
    }

    private static final class Watched extends FilterInputStream {

        boolean ended;
        private int total;

        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            ended = count < 0;
            total += Math.max(count, 0);
            if (total > MOST_BYTES) {
                throw new MessageConstraintException("the header has more than " + MOST_BYTES + " bytes");
            }
            return count;
        }
    }
}
