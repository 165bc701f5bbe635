// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import javax.net.ssl.SSLContext;

/** The contract, kept by the JDK's client. */
class JdkHttpTransportTest extends HttpTransportContract {

    @Override
    protected HttpTransport create() {
        return new JdkHttpTransport();
    }

    @Override
    protected HttpTransport create(SSLContext tls) {
        return new JdkHttpTransport(tls);
    }
}
