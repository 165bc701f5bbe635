// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Looks now and then, while a long body is sent on a connection, whether the server has already answered: then the rest
 * need not be sent. An interim answer is none.
 */
final class EarlyAnswers implements ResponseOutOfOrderStrategy {

    /** How many bytes go out between two looks; on TLS a look costs a millisecond. */
    private static final long STRETCH = 256 * 1024;

    private @Nullable ClassicHttpResponse answer;

    @Override
    public boolean isEarlyResponseDetected(
            ClassicHttpRequest request, HttpClientConnection connection, InputStream in, long sent, long next)
            throws IOException {
        if (answer != null) {
            return true;
        }
        if (sent / STRETCH == (sent + next) / STRETCH) {
            return false;
        }
        boolean said = connection.getSSLSession() == null
                ? in.available() > 0
                : connection.isDataAvailable(Timeout.ONE_MILLISECOND);
        if (said) {
            listen(connection);
        }
        return answer != null;
    }

    private void listen(HttpClientConnection connection) throws IOException {
        try {
            ClassicHttpResponse response = connection.receiveResponseHeader();
            if (response.getCode() >= 200) {
                answer = response;
            }
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }

    /** Returns the header of the answer that came early, if one did. */
    @Nullable
    ClassicHttpResponse answer() {
        return answer;
    }
}
