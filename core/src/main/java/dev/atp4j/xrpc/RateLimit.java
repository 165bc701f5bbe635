// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A server's statement of how often it may be called ({@code RateLimit-*}).
 *
 * @param limit how many calls the window allows
 * @param remaining how many of them are left
 * @param reset when the window ends, by the server's clock, or null if not stated
 * @param policy the policy as stated, such as {@code 30;w=300}, or null
 */
public record RateLimit(
        OptionalLong limit,
        OptionalLong remaining,
        @Nullable Instant reset,
        @Nullable String policy) {}
