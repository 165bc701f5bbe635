// SPDX-License-Identifier: MIT OR Apache-2.0

/** Identifiers, data model, XRPC, HTTP transports and identity resolution of the AT Protocol. */
@org.jspecify.annotations.NullMarked
module dev.atp4j.core {
    requires static transitive org.jspecify;
    requires java.net.http;
    requires java.naming;
    requires jdk.naming.dns;

    exports dev.atp4j;
    exports dev.atp4j.syntax;
    exports dev.atp4j.data;
    exports dev.atp4j.lex;
    exports dev.atp4j.text;
    exports dev.atp4j.http;
    exports dev.atp4j.xrpc;
    exports dev.atp4j.identity;
    exports dev.atp4j.time;

    uses dev.atp4j.http.HttpTransportProvider;
}
