// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.HttpTransportContract;
import javax.net.ssl.SSLContext;

/** The contract, kept by Apache's engine. */
class ApacheHttpTransportTest extends HttpTransportContract {

    @Override
    protected HttpTransport create() {
        return new ApacheHttpTransport();
    }

    @Override
    protected HttpTransport create(SSLContext tls) {
        return new ApacheHttpTransport(tls);
    }
}
