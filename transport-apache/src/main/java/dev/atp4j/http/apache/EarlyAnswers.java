// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;
import org.apache.hc.core5.util.Timeout;

/**
 * Looks now and then, while a long body is sent, whether the server has already answered: then the rest need not be sent.
 */
final class EarlyAnswers implements ResponseOutOfOrderStrategy {

    /** How many bytes go out between two looks; on TLS a look costs a millisecond. */
    private static final long STRETCH = 256 * 1024;

    @Override
    public boolean isEarlyResponseDetected(
            ClassicHttpRequest request, HttpClientConnection connection, InputStream in, long sent, long next)
            throws IOException {
        if (sent / STRETCH == (sent + next) / STRETCH) {
            return false;
        }
        return connection.getSSLSession() == null
                ? in.available() > 0
                : connection.isDataAvailable(Timeout.ONE_MILLISECOND);
    }
}
