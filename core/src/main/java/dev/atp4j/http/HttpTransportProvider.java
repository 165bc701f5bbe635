// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

/** Offers a transport to {@link HttpTransport#create()}; found by {@link java.util.ServiceLoader}. */
public interface HttpTransportProvider {

    /**
     * Creates a transport.
     *
     * @return a new transport
     */
    HttpTransport create();
}
