// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

/** The contract, kept by the JDK's client. */
class JdkHttpTransportTest extends HttpTransportContract {

    @Override
    protected HttpTransport create() {
        return new JdkHttpTransport();
    }
}
