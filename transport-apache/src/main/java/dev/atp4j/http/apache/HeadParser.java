// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/** Reads the header of an answer, and does not take one that broke off for a whole one, as Apache's parser does. */
final class HeadParser extends DefaultHttpResponseParser {

    static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(64 * 1024)
            .setMaxHeaderCount(500)
            .build();

    HeadParser(Http1Config limits) {
        super(limits);
    }

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in) throws IOException, HttpException {
        var watched = new Watched(in);
        ClassicHttpResponse response = super.parse(buffer, watched);
        if (watched.ended) {
            throw new ConnectionClosedException("the header broke off");
        }
        return response;
    }

    private static final class Watched extends FilterInputStream {

        boolean ended;

        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            ended = count < 0;
            return count;
        }
    }
}
