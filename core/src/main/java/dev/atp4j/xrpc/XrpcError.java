// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import org.jspecify.annotations.Nullable;

/**
 * What a server says went wrong.
 *
 * @param name the error's name, such as {@code ExpiredToken}
 * @param message the server's explanation for people, cut to a bearable length and free of control characters, or null
 */
public record XrpcError(String name, @Nullable String message) {}
