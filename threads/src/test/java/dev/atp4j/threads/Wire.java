// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.threads;

import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.JdkHttpTransport;
import dev.atp4j.http.apache.ApacheHttpTransport;

/** What requests are sent with. */
enum Wire {
    JDK,
    APACHE;

    HttpTransport open() {
        return this == JDK ? new JdkHttpTransport() : new ApacheHttpTransport();
    }
}
