// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import dev.atp4j.http.HostileServerContract;
import dev.atp4j.http.HttpTransport;
import javax.net.ssl.SSLContext;

/** Hostile servers, met by Apache's engine. */
class ApacheHostileServerTest extends HostileServerContract {

    @Override
    protected HttpTransport create() {
        return new ApacheHttpTransport();
    }

    @Override
    protected HttpTransport create(SSLContext tls) {
        return new ApacheHttpTransport(tls);
    }
}
