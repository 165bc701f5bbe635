// SPDX-License-Identifier: MIT OR Apache-2.0

/** An HTTP transport on Apache HttpClient 5. */
@org.jspecify.annotations.NullMarked
module dev.atp4j.http.apache {
    requires static transitive org.jspecify;
    requires transitive dev.atp4j.core;
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    // What HttpClient needs: as an automatic module it cannot say so itself.
    requires jdk.net;
    requires org.slf4j;

    exports dev.atp4j.http.apache;

    provides dev.atp4j.http.HttpTransportProvider with
            dev.atp4j.http.apache.ApacheHttpTransportProvider;
}
