// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import javax.net.ssl.SSLContext;

/** Hostile servers, met by the JDK's client. */
class JdkHostileServerTest extends HostileServerContract {

    @Override
    protected HttpTransport create() {
        return new JdkHttpTransport();
    }

    @Override
    protected HttpTransport create(SSLContext tls) {
        return new JdkHttpTransport(tls);
    }
}
