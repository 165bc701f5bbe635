// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host. */
@FunctionalInterface
interface Resolver {

    InetAddress[] resolve(String host) throws UnknownHostException;
}
