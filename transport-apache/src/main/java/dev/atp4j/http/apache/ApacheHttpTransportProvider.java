// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.HttpTransportProvider;

/** Makes {@link HttpTransport#create()} return an {@link ApacheHttpTransport} where this module is on the path. */
public final class ApacheHttpTransportProvider implements HttpTransportProvider {

    /** Creates a provider; called by {@link java.util.ServiceLoader}. */
    public ApacheHttpTransportProvider() {}

    @Override
    public HttpTransport create() {
        return new ApacheHttpTransport();
    }
}
