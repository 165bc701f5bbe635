// SPDX-License-Identifier: MIT OR Apache-2.0
/** Keeps sessions in Redis. */
@NullMarked
package dev.atp4j.session.redis;

import org.jspecify.annotations.NullMarked;
